import { sample } from '../../component/typescript-sample.ts'
import type { ResultType } from '../../component/types.ts'

/** How a function of such a result says what was wrong, `ok` or `err`, in its code; marked as the other advice is. */
export function resultAdvice({ ok, err }: ResultType, wrong: 'ok' | 'err'): string {
  if (wrong === 'ok')
    return ok
      ? `Return what ok holds, without a wrapper, as in \`return ${sample(ok)}\`.`
      : 'Return nothing: ok holds no value.'
  return err
    ? `Throw what err holds, without a wrapper, as in \`throw ${sample(err)}\`.`
    : 'Write `throw undefined`: err holds no value.'
}

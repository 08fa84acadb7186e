import { sample } from '../../component/typescript-sample.ts'
import type { ResultType } from '../../component/types.ts'

/** How a function of such a result says ok and err in its code; marked as the other advice is. */
export function resultAdvice({ ok, err }: ResultType): string {
  const returned = ok ? `returns what ok holds, as in \`return ${sample(ok)}\`` : 'returns nothing for ok'
  const thrown = err
    ? `throws what err holds, as in \`throw ${sample(err)}\``
    : 'throws for err, as in `throw undefined`'
  return `The code ${returned}, and ${thrown}, both without a wrapper.`
}

import { useMemo } from 'react'
import { typeText } from '../../../component/type-text.ts'
import type { World } from '../../../component/types.ts'
import { readCall } from './call-model.ts'

interface ResultTypeProps {
  readonly call: string
  readonly tag: 'ok' | 'err'
  /** That the call was made in. */
  readonly world: World | undefined
}

/** Whether it is the `ok` or the `err` of a `result`, or a plain value; and the type that its world gives it. */
export function ResultType({ call, tag, world }: ResultTypeProps) {
  const result = useMemo(() => {
    const read = world && readCall(call, world)
    return read?.kind === 'call' ? read.call.type.result : undefined
  }, [world, call])
  const either = tag === 'err' || result?.kind === 'result'
  const type = result?.kind === 'result' ? result[tag] : result
  return (
    <>
      <span className="mono">{either ? tag : 'returned'}</span>
      {type && (
        <span className="type mono cut" title={typeText(type)}>
          {typeText(type)}
        </span>
      )}
    </>
  )
}

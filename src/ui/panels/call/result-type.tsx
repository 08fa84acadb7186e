import { useMemo } from 'react'
import { typeText } from '../../../component/type-text.ts'
import { useSelect } from '../../workbench-context.tsx'
import { readCall } from './call-model.ts'

/** Whether it is the `ok` or the `err` of a `result`, or a plain value; and the type that the world gives it. */
export function ResultType({ call, tag }: { call: string; tag: 'ok' | 'err' }) {
  const world = useSelect((state) => state.prepared?.world)
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

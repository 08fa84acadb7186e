import { useMemo } from 'react'
import { typeText } from '../../../component/type-text.ts'
import { useSelect } from '../../workbench-context.tsx'
import { readCall } from './call-model.ts'

/** The type that a result has, as the world calls it. */
export function ResultType({ call, tag }: { call: string; tag: 'ok' | 'err' }) {
  const world = useSelect((state) => state.prepared?.world)
  const type = useMemo(() => {
    const read = world && readCall(call, world)
    if (read?.kind !== 'call') return undefined
    const { result } = read.call.type
    return result?.kind === 'result' ? result[tag] : result
  }, [world, call, tag])
  return type && <span className="type mono">{typeText(type)}</span>
}

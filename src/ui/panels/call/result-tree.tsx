import { useMemo, useState } from 'react'
import { valueTreeOfWave, type ValueNode } from '../../../component/value-tree.ts'
import { typeText } from '../../../component/type-text.ts'
import type { World } from '../../../component/types.ts'
import { counted } from '../../formats.ts'
import { readCall } from './call-model.ts'
import { LongText } from './long-text.tsx'

/** Rows of a list that are there at a time. */
const page = 50
/** A value that has no more parts than this is open from the start. */
const small = 12

interface ResultTreeProps {
  readonly call: string
  readonly tag: 'ok' | 'err'
  readonly wave: string
  /** That the call was made in. */
  readonly world: World | undefined
}

/** A result as a tree to unfold, where it has parts; else as its text. */
export function ResultTree({ call, tag, wave, world }: ResultTreeProps) {
  const tree = useMemo(() => {
    const read = world && readCall(call, world)
    if (read?.kind !== 'call') return undefined
    const { result } = read.call.type
    const type = result?.kind === 'result' ? result[tag] : result
    const outcome = type && valueTreeOfWave(type, wave)
    return outcome?.ok && type ? { node: outcome.tree, type: typeText(type) } : undefined
  }, [world, call, tag, wave])
  if (!tree || tree.node.count === 0) return <LongText text={wave} />
  return (
    <div className="tree mono" data-testid="result-tree">
      <Parts node={tree.node} depth={0} name={tree.type} />
    </div>
  )
}

function Parts({ node, depth, name }: { node: ValueNode; depth: number; name: string }) {
  const [start, setStart] = useState(0)
  const { count } = node
  const end = Math.min(count, start + page)
  return (
    <>
      <ul aria-label={name}>
        {node.children(start, end).map((child) => (
          <li key={child.label}>
            {child.count > 0 ? <Branch node={child} depth={depth + 1} /> : <Leaf node={child} />}
          </li>
        ))}
      </ul>
      {count > page && (
        <p className="pages">
          <span className="dim">
            {counted(start)} to {counted(end - 1)} of {counted(count)}
          </span>
          <button
            type="button"
            className="text-button"
            aria-label={`Earlier parts of ${name}`}
            disabled={start === 0}
            onClick={() => setStart(start - page)}
          >
            Earlier
          </button>
          <button
            type="button"
            className="text-button"
            aria-label={`Later parts of ${name}`}
            disabled={end === count}
            onClick={() => setStart(end)}
          >
            Later
          </button>
        </p>
      )}
    </>
  )
}

function Branch({ node, depth }: { node: ValueNode; depth: number }) {
  const [open, setOpen] = useState(depth < 3 && node.count <= small)
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="label">{node.label}</span> <span className="type">{node.type}</span>
        {!open && <span className="cut"> {node.text}</span>}
      </summary>
      {open && <Parts node={node} depth={depth} name={node.label} />}
    </details>
  )
}

function Leaf({ node }: { node: ValueNode }) {
  return (
    <span className="leaf" title={node.type}>
      <span className="label">{node.label}</span> <LongText text={node.whole()} />
    </span>
  )
}

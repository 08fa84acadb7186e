import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { Call } from '../../../component/call-expression.ts'
import { isCommand } from '../../../state/selectors.ts'
import { Icon } from '../../icons.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import {
  adaptCall,
  freshCall,
  groupedExports,
  handlesOf,
  onlyCall,
  pathOf,
  readCall,
  suggestedCall,
  writeCall,
} from './call-model.ts'
import { functionName, shortCall } from './call-name.ts'
import { ErrandContext, type Errand } from './errand.ts'
import type { Mistake } from './wave-line.tsx'
import { Signature } from './signature.tsx'
import { ValueForm, ValueRow } from './value-field.tsx'

interface CallFormProps {
  readonly onMistake: (mistake: Mistake | undefined) => void
  /** What an empty line may say. */
  readonly onHint: (hint: string) => void
}

/** The picker and the form: two views of the call line. Loaded when the world is known, which it needs. */
export function CallForm({ onMistake, onHint }: CallFormProps) {
  const { setCall } = useActions()
  const text = useSelect((state) => state.call)
  const world = useSelect((state) => state.prepared?.world)
  const read = useMemo(() => world && readCall(text, world), [text, world])
  // A mistake in the text leaves the form as it was.
  const [last, setLast] = useState<{ readonly call: Call; readonly text: string }>()
  if (read?.kind === 'call' && read.call !== last?.call) setLast({ call: read.call, text })
  const kept = useMemo(() => (last && world ? adaptCall(last.call, world) : undefined), [last, world])
  const call = read?.kind === 'call' ? read.call : read?.kind === 'mistake' ? kept : undefined

  const mistake = read?.kind === 'mistake' ? read.error : undefined
  const hint = useMemo(() => (world ? suggestedCall(world) : ''), [world])
  useEffect(() => onHint(hint), [hint, onHint])
  useEffect(() => onMistake(mistake), [mistake, onMistake])
  // The world changed under a call that was right: the line follows it, like the form. What is half typed stays.
  const follows = mistake !== undefined && last?.text === text
  const adapted = follows && kept !== undefined && kept !== last.call ? writeCall(kept, kept.args) : undefined
  useEffect(() => {
    if (adapted !== undefined) setCall(adapted)
  }, [adapted, setCall])
  // Once for each world: what is emptied to be written anew stays empty. What was filled in and not touched goes along.
  const filled = useRef('')
  const only = useMemo(() => world && onlyCall(world), [world])
  const fill = useEffectEvent((choice: string) => {
    if (text !== filled.current && text.trim() !== '') return
    filled.current = choice
    setCall(choice)
  })
  useEffect(() => {
    if (only !== undefined) fill(only)
  }, [only])

  const [errand, setErrand] = useState<Errand>()
  const handles = useSelect((state) => state.handles)
  const made = errand && handlesOf(errand.resource, handles).find(({ id }) => !errand.known.has(id))
  const [done, setDone] = useState<() => void>()
  if (errand && made) {
    setErrand(undefined)
    setDone(() => () => errand.resume(made.id))
  }
  useEffect(() => done?.(), [done])

  return (
    <ErrandContext value={setErrand}>
      <ExportPicker chosen={call ? pathOf(call) : ''} onChoose={() => setErrand(undefined)} />
      {call && <Signature type={call.type} />}
      {call && (
        <ValueForm>
          {call.type.params.map(({ name, type }, index) => (
            <ValueRow
              key={name}
              name={name}
              label={name}
              type={type}
              value={call.args[index]}
              onChange={(value) => {
                const next = writeCall(call, call.args.with(index, value))
                if (next !== undefined) setCall(next)
              }}
            />
          ))}
        </ValueForm>
      )}
      {errand && (
        <p className="errand dim">
          <span className="cut">
            Call makes it. Then <span className="mono">{shortCall(errand.call)}</span> is back, with the handle.
          </span>
          <button
            type="button"
            className="text-button"
            onClick={() => {
              setErrand(undefined)
              setCall(errand.call)
            }}
          >
            Back to it
          </button>
        </p>
      )}
    </ErrandContext>
  )
}

function ExportPicker({ chosen, onChoose }: { chosen: string; onChoose: () => void }) {
  const { setCall } = useActions()
  const world = useSelect((state) => state.prepared?.world)
  const handles = useSelect((state) => state.handles)
  const groups = useMemo(() => (world ? groupedExports(world) : []), [world])
  const command = world !== undefined && isCommand(world)
  if (!world) return null
  if (groups.length === 0 && !command) {
    return (
      <div className="empty">
        <Icon name="wit" />
        <strong>This world exports nothing</strong>
        <p>Add an export to world.wit and its form appears here, one field per parameter.</p>
      </div>
    )
  }
  return (
    <span className="select boxed export">
      <select
        aria-label="Export"
        className="mono"
        value={chosen}
        onChange={(event) => {
          onChoose()
          const target = groups.flatMap((group) => group.items).find((item) => item.path === event.target.value)
          setCall(target ? freshCall(target, handles) : '')
        }}
      >
        {(command || chosen === '') && <option value="">{command ? 'wasi:cli/run' : 'Choose an export'}</option>}
        {groups.map(({ interface: owner, items }) => {
          const options = items.map((item) => (
            <option key={item.path} value={item.path} disabled={item.obstacle !== undefined}>
              {functionName(item.name)}
            </option>
          ))
          return owner === '' ? (
            options
          ) : (
            <optgroup key={owner} label={owner}>
              {options}
            </optgroup>
          )
        })}
      </select>
      <Icon name="chevron" small />
    </span>
  )
}

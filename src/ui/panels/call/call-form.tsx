import { useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react'
import { namesExport, type Call } from '../../../component/call-expression.ts'
import type { World } from '../../../component/types.ts'
import { isCommand } from '../../../state/selectors.ts'
import { Icon } from '../../icons.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import {
  adaptCall,
  draftOf,
  formOf,
  freshCall,
  groupedExports,
  handlesOf,
  movedCall,
  onlyCall,
  pathOf,
  readCall,
  suggestedCall,
  writeCall,
  type Draft,
} from './call-model.ts'
import { functionName, shortCall } from './call-name.ts'
import { ErrandContext, type Departure, type Errand } from './errand.ts'
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
  // What is typed into a field and is no value is part of the line as well, so that it gets lost in neither.
  const [drafted, setDrafted] = useState<Draft & { readonly world: World | undefined }>()
  const draft = drafted?.text === text && drafted.world === world ? drafted : undefined
  const error = read?.kind === 'mistake' ? (draft?.mistake ?? read.error) : undefined
  const loose = useMemo(() => kept && error && formOf(text, kept, error), [text, kept, error])
  const call = read?.kind === 'call' ? read.call : error && (draft?.call ?? loose)

  const hint = useMemo(() => (world ? suggestedCall(world) : ''), [world])
  useEffect(() => onHint(hint), [hint, onHint])
  useEffect(() => onMistake(error), [error, onMistake])
  // The world changed under a call that was right: the line follows it, like the form. What is half typed stays.
  const follows = error !== undefined && last?.text === text
  const adapted = follows && kept !== undefined && kept !== last.call ? writeCall(kept, kept.args) : undefined
  useEffect(() => {
    if (adapted !== undefined) setCall(adapted)
  }, [adapted, setCall])
  // One that is gone stays too: a name in the WIT may be half typed.
  const gone = follows && world && !namesExport(text, world) ? last.call : undefined
  const moved = useMemo(() => (gone && world ? movedCall(gone, world) : undefined), [gone, world])
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
  const picker = useRef<HTMLSelectElement>(null)
  const handles = useSelect((state) => state.handles)
  const instance = useSelect((state) => state.metrics.run)
  // Another call is made instead, or the handle is there: what waited for it goes on, or is given up as well.
  if (errand && call && pathOf(call) !== errand.maker.path) setErrand(errand.outer)
  // Another instance counts its handles anew.
  const isNew = (id: number): boolean => errand?.instance !== instance || !errand.known.has(id)
  const made = errand && handlesOf(errand.resource, handles).find(({ id }) => isNew(id))
  const resume = useEffectEvent((handle: number) => errand?.resume(handle))
  useEffect(() => {
    if (made !== undefined) resume(made.id)
  }, [made])
  const take = (other: string): void => {
    setCall(other)
    // The button that was pressed goes.
    picker.current?.focus()
  }
  const leave = (departure: Departure): void => {
    setErrand({ ...departure, call: text, known: new Set(handles.map(({ id }) => id)), instance, outer: errand })
    take(freshCall(departure.maker, []))
  }

  return (
    <ErrandContext value={leave}>
      <ExportPicker chosen={call ? pathOf(call) : ''} select={picker} />
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
                const next = draftOf(call, call.args.with(index, value))
                if (next === undefined) return
                setDrafted({ ...next, world })
                setCall(next.text)
              }}
            />
          ))}
        </ValueForm>
      )}
      {gone && (
        <OtherCall label={moved && `Change to ${functionName(moved.path)}`} onTake={() => moved && take(moved.text)}>
          <span className="mono">{functionName(pathOf(gone))}</span> is gone from the world.
        </OtherCall>
      )}
      {errand && (
        <OtherCall label="Back to it" onTake={() => take(errand.call)}>
          For <span className="mono">{shortCall(errand.call)}</span>
        </OtherCall>
      )}
    </ErrandContext>
  )
}

interface OtherCallProps {
  readonly children: ReactNode
  /** Of the button; without one there is no other call to take. */
  readonly label: string | undefined
  readonly onTake: () => void
}

/** Why the form may want another call than the one it has. */
function OtherCall({ children, label, onTake }: OtherCallProps) {
  return (
    <output className="row errand dim">
      <span className="cut">{children}</span>
      {label !== undefined && (
        <button type="button" className="text-button" onClick={onTake}>
          {label}
        </button>
      )}
    </output>
  )
}

function ExportPicker({ chosen, select }: { chosen: string; select: RefObject<HTMLSelectElement | null> }) {
  const { setCall, setLayout, setShell } = useActions()
  const world = useSelect((state) => state.prepared?.world)
  const handles = useSelect((state) => state.handles)
  const groups = useMemo(() => (world ? groupedExports(world) : []), [world])
  const command = world !== undefined && isCommand(world)
  if (!world) return null
  const handler = world.exports.some(({ name }) => name.startsWith('wasi:http/incoming-handler@'))
  if (groups.length === 0 && !command && handler) {
    return (
      <div className="empty">
        <Icon name="export" />
        <strong>This world answers HTTP requests</strong>
        <p>A request is no form of resources: write it in the HTTP panel, and see the response as it comes.</p>
        <button
          type="button"
          className="button small"
          onClick={() => {
            setLayout({ sideTab: 'http', sideOpen: true })
            setShell({ view: 'http', filesOver: false })
          }}
        >
          Open HTTP
        </button>
      </div>
    )
  }
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
        ref={select}
        aria-label="Export"
        className="mono"
        value={chosen}
        onChange={(event) => {
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

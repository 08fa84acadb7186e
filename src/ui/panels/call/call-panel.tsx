import { useMemo, useState } from 'react'
import type { Call } from '../../../component/call-expression.ts'
import { isBusy, isCommand } from '../../../state/selectors.ts'
import { counted } from '../../formats.ts'
import { Icon } from '../../icons.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { displayName, freshCall, groupedExports, pathOf, readCall, writeCall } from './call-model.ts'
import { History } from './history.tsx'
import { Result } from './result.tsx'
import { Signature } from './signature.tsx'
import { ValueRow } from './value-field.tsx'
import './call.css'

/** How many calls a measurement makes. */
const burstLength = 1000

export function CallPanel() {
  return (
    <div className="call-panel">
      <section className="call-form" aria-label="Call" data-region>
        <CallEditor />
        <CallButtons />
      </section>
      <Result />
      <History />
    </div>
  )
}

/** Picker, form and WAVE line: three views of one text. */
function CallEditor() {
  const { setCall } = useActions()
  const text = useSelect((state) => state.call)
  const world = useSelect((state) => state.prepared?.world)
  const read = useMemo(() => world && readCall(text, world), [text, world])
  // A mistake in the text leaves the form as it was.
  const [last, setLast] = useState<Call>()
  if (read?.kind === 'call' && read.call !== last) setLast(read.call)
  const known = useMemo(
    () => new Set(world && groupedExports(world).flatMap((group) => group.items.map((item) => item.path))),
    [world],
  )
  const kept = read?.kind === 'mistake' && last && known.has(pathOf(last)) ? last : undefined
  const call = read?.kind === 'call' ? read.call : kept

  return (
    <>
      <ExportPicker chosen={call ? pathOf(call) : ''} />
      {call && <Signature type={call.type} />}
      {call && (
        <div className="fields">
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
        </div>
      )}
      <WaveLine
        mistake={read?.kind === 'mistake' ? read.error.message : undefined}
        hint={world && isCommand(world) ? 'Empty: Run starts wasi:cli/run' : 'greet("Ada")'}
      />
    </>
  )
}

function ExportPicker({ chosen }: { chosen: string }) {
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
          const target = groups.flatMap((group) => group.items).find((item) => item.path === event.target.value)
          setCall(target ? freshCall(target, handles.at(-1)?.id ?? 1) : '')
        }}
      >
        {(command || chosen === '') && <option value="">{command ? 'wasi:cli/run' : 'Choose an export'}</option>}
        {groups.map(({ interface: owner, items }) => {
          const options = items.map((item) => (
            <option key={item.path} value={item.path} disabled={item.obstacle !== undefined}>
              {displayName(item.name)}
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

function WaveLine({ mistake, hint }: { mistake: string | undefined; hint: string }) {
  const { setCall, call: make } = useActions()
  const text = useSelect((state) => state.call)
  return (
    <div className="wave">
      <div className="wave-head">
        <strong>WAVE</strong>
        <span className="dim">The same call as text. Edit either side.</span>
      </div>
      <textarea
        className="input mono"
        aria-label="WAVE call"
        aria-invalid={mistake !== undefined}
        aria-describedby="wave-mistake"
        rows={2}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={hint}
        value={text}
        onChange={(event) => setCall(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          void make()
        }}
      />
      <p id="wave-mistake" className="wave-mistake err">
        {mistake}
      </p>
    </div>
  )
}

function CallButtons() {
  const { call, burst } = useActions()
  const busy = useSelect(isBusy)
  const empty = useSelect((state) => state.call.trim() === '')
  const command = useSelect((state) => state.prepared !== undefined && isCommand(state.prepared.world))
  const limit = useSelect((state) => state.project.wasi?.limits?.milliseconds ?? 5000)
  return (
    <div className="row buttons">
      <button type="button" className="button" disabled={busy || (empty && !command)} onClick={() => void call()}>
        Call
      </button>
      <button
        type="button"
        className="button ghost"
        title={`Calls it ${counted(burstLength)} times and shows the distribution of the times`}
        disabled={busy || empty}
        onClick={() => void burst(burstLength)}
      >
        Measure ×{counted(burstLength)}
      </button>
      <span className="dim end">Stops after {limit / 1000} s</span>
    </div>
  )
}

import { Fragment, useEffect, useState, type ReactNode } from 'react'
import type { Place } from '../../../contract/fault.ts'
import type { Project } from '../../../project/project.ts'
import type { TraceEntry, TraceValue } from '../../../runner/trace-entry.ts'
import type { TraceLog } from '../../../state/simulation/trace.ts'
import { allowed } from '../../../wasi/policy.ts'
import { counted, duration } from '../../formats.ts'
import { implementationOf } from '../../implementations.ts'
import { Icon } from '../../late-icons.tsx'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'
import { useSimulation } from '../use-simulation.ts'
import { Differs } from './differs.tsx'
import { virtualTime } from '../../virtual-time.ts'
import { callName, dropOf, exportPlace, handlesOf, jumpOf, runningExport } from './trace-model.ts'
import { WaveText } from './wave-text.tsx'

interface DetailsProps {
  readonly entry: TraceEntry
  readonly log: TraceLog
  readonly shown: readonly TraceEntry[]
  readonly followed: string | undefined
  readonly onChoose: (number: number) => void
  readonly onFollow: (handle: string) => void
  readonly onClose: () => void
}

const outcomes: Readonly<Record<NonNullable<TraceEntry['outcome']>, string>> = {
  ok: 'Returned',
  err: 'Returned err',
  denied: 'Denied with',
  trap: 'Ended the instance',
  exit: 'Ended the component with',
}

export function Details({ entry, log, shown, followed, onChoose, onFollow, onClose }: DetailsProps) {
  const { number, kind, call, args, outcome, value, at, until, real, ms } = entry
  const place = shown.indexOf(entry)
  const jump = jumpOf(entry)
  const beside = (step: number): TraceEntry | undefined => shown[place + step]
  return (
    <section className="trace-details" aria-label={`Entry ${number}`}>
      <div className="trace-details-head">
        <strong>Entry {number}</strong>
        {outcome === 'denied' && (
          <span className="badge denied">
            <Icon name="denied" small />
            Denied
          </span>
        )}
        <span className="end">
          <Step label="Previous entry" icon="arrow-left" to={beside(-1)} onChoose={onChoose} />
          <Step label="Next entry" icon="arrow-right" to={beside(1)} onChoose={onChoose} />
          <button type="button" className="icon-button small" aria-label="Close the details" onClick={onClose}>
            <Icon name="cross" />
          </button>
        </span>
      </div>
      <p className="mono trace-call">{call}</p>
      {outcome === 'denied' && <Refused call={call} />}
      <Differs entry={entry} />
      <dl>
        {args.map((arg) => (
          <Value key={arg.name} name={arg.name} value={arg} />
        ))}
        {args.length === 0 && kind !== 'return' && <Fact name="Arguments">none</Fact>}
        {outcome &&
          (value ? (
            <Value name={outcomes[outcome]} value={value} />
          ) : (
            <Fact name={outcomes[outcome]}>{outcome === 'ok' ? 'nothing' : outcome}</Fact>
          ))}
        {outcome === undefined && kind !== 'export' && <Fact name="Result">not there yet</Fact>}
        <Fact name="Virtual time">
          {virtualTime(at)}
          {jump !== undefined && `, then ${virtualTime(until)}: a wait of ${virtualTime(jump)}`}
        </Fact>
        <Fact name="Real time">
          {duration(real)}
          {kind !== 'export' && `, took ${duration(ms)}`}
        </Fact>
        <Running entry={entry} log={log} onChoose={onChoose} />
        <Handles entry={entry} log={log} followed={followed} onChoose={onChoose} onFollow={onFollow} />
      </dl>
    </section>
  )
}

interface StepProps {
  readonly label: string
  readonly icon: 'arrow-left' | 'arrow-right'
  readonly to: TraceEntry | undefined
  readonly onChoose: (number: number) => void
}

const Step = ({ label, icon, to, onChoose }: StepProps) => (
  <button
    type="button"
    className="icon-button small"
    aria-label={label}
    title={label}
    aria-disabled={to === undefined}
    onClick={() => to && onChoose(to.number)}
  >
    <Icon name={icon} />
  </button>
)

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Value({ name, value: { wave, bytes } }: { name: string; value: TraceValue }) {
  return (
    <Fact name={name}>
      <code className="mono">
        <WaveText wave={wave} most={8192} />
      </code>
      {bytes?.map(({ at, length, digest, text }) => (
        <Fragment key={at}>
          <span className="trace-bytes dim">
            {counted(length)} {length === 1 ? 'byte' : 'bytes'}, digest <span className="mono">{digest}</span>
          </span>
          {text !== undefined && <pre className="mono">{text}</pre>}
        </Fragment>
      ))}
    </Fact>
  )
}

/** What the policy refused, and how to let it through. */
function Refused({ call }: { call: string }) {
  const simulation = useSimulation()
  const isAllowed = useSelect(({ project }) => allowed(project.wasi?.policy ?? {}, call))
  return (
    <div className="trace-note" role="note">
      <p>
        <strong>The world refused this call.</strong> Its policy says so, so nothing was done, and the component got an
        error.
      </p>
      <button
        type="button"
        className="button small"
        aria-disabled={!simulation || isAllowed}
        onClick={() => !isAllowed && simulation?.setPolicy(call, 'allow')}
      >
        {isAllowed ? 'Allowed from the next run on' : 'Allow it'}
      </button>
    </div>
  )
}

/** The export that was running: its row, and where it is written. */
function Running({ entry, log, onChoose }: Pick<DetailsProps, 'entry' | 'log' | 'onChoose'>) {
  const workbench = useWorkbench()
  const number = runningExport(entry)
  const running = log.entries.find((each) => each.number === number)
  const place = useImplementation(running?.call)
  if (!running) return null
  const returned = log.entries.find((each) => each.kind === 'return' && each.within === number)
  return (
    <Fact name={entry.kind === 'import' || entry.kind === 'drop' ? 'Called by' : 'Export'}>
      <span className="trace-links">
        {running.number === entry.number ? (
          returned && (
            <button type="button" className="text-button" onClick={() => onChoose(returned.number)}>
              returns at {returned.number}
            </button>
          )
        ) : (
          <button type="button" className="text-button" onClick={() => onChoose(running.number)}>
            {callName(running.call).short} at {running.number}
          </button>
        )}
        {place && (
          <button
            type="button"
            className="text-button mono"
            title="Show where it is written"
            onClick={() => {
              workbench.actions.goTo(place, true)
              // A small window shows one of them at a time.
              workbench.actions.setShell({ view: 'code', filesOver: false })
            }}
          >
            {place.file}:{place.line}
          </button>
        )}
      </span>
    </Fact>
  )
}

/** Where the code implements an export: as its files say by name, until the editor's service tells. */
function useImplementation(call: string | undefined): Place | undefined {
  const project = useSelect((state) => state.project)
  const [told, setTold] = useState<{ readonly call: string; readonly project: Project; readonly place?: Place }>()
  useEffect(() => {
    if (call === undefined) return undefined
    let isOver = false
    void implementationOf(call).then((place) => {
      if (!isOver) setTold({ call, project, ...(place && { place }) })
    })
    return () => {
      isOver = true
    }
  }, [call, project])
  if (call === undefined) return undefined
  return (told?.call === call && told.project === project && told.place) || exportPlace(project, call)
}

/** The resources in it, from the entry that made each to the one that dropped it. */
function Handles({ entry, log, followed, onChoose, onFollow }: Omit<DetailsProps, 'shown' | 'onClose'>) {
  const handles = handlesOf(entry)
  if (handles.length === 0) return null
  return (
    <Fact name="Handles">
      <ul className="trace-handles">
        {handles.map((handle) => {
          const seen = entry.handles.find(({ id }) => id === handle)?.seen
          const dropped = dropOf(log.entries, handle)
          return (
            <li key={handle}>
              <span className="mono wave-handle">{handle}</span>
              {seen !== undefined && (
                <button type="button" className="text-button" onClick={() => onChoose(seen)}>
                  made at {seen}
                </button>
              )}
              {dropped !== undefined && (
                <button type="button" className="text-button" onClick={() => onChoose(dropped)}>
                  dropped at {dropped}
                </button>
              )}
              {followed !== handle && (
                <button type="button" className="button small" onClick={() => onFollow(handle)}>
                  Follow<span className="visually-hidden"> {handle}</span>
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </Fact>
  )
}

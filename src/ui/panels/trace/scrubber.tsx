import type { TraceEntry } from '../../../runner/trace-entry.ts'
import { counted } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { useSimulation } from '../use-simulation.ts'
import { Replay } from './replay.tsx'
import { callName, isError, thinned } from './trace-model.ts'

interface ScrubberProps {
  readonly entries: readonly TraceEntry[]
  readonly chosen: number | undefined
  readonly onChoose: (number: number) => void
  readonly hash: string
  readonly total: number
}

/** Marks that are drawn under the slider. */
const most = 120

/** Steps through the rows that are shown: one stop for each, not for each millisecond. */
export function Scrubber({ entries, chosen, onChoose, hash, total }: ScrubberProps) {
  const simulation = useSimulation()
  const at = entries.findIndex(({ number }) => number === chosen)
  const entry = entries[at]
  const step = (by: number): void => {
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + by))]
    if (next) onChoose(next.number)
  }
  const marked = thinned(
    entries.map((each, index) => ({ each, index })),
    most,
    ({ each }) => each.outcome === 'denied',
  )
  return (
    <div className="trace-foot">
      <span className="trace-steps">
        <button type="button" className="icon-button small" aria-label="First row" onClick={() => step(-Infinity)}>
          <Icon name="to-start" />
        </button>
        <button type="button" className="icon-button small" aria-label="Row before" onClick={() => step(-1)}>
          <Icon name="arrow-left" />
        </button>
        <button type="button" className="icon-button small" aria-label="Row after" onClick={() => step(1)}>
          <Icon name="arrow-right" />
        </button>
        <span className="mono trace-position">
          {at < 0 ? '–' : counted(at + 1)} of {counted(entries.length)}
        </span>
      </span>
      <span className="trace-slider">
        <input
          type="range"
          aria-label="Position in the trace"
          min={0}
          max={Math.max(0, entries.length - 1)}
          value={Math.max(0, at)}
          aria-valuetext={entry ? `${entry.number}: ${callName(entry.call).short}` : 'none'}
          disabled={entries.length === 0}
          onChange={({ target: { value } }) => {
            const next = entries[Number(value)]
            if (next) onChoose(next.number)
          }}
        />
        <span className="trace-ticks" aria-hidden="true">
          {marked.map(({ each, index }) => (
            <i
              key={each.number}
              className={each.outcome === 'denied' ? 'denied' : isError(each) ? 'err' : ''}
              style={{ left: `${(index / Math.max(1, entries.length - 1)) * 100}%` }}
            />
          ))}
        </span>
      </span>
      <span className="trace-hash dim" title="A hash over all calls: two runs with the same one made the same calls">
        {counted(total)} <span className="mono">{hash}</span>
      </span>
      <button type="button" className="button small" onClick={() => simulation?.saveTrace()}>
        <Icon name="download" small />
        Export<span className="visually-hidden"> the trace as JSON</span>
      </button>
      <Replay onChoose={onChoose} />
    </div>
  )
}

import type { TraceEntry } from '../../../runner/trace-entry.ts'
import { duration } from '../../formats.ts'
import { virtualTime } from '../../virtual-time.ts'
import { isError, jumpOf, thinned } from './trace-model.ts'

interface TimelineProps {
  readonly entries: readonly TraceEntry[]
  readonly chosen: number | undefined
  readonly onChoose: (number: number) => void
}

/** Threads that are drawn: more of them are a grey area. */
const most = 240
/** Units of the picture, which is stretched to the width of the panel. */
const width = 1000
const height = 40

const toneOf = (entry: TraceEntry): string =>
  entry.outcome === 'denied'
    ? 'denied'
    : isError(entry)
      ? 'err'
      : entry.kind === 'import' || entry.kind === 'drop'
        ? jumpOf(entry)
          ? 'jump'
          : 'import'
        : 'export'

/** Virtual time above, real time below, and a thread for each call that joins the two: a wait that was skipped is a fan. */
export function Timeline({ entries, chosen, onChoose }: TimelineProps) {
  const last = entries.at(-1)
  if (!last) return null
  const virtual = Math.max(1, ...thinned(entries, 5000, () => false).map(({ until }) => until))
  const from = entries[0]?.real ?? 0
  const real = Math.max(0.001, last.real + last.ms - from)
  const x = (share: number): number => Math.min(width, Math.max(0, share * width))
  const shown = thinned(entries, most, (entry) => toneOf(entry) !== 'import' || entry.number === chosen)
  const jumps = shown.flatMap((entry) => {
    const jump = jumpOf(entry)
    return jump === undefined ? [] : [{ entry, jump }]
  })
  const longest = jumps.toSorted((one, other) => other.jump - one.jump)[0]
  return (
    <figure className="trace-time">
      <figcaption>
        <span>
          Virtual time <b className="mono">{virtualTime(virtual === 1 ? 0 : virtual)}</b>
        </span>
        <span>
          Real time <b className="mono">{duration(real)}</b>
        </span>
        <span className="visually-hidden">
          {longest ? `The longest wait, of ${virtualTime(longest.jump)}, took ${duration(longest.entry.ms)}.` : ''}
        </span>
      </figcaption>
      <div className="trace-threads" aria-hidden="true">
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
          <line className="axis" x1="0" x2={width} y1="0.5" y2="0.5" />
          <line className="axis" x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
          {jumps.map(({ entry }) => (
            <line
              key={entry.number}
              className="skipped"
              x1={x(entry.at / virtual)}
              x2={x(entry.until / virtual)}
              y1="1"
              y2="1"
            />
          ))}
          {shown.map((entry) => (
            <line
              key={entry.number}
              className={entry.number === chosen ? `thread ${toneOf(entry)} chosen` : `thread ${toneOf(entry)}`}
              x1={x(entry.until / virtual)}
              x2={x((entry.real + entry.ms - from) / real)}
              y1="1"
              y2={height - 1}
            />
          ))}
        </svg>
        {longest && (
          <span
            className="skipped-label"
            style={{ left: `${((longest.entry.at + longest.entry.until) / 2 / virtual) * 100}%` }}
          >
            {virtualTime(longest.jump)} skipped
          </span>
        )}
        <div className="trace-marks">
          {shown.map((entry) => (
            // The rows are for the keyboard.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
            <i
              key={entry.number}
              className={entry.number === chosen ? `${toneOf(entry)} chosen` : toneOf(entry)}
              style={{ left: `${((entry.real - from) / real) * 100}%` }}
              title={`${entry.number}: ${entry.call}`}
              onClick={() => onChoose(entry.number)}
            />
          ))}
        </div>
      </div>
    </figure>
  )
}

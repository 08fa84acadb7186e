import { waitsOf, type Span } from './waits.ts'
import type { Metrics, Phase } from '../../../state/state.ts'

/** A line of the waterfall: one phase, or all waiting together. */
export interface WaterfallRow {
  readonly name: string
  readonly room: Phase['room'] | 'none'
  readonly ms: number
  /** Where its bars are. */
  readonly spans: readonly Span[]
  readonly early?: number
  readonly bytes?: number
}

export interface Waterfall {
  readonly rows: readonly WaterfallRow[]
  /** Where the axis ends: milliseconds since Run. */
  readonly end: number
  /** Digits after the point, the same for all lines. */
  readonly digits: number
}

/** Steps between grid lines: more would be too many to read, none would be no axis. */
const mostSteps = 5
const fewestSteps = 1
/** Pixels of a label's character and between two labels, at the size of their text. */
const character = 7
const gap = 8

/** `pinned`: whatever is shown beside it has to fit on the same axis. */
export function waterfallOf(metrics: Metrics, pinned?: Metrics): Waterfall {
  const { phases, total } = metrics
  const rows: WaterfallRow[] = phases.map((phase) => ({
    ...phase,
    // Without a byte there was no download.
    spans: phase.bytes === 0 ? [] : [{ at: phase.at, ms: phase.ms }],
  }))
  if (total !== undefined) {
    const spans = waitsOf(phases, total)
    rows.push({ name: 'Waiting', room: 'none', ms: spans.reduce((sum, { ms }) => sum + ms, 0), spans })
  }
  const end = Math.max(endOf(metrics), pinned === undefined ? 0 : endOf(pinned))
  return { rows, end, digits: end >= 1000 ? 0 : 1 }
}

const endOf = ({ total, phases }: Metrics): number => total ?? Math.max(0, ...phases.map(({ at, ms }) => at + ms))

/** Round numbers from 0 on, as many as have room for their labels on an axis of so many pixels. */
export function ticksTo(end: number, width: number): number[] {
  if (!(end > 0)) return []
  // Below 1 ms the steps have one decimal.
  const label = character * (end < 1 ? '0.1' : Math.floor(end).toString()).length + gap
  const fits = (step: number): boolean => {
    const steps = Math.floor(end / step)
    // The axis goes on behind the last line: it is the whole of it that the labels share.
    return steps <= fewestSteps || (steps <= mostSteps && end / step <= width / label)
  }
  const power = 10 ** Math.floor(Math.log10(end / mostSteps))
  const step = [1, 2, 5, 10, 20].map((factor) => factor * power).find(fits) ?? end
  // Multiplied and not summed up, so that 0.1 three times is 0.3.
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

/** Milliseconds as the waterfall shows them; what rounds to nothing and is not nothing says so. */
export function precise(ms: number, digits: number): string {
  const text = ms.toFixed(digits)
  return ms > 0 && Number(text) === 0 ? `<${(10 ** -digits).toFixed(digits)}` : text
}

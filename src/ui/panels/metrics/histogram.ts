/** Times of calls in columns of equal width. */
export interface Histogram {
  /** How many samples are in each column, as a share of the highest column. */
  readonly columns: readonly number[]
  readonly from: number
  readonly to: number
  /** Whether the last column holds all that is longer than `to`. */
  readonly open: boolean
}

const columnCount = 24
/** A few calls many times as long as the others would press these into one column. */
const shownShare = 0.98
const farOut = 1.5

/** `samples` in ascending order. */
export function histogramOf(samples: readonly number[]): Histogram | undefined {
  const [from] = samples
  const last = samples.at(-1)
  if (from === undefined || last === undefined || samples.length < 2) return undefined
  const usual = samples[Math.max(0, Math.ceil(shownShare * samples.length) - 1)] ?? last
  const open = usual > from && last - from > farOut * (usual - from)
  const to = open ? usual + (usual - from) / (columnCount - 2) : last
  const counts = Array.from({ length: columnCount }, () => 0)
  for (const sample of samples) {
    const column = to > from ? Math.floor(((sample - from) / (to - from)) * columnCount) : 0
    const at = Math.min(columnCount - 1, column)
    counts[at] = (counts[at] ?? 0) + 1
  }
  const most = Math.max(...counts)
  return { columns: counts.map((count) => count / most), from, to, open }
}

/** Where in the picture a time stands: 0 left, 1 right. */
export const placeIn = ({ from, to }: Histogram, ms: number): number =>
  to > from ? Math.max(0, Math.min(1, (ms - from) / (to - from))) : 0

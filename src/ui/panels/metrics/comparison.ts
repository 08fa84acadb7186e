/** How a figure differs from that of the pinned run. */
export interface Comparison {
  /** With its sign; empty where there is no difference. */
  readonly difference: number
  readonly word: string
  readonly tone: 'ok' | 'err' | 'dim'
}

/** What less and more of something is called, and which of them is better. */
export const kinds = {
  time: { less: 'faster', more: 'slower', better: 'less' },
  size: { less: 'smaller', more: 'larger', better: 'less' },
  rate: { less: 'fewer', more: 'more', better: 'more' },
} as const
export type FigureKind = keyof typeof kinds

/** `grain`: differences below it say nothing, such as those within a step of the clock. */
export function compare(kind: FigureKind, now: number, pinned: number, grain = 0): Comparison {
  const difference = now - pinned
  if (difference === 0 || Math.abs(difference) < grain) return { difference: 0, word: 'same', tone: 'dim' }
  const { less, more, better } = kinds[kind]
  const direction = difference < 0 ? 'less' : 'more'
  return { difference, word: direction === 'less' ? less : more, tone: direction === better ? 'ok' : 'err' }
}

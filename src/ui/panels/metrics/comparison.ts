/** How a figure differs from that of the pinned run. */
export interface Comparison {
  /** With its sign; 0 where there is none to speak of. */
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

/** `noise`: below it a difference is neither better nor worse. */
export function compare(kind: FigureKind, now: number, pinned: number, noise = 0): Comparison {
  const difference = now - pinned
  if (difference === 0) return { difference, word: 'same', tone: 'dim' }
  if (Math.abs(difference) < noise) return { difference: 0, word: '≈ same', tone: 'dim' }
  const { less, more, better } = kinds[kind]
  const direction = difference < 0 ? 'less' : 'more'
  return { difference, word: direction === 'less' ? less : more, tone: direction === better ? 'ok' : 'err' }
}

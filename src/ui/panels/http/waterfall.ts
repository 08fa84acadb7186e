import type { OutgoingCall } from '../../../state/simulation/http-state.ts'

/** A bar of the waterfall: shares of the whole width. */
export interface Bar {
  readonly call: OutgoingCall
  readonly from: number
  /** Until the head of the answer. */
  readonly first: number
  readonly to: number
  /** Nanoseconds; undefined: it was not waited for to its end. */
  readonly took: bigint | undefined
}

export interface Waterfall {
  readonly bars: readonly Bar[]
  /** Nanoseconds that the width stands for. */
  readonly span: bigint
}

const later = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** `from` and `to`: the instants of what the requests were made for, where they are known. */
export const waterfallOf = (calls: readonly OutgoingCall[], from?: bigint, to?: bigint): Waterfall => {
  const start = from ?? calls.reduce((least, { at }) => (at < least ? at : least), calls[0]?.at ?? 0n)
  const end = calls.reduce((most, { at, answered, ended }) => later(most, ended?.at ?? answered?.at ?? at), to ?? start)
  const span = end > start ? end - start : 1n
  const share = (instant: bigint): number => Number(instant - start) / Number(span)
  const bars = calls.map((call): Bar => {
    const { at, answered, ended } = call
    const last = ended?.at ?? answered?.at ?? end
    return {
      call,
      from: share(at),
      first: share(answered?.at ?? last),
      to: share(last),
      took: ended === undefined ? undefined : ended.at - at,
    }
  })
  return { bars, span: end > start ? span : 0n }
}

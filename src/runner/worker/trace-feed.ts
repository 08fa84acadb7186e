import type { Trace, TracedFunction } from '../../wasi/trace.ts'
import { caps } from '../protocol.ts'
import { mostNews, traceKept, type TraceCount, type TraceNews } from '../trace-entry.ts'
import type { TraceText } from './trace-text.ts'

export interface TraceFeed {
  /** Something was traced: tells the page now and then while a request is under way. */
  poll(): void
  /** The request is over: tells the page all that is new. */
  flush(): void
}

export interface TraceFeedOptions {
  readonly trace: Trace
  readonly text: TraceText
  readonly post: (news: TraceNews) => void
  /** Milliseconds. */
  readonly now: () => number
}

/** Milliseconds between two pieces of news while a request is under way; asked for only after so many entries. */
const every = 250
const entriesBetween = 64

/** Sends the trace to the page in pieces: the text of an entry is made when it is sent, and of what is dropped never. */
export const createTraceFeed = ({ trace, text, post, now }: TraceFeedOptions): TraceFeed => {
  /** The highest number that was sent; below it those that had not ended by then. */
  let sent = 0
  let open: ReturnType<Trace['kept']> = []
  let told = new Map<TracedFunction, string>()
  let postedAt = Number.NEGATIVE_INFINITY
  let polledAt = 0

  const counts = (): TraceCount[] =>
    trace.functions.flatMap((of) => {
      const { name: call, side, calls, denied, errors } = of
      const key = `${calls} ${denied} ${errors}`
      if (calls === 0 || told.get(of) === key) return []
      told.set(of, key)
      return [{ call, side, calls, denied, errors }]
    })

  const flush = (most: number): void => {
    const fresh = trace.kept(sent)
    const ended = open.filter(({ outcome }) => outcome !== undefined)
    const changed = counts()
    if (fresh.length === 0 && ended.length === 0 && changed.length === 0) return
    // The first of a run are shown whatever comes after them.
    const start = fresh.filter(({ number }) => number <= traceKept.first)
    const later = fresh.slice(start.length)
    const records = [...ended, ...start, ...(later.length > most ? later.slice(-most) : later)]
    sent = fresh.at(-1)?.number ?? sent
    open = [...open, ...fresh].filter(({ outcome }) => outcome === undefined)
    const { total, hash } = trace
    const pieces = Math.max(Math.ceil(records.length / mostNews), Math.ceil(changed.length / caps.items))
    for (let piece = 0; piece < pieces; piece++) {
      const entries = records.slice(piece * mostNews, (piece + 1) * mostNews).map(text.entry)
      post({ total, hash, entries, counts: changed.slice(piece * caps.items, (piece + 1) * caps.items) })
    }
  }

  return {
    poll: () => {
      if (trace.total - polledAt < entriesBetween) return
      polledAt = trace.total
      const time = now()
      if (time - postedAt < every) return
      postedAt = time
      flush(mostNews)
    },
    flush: () => {
      flush(Number.POSITIVE_INFINITY)
      polledAt = trace.total
    },
  }
}

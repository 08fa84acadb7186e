import { traceKept, type TraceCount, type TraceEntry, type TraceNews } from '../../runner/trace-entry.ts'

/** What crossed the boundary of the last run, as far as it was kept. */
export interface TraceLog {
  readonly total: number
  readonly hash: string
  /** In order; the first and the last of the run. */
  readonly entries: readonly TraceEntry[]
  /** By function. */
  readonly counts: Readonly<Record<string, TraceCount>>
}

/** What came is at the end, but for entries that had not ended when they came before. */
const merged = (entries: readonly TraceEntry[], news: readonly TraceEntry[]): readonly TraceEntry[] => {
  const last = entries.at(-1)?.number ?? 0
  const [again, more] = [news.filter(({ number }) => number <= last), news.filter(({ number }) => number > last)]
  const ended = new Map(again.map((entry) => [entry.number, entry]))
  const before = ended.size === 0 ? entries : entries.map((entry) => ended.get(entry.number) ?? entry)
  const all = [...before, ...more]
  const { first, last: kept } = traceKept
  return all.length <= first + kept ? all : [...all.slice(0, first), ...all.slice(-kept)]
}

/** More functions than a world has are none of ours. */
const mostFunctions = 4096

export function withNews(log: TraceLog | undefined, news: TraceNews): TraceLog {
  const counts = new Map(Object.entries(log?.counts ?? {}))
  for (const each of news.counts) {
    if (counts.has(each.call) || counts.size < mostFunctions) counts.set(each.call, each)
  }
  return {
    total: news.total,
    hash: news.hash,
    entries: merged(log?.entries ?? [], news.entries),
    counts: Object.assign(Object.create(null), Object.fromEntries(counts)),
  }
}

const none: TraceLog['counts'] = {}

/**
 * How often each function was called in the last run, and how often the policy refused that. By full name:
 * `wasi:cli/stdout#get-stdout`, those of WASI without version. A function that is not there was not called.
 */
export const usageOf = ({ simulation }: { readonly simulation: { readonly trace?: TraceLog } }): TraceLog['counts'] =>
  simulation.trace?.counts ?? none

/** A trace as a file, and as `headless --trace` gives it. */
export interface TraceDocument {
  readonly witcraft: 'trace'
  readonly version: 1
  /** Name of the project. */
  readonly project: string
  /** Entries of the run, and those of them that are not here. */
  readonly total: number
  readonly dropped: number
  readonly hash: string
  readonly functions: readonly TraceCount[]
  readonly entries: readonly TraceEntry[]
}

export function traceDocument(project: string, { total, hash, counts, entries }: TraceLog): TraceDocument {
  const functions = Object.values(counts)
  return { witcraft: 'trace', version: 1, project, total, dropped: total - entries.length, hash, functions, entries }
}

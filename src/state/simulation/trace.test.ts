import { expect, test } from 'vitest'
import { traceKept, type TraceCount, type TraceEntry, type TraceNews } from '../../runner/trace-entry.ts'
import { traceDocument, usageOf, withNews, type TraceLog } from './trace.ts'

const entry = (number: number, part: Partial<TraceEntry> = {}): TraceEntry => ({
  number,
  kind: 'import',
  call: 'wasi:random/random#get-random-u64',
  args: [],
  at: 0,
  until: 0,
  real: 0,
  ms: 0,
  handles: [],
  ...part,
})
const count = (call: string, calls: number): TraceCount => ({ call, side: 'import', calls, denied: 0, errors: 0 })
const news = (part: Partial<TraceNews> = {}): TraceNews => ({ total: 0, hash: '', entries: [], counts: [], ...part })
const range = (from: number, to: number): TraceEntry[] =>
  Array.from({ length: to - from + 1 }, (_, at) => entry(from + at))
const numbers = ({ entries }: TraceLog): number[] => entries.map(({ number }) => number)

test('what comes is added, and what was there and has ended takes its place', () => {
  const before = withNews(undefined, news({ total: 2, hash: 'a', entries: [entry(1, { kind: 'export' }), entry(2)] }))
  const ended = entry(2, { outcome: 'ok', value: { wave: '7' } })
  const after = withNews(before, news({ total: 3, hash: 'b', entries: [ended, entry(3)] }))
  expect([after.total, after.hash, numbers(after)]).toEqual([3, 'b', [1, 2, 3]])
  expect(after.entries[1]).toBe(ended)
  // Who looks at the log before sees it as it was.
  expect([numbers(before), before.entries[1]?.outcome]).toEqual([[1, 2], undefined])
})

test('an entry that has ended and was dropped meanwhile does not come back', () => {
  const most = traceKept.first + traceKept.last
  const full = withNews(undefined, news({ entries: range(1, most + 10) }))
  const gone = traceKept.first + 5
  expect(numbers(full)).not.toContain(gone)
  expect(numbers(withNews(full, news({ entries: [entry(gone, { outcome: 'ok' })] })))).toEqual(numbers(full))
})

test('the first and the last are kept, however many come', () => {
  const { first, last } = traceKept
  let log: TraceLog | undefined
  for (let at = 0; at < 8; at++)
    log = withNews(log, news({ total: (at + 1) * 1000, entries: range(at * 1000 + 1, (at + 1) * 1000) }))
  const kept = log ? numbers(log) : []
  expect(kept).toHaveLength(first + last)
  expect([kept[0], kept[first - 1], kept[first], kept.at(-1)]).toEqual([1, first, 8000 - last + 1, 8000])
})

test('counts are the last that were told of each function', () => {
  const before = withNews(undefined, news({ counts: [count('a', 1), count('b', 2)] }))
  const { counts } = withNews(before, news({ counts: [count('b', 5), count('c', 1)] }))
  expect(Object.values(counts).map(({ call, calls }) => [call, calls])).toEqual([
    ['a', 1],
    ['b', 5],
    ['c', 1],
  ])
})

test('functions have whatever names, and there are so many of them at most', () => {
  const { counts } = withNews(undefined, news({ counts: [count('__proto__', 3)] }))
  expect([counts['__proto__']?.calls, counts['constructor']]).toEqual([3, undefined])
  const many = Array.from({ length: 5000 }, (_, at) => count(`f${at}`, 1))
  const full = withNews(undefined, news({ counts: many }))
  expect(Object.keys(full.counts)).toHaveLength(4096)
  // Those that are known go on being counted.
  expect(withNews(full, news({ counts: [count('f0', 9), count('new', 1)] })).counts).toMatchObject({ f0: { calls: 9 } })
  expect(withNews(full, news({ counts: [count('new', 1)] })).counts).not.toHaveProperty('new')
})

test('without a trace nothing was called', () => {
  expect(usageOf({ simulation: {} })).toEqual({})
  const trace = withNews(undefined, news({ counts: [count('a', 1)] }))
  expect(usageOf({ simulation: { trace } })['a']?.calls).toBe(1)
})

test('a file says how many entries are not in it', () => {
  const log = withNews(undefined, news({ total: 100, hash: 'h', entries: range(1, 3), counts: [count('a', 98)] }))
  expect(traceDocument('many', log)).toMatchObject({
    project: 'many',
    total: 100,
    dropped: 97,
    hash: 'h',
    functions: [{ call: 'a', calls: 98 }],
    entries: [{ number: 1 }, { number: 2 }, { number: 3 }],
  })
})

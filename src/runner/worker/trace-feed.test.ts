import { expect, test } from 'vitest'
import { createTrace } from '../../wasi/trace.ts'
import { parseFromSandbox } from '../parse-from-sandbox.ts'
import { caps } from '../protocol.ts'
import { mostNews, traceKept, type TraceNews } from '../trace-entry.ts'
import { createTraceFeed } from './trace-feed.ts'
import { createTraceText } from './trace-text.ts'

const open = () => {
  let time = 0
  const posted: TraceNews[] = []
  const trace = createTrace({ virtual: () => 0n, real: () => time })
  const feed = createTraceFeed({
    trace,
    text: createTraceText({ imports: [], exports: [] }),
    post: (news) => {
      expect(parseFromSandbox({ type: 'world', run: 1, event: { kind: 'trace', ...news } })).toBeDefined()
      posted.push(news)
    },
    now: () => time,
  })
  const call = (name = 'f'): void => {
    const of = trace.functionOf(name, 'import')
    trace.end(trace.begin('import', of, []), of, 'ok', undefined)
  }
  return { feed, call, posted, pass: (milliseconds: number) => void (time += milliseconds) }
}
const numbers = (posted: readonly TraceNews[]): number[] =>
  posted.flatMap(({ entries }) => entries.map(({ number }) => number))

test('the first entries reach the page in a flood, too, and after them the last of each piece of news', () => {
  const { feed, call, posted, pass } = open()
  const flood = 3 * traceKept.first
  for (let at = 0; at < flood; at++) call()
  pass(1000)
  feed.poll()
  const told = numbers(posted)
  expect(told.slice(0, traceKept.first)).toEqual(Array.from({ length: traceKept.first }, (_, index) => index + 1))
  expect(told.slice(traceKept.first)).toEqual(Array.from({ length: mostNews }, (_, at) => flood - mostNews + at + 1))
  expect(posted.at(-1)).toMatchObject({ total: flood })
})

test('more functions than one message tells are told in several', () => {
  const { feed, call, posted } = open()
  const functions = 2 * caps.items + 1
  for (let at = 0; at < functions; at++) call(`f${at}`)
  feed.flush()
  expect(new Set(posted.flatMap(({ counts }) => counts.map(({ call: name }) => name))).size).toBe(functions)
  feed.flush()
  expect(new Set(numbers(posted)).size).toBe(numbers(posted).length)
})

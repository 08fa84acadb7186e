import { expect, test } from 'vitest'
import * as fc from 'fast-check'
import type { FunctionType, ResourceType, ValueType, World } from '../../component/types.ts'
import { createTrace, type Trace } from '../../wasi/trace.ts'
import { mostByteArrays, mostNews, type TraceNews } from '../trace-entry.ts'
import { traceNews } from '../parse-trace.ts'
import { fields } from '../untrusted.ts'
import { createTraceFeed } from './trace-feed.ts'
import { createTraceText } from './trace-text.ts'

class Pollable {
  readonly ready = true
}
const resource: ResourceType = { kind: 'resource', side: 'import', interface: 'wasi:io/poll@0.2.12', name: 'pollable' }
const own: ValueType = { kind: 'own', resource }
const bytes: ValueType = { kind: 'list', element: { kind: 'u8' } }
const worldOf = (type: FunctionType): World => ({
  imports: [
    { kind: 'interface', name: 'wasi:io/poll@0.2.12', types: [], functions: [{ kind: 'function', name: 'f', type }] },
  ],
  exports: [],
})
const opened = (): Trace => {
  const trace = createTrace({ virtual: () => 0n, real: () => 0 })
  trace.nameClass(Pollable.prototype, 'pollable')
  return trace
}
const entryOf = (params: Record<string, ValueType>, result: ValueType | undefined, args: unknown[], value: unknown) => {
  const trace = opened()
  const of = trace.functionOf('wasi:io/poll#f', 'import')
  trace.end(trace.begin('import', of, args), of, 'ok', value)
  const type: FunctionType = {
    async: false,
    params: Object.entries(params).map(([name, each]) => ({ name, type: each })),
    ...(result && { result }),
  }
  const [record] = trace.kept(0)
  if (!record) throw new Error('nothing was kept')
  return createTraceText(worldOf(type)).entry(record)
}

test('a long reason why an instance ended is cut, and stays words', () => {
  const trace = opened()
  const of = trace.functionOf('wasi:io/poll#f', 'import')
  trace.fail(trace.begin('import', of, []), of, new Error('no '.repeat(1000)))
  const [record] = trace.kept(0)
  if (!record) throw new Error('nothing was kept')
  const { value } = createTraceText(worldOf({ async: false, params: [] })).entry(record)
  expect(value?.wave).toMatch(/^no no .* … 1976 more$/)
})

test('values are WAVE, with resources by name and number', () => {
  const one = new Pollable()
  const option: ValueType = { kind: 'option', some: own }
  const variant: ValueType = { kind: 'variant', cases: [{ name: 'at-once' }, { name: 'later', type: own }] }
  expect(
    entryOf({ list: { kind: 'list', element: own }, maybe: option }, variant, [[one, new Pollable()], one], {
      tag: 'later',
      val: one,
    }),
  ).toMatchObject({
    args: [
      { name: 'list', wave: '[pollable#1, pollable#2]' },
      { name: 'maybe', wave: 'some(pollable#1)' },
    ],
    value: { wave: 'later(pollable#1)' },
    handles: [
      { id: 'pollable#1', seen: 1 },
      { id: 'pollable#2', seen: 1 },
    ],
  })
})

test('byte arrays are told by length, digest and start, and text among them as text', () => {
  const long = new TextEncoder().encode('x'.repeat(100))
  const { args, value } = entryOf({ contents: bytes }, bytes, [long], new Uint8Array([0, 1]))
  expect(args[0]).toMatchObject({
    wave: expect.stringContaining('120, … 84 more]'),
    bytes: [{ at: 0, length: 100, text: 'x'.repeat(64) }],
  })
  const digest = expect.stringMatching(/^[0-9a-f]{16}$/) as unknown
  expect(value).toEqual({ wave: '[0, 1]', bytes: [{ at: 0, length: 2, digest }] })
})

test('byte arrays within other values are told as well, with their place', () => {
  const pair: ValueType = { kind: 'tuple', types: [{ kind: 'string' }, bytes] }
  const pairs: ValueType = { kind: 'list', element: pair }
  const text = (of: string) => new TextEncoder().encode(of)
  const { args } = entryOf(
    { headers: pairs, maybe: { kind: 'option', some: bytes } },
    undefined,
    [Array.from({ length: 100 }, () => ['[', text('ab')]), text('c')],
    undefined,
  )
  const [headers, maybe] = args
  expect(headers?.wave).toMatch(/^\[\("\[", \[97, 98\]\), .*… 36 more\]$/)
  expect(headers?.bytes).toHaveLength(mostByteArrays)
  for (const { at, text: shown } of headers?.bytes ?? []) {
    expect(headers?.wave.slice(at, at + 8)).toBe('[97, 98]')
    expect(shown).toBe('ab')
  }
  expect(maybe).toMatchObject({ wave: 'some([99])', bytes: [{ at: 5, length: 1, text: 'c' }] })
})

test('what is long is cut and counted', () => {
  const { args } = entryOf(
    { text: { kind: 'string' }, all: { kind: 'list', element: { kind: 'string' } } },
    undefined,
    ['y'.repeat(5000), Array.from({ length: 200 }, () => 'z')],
    undefined,
  )
  expect(args[0]?.wave).toMatch(/^"y+"( … \d+ more)+$/)
  expect(args[1]?.wave).toMatch(/^\["z", .*… 136 more\]$/)
})

test('results come without the result around them, and options with it', () => {
  const result: ValueType = { kind: 'result', ok: { kind: 'option', some: { kind: 'u32' } }, err: { kind: 'string' } }
  expect(entryOf({}, result, [], undefined).value).toEqual({ wave: 'none' })
  expect(entryOf({}, result, [], 3).value).toEqual({ wave: 'some(3)' })
  expect(entryOf({}, { kind: 'result' }, [], undefined).value).toBeUndefined()
  const shape: ValueType = {
    kind: 'record',
    fields: [{ name: 'is-it', type: { kind: 'option', some: { kind: 'bool' } } }],
  }
  expect(entryOf({ shape }, undefined, [{ isIt: true }], undefined).args[0]?.wave).toBe('{is-it: some(true)}')
})

test('a feed sends everything once, in pieces, and again what had not ended', () => {
  const trace = opened()
  const told: TraceNews[] = []
  const text = createTraceText(worldOf({ async: false, params: [] }))
  const feed = createTraceFeed({ trace, text, post: (news) => told.push(news), now: () => 0 })
  const of = trace.functionOf('wasi:io/poll#f', 'import')
  const waiting = trace.begin('import', of, [])
  feed.flush()
  trace.end(waiting, of, 'ok', undefined)
  for (let at = 0; at < 3 * mostNews; at++) trace.end(trace.begin('import', of, []), of, 'denied', 'no')
  feed.flush()
  feed.flush()
  expect(told.map(({ entries }) => entries.length)).toEqual([1, mostNews, mostNews, mostNews, 1])
  expect(told[0]?.entries[0]?.outcome).toBeUndefined()
  expect(told[1]?.entries[0]).toMatchObject({ number: 1, outcome: 'ok' })
  expect(told.flatMap(({ counts }) => counts).at(-1)).toMatchObject({ calls: 1 + 3 * mostNews, denied: 3 * mostNews })
  // The page takes what the sandbox sends, and nothing else.
  for (const news of told) expect(traceNews(fields(structuredClone(news)))).toEqual(news)
})

test('the page takes no news of another shape', () => {
  const good = { total: 1, hash: '0'.repeat(16), entries: [], counts: [] }
  const junk = fc.oneof(
    fc.string(),
    fc.integer({ max: -1 }),
    fc.double({ min: 0.1, max: 0.9 }),
    fc.constant(null),
    fc.object(),
  )
  fc.assert(
    fc.property(fc.constantFrom('total', 'hash', 'entries', 'counts'), junk, (key, value) => {
      expect(() => traceNews({ ...good, [key]: value })).toThrow()
    }),
  )
})

import { describe, expect, test } from 'vitest'
import type { TraceEntry } from '../../../runner/trace-entry.ts'
import {
  callName,
  chipsOf,
  differences,
  differing,
  dropOf,
  exportPlace,
  filtered,
  jumpOf,
  noFilter,
  previewOf,
  thinned,
} from './trace-model.ts'

const entry = (part: Partial<TraceEntry>): TraceEntry => ({
  number: 1,
  kind: 'import',
  call: 'wasi:io/poll#poll',
  args: [],
  outcome: 'ok',
  at: 0,
  until: 0,
  real: 0,
  ms: 0,
  handles: [],
  ...part,
})

test('names of functions are short, and say the package', () => {
  expect(
    [
      'wasi:io/poll#poll',
      'wasi:io/streams#[method]output-stream.check-write',
      'wasi:http/types#[constructor]fields',
      'wasi:io/poll#[resource-drop]pollable',
      'demo:shop/stock@1.0.0#count',
      'greet',
      '[method]cart.total',
    ]
      .map(callName)
      .map(({ packageName, short }) => [packageName, short]),
  ).toEqual([
    ['io', 'poll.poll'],
    ['io', 'output-stream.check-write'],
    ['http', 'new fields'],
    ['io', 'drop pollable'],
    ['shop', 'stock.count'],
    ['world', 'greet'],
    ['world', 'cart.total'],
  ])
})

test('two entries that should be the same say in what they differ', () => {
  const recorded = entry({
    args: [{ name: 'contents', wave: '[1, …]', bytes: [{ at: 0, length: 9, digest: 'a' }] }],
    value: { wave: '1' },
  })
  expect(differences(recorded, structuredClone(recorded))).toEqual([])
  const longer = [{ name: 'contents', wave: '[1, …]', bytes: [{ at: 0, length: 9, digest: 'b' }] }]
  expect(differences(recorded, { ...recorded, args: longer })).toEqual(['arguments'])
  expect(differences(recorded, { ...recorded, value: { wave: '2' }, until: 5 })).toEqual(['result', 'time'])
  expect(differences(recorded, { ...recorded, outcome: 'err' })).toEqual(['result'])
  expect(differences(recorded, { ...recorded, call: 'greet', args: [], at: 1 })).toEqual(['name', 'arguments', 'time'])
  expect(differing(['result'])).toBe('another result')
  expect(differing(['name', 'arguments', 'time'])).toBe('another function, other arguments and another time')
  // What is cut off can differ too.
  expect(differing([])).toBe('other arguments, another result, or another time')
})

describe('a filter', () => {
  const entries = [
    entry({ number: 1, handles: [{ id: 'pollable#1', seen: 1 }] }),
    entry({ number: 2, call: 'wasi:cli/stdout#get-stdout', outcome: 'denied' }),
    entry({ number: 3, kind: 'export', call: 'greet', args: [{ name: 'name', wave: '"Ada"' }] }),
    entry({ number: 4, kind: 'return', call: 'greet', outcome: 'err', value: { wave: '%1' } }),
    entry({
      number: 5,
      kind: 'drop',
      call: 'wasi:io/poll#[resource-drop]pollable',
      handles: [{ id: 'pollable#1', seen: 1 }],
    }),
  ]
  const numbers = (part: Partial<typeof noFilter>): number[] =>
    filtered(entries, { ...noFilter, ...part }).map(({ number }) => number)

  test('narrows down by package, denial, error, words and handle', () => {
    expect(numbers({})).toEqual([1, 2, 3, 4, 5])
    expect(numbers({ chip: 'io' })).toEqual([1, 5])
    expect(numbers({ chip: 'denied' })).toEqual([2])
    expect(numbers({ chip: 'errors' })).toEqual([4])
    expect(numbers({ text: 'ADA greet' })).toEqual([3])
    expect(numbers({ handle: 'pollable#1' })).toEqual([1, 5])
    expect(numbers({ handle: '%1' })).toEqual([4])
  })

  test('a handle ends where it is dropped', () => {
    expect([dropOf(entries, 'pollable#1'), dropOf(entries, 'pollable#2')]).toEqual([5, undefined])
  })
})

test('byte arrays that are text are shown as text, where they stand', () => {
  const wave = '[("a]", [97, 98, … 3 more]), ("b", [0])]'
  const bytes = [
    { at: wave.indexOf('[97'), length: 5, digest: '0', text: 'ab' },
    { at: wave.indexOf('[0]'), length: 1, digest: '0' },
  ]
  expect(previewOf({ wave, bytes })).toBe('[("a]", "ab"…), ("b", [0])]')
  // What was cut off has no end.
  expect(previewOf({ wave: '([97, 98', bytes: [{ at: 1, length: 2, digest: '0', text: 'ab' }] })).toBe('([97, 98')
  expect(previewOf({ wave: '[1]' })).toBe('[1]')
})

describe('chips', () => {
  const count = { side: 'import', calls: 3, denied: 1, errors: 2 } as const
  const counts = {
    a: { ...count, call: 'wasi:io/poll#poll' },
    b: { ...count, call: 'wasi:io/streams#[method]input-stream.read' },
    c: { ...count, call: 'greet', side: 'export' },
  } as const
  const inner = (each: { id: string; count: number }): unknown[] => [each.id, each.count]

  test('count calls where entries are gone, by package and by interface where a package has several', () => {
    const { packages, denied, errors } = chipsOf(counts, [], 9)
    expect(packages.map((each) => [...inner(each), each.interfaces.map(inner)])).toEqual([
      [
        'io',
        6,
        [
          ['io/poll', 3],
          ['io/streams', 3],
        ],
      ],
      ['world', 3, []],
    ])
    expect([denied, errors]).toEqual([3, 6])
  })

  test('count rows where all of them are there', () => {
    const entries = [entry({ kind: 'import' }), entry({ kind: 'drop', call: 'wasi:io/poll#[resource-drop]pollable' })]
    expect(chipsOf(counts, entries, 2).packages.map(inner)).toEqual([['io', 2]])
  })

  test('narrow down to an interface', () => {
    const entries = [entry({}), entry({ call: 'wasi:io/streams#[method]input-stream.read' })]
    expect(filtered(entries, { ...noFilter, chip: 'io/poll' })).toEqual(entries.slice(0, 1))
    expect(filtered(entries, { ...noFilter, chip: 'io' })).toEqual(entries)
  })
})

test('waiting is shown as a jump of time', () => {
  expect(jumpOf(entry({ at: 1000, until: 500_001_000 }))).toBe(500_000_000)
  expect(jumpOf(entry({ at: 0, until: 1000 }))).toBeUndefined()
})

test('the place of an export is where its function is written', () => {
  const text =
    'import x from "y"\nexport function greet(name: string) {}\nexport const api = {\n  addItem(a) {},\n}\nclass Cart {\n  total() {}\n}\n'
  const project = { schema: 1, name: 'p', files: { 'main.ts': text } } as const
  const place = (call: string) => exportPlace({ ...project, calls: [] }, call)
  expect(place('greet')).toEqual({ file: 'main.ts', line: 2, column: 17 })
  expect(place('demo:shop/api#add-item')).toEqual({ file: 'main.ts', line: 4, column: 3 })
  expect(place('demo:shop/api#[method]cart.total')).toEqual({ file: 'main.ts', line: 7, column: 3 })
  expect(place('demo:shop/api#[constructor]cart')).toEqual({ file: 'main.ts', line: 6, column: 7 })
  expect(place('other')).toBeUndefined()
  const split = { 'main.ts': 'export { greet } from "./greet.ts"\n', 'greet.ts': '\nexport const greet = () => 1\n' }
  expect(exportPlace({ ...project, files: split, calls: [] }, 'greet')).toMatchObject({ file: 'greet.ts', line: 2 })
})

test('a picture takes so many at most, and what matters is among them', () => {
  const items = Array.from({ length: 1000 }, (_, index) => index)
  const shown = thinned(items, 100, (item) => item === 777)
  expect(shown).toContain(777)
  expect(shown.length).toBeLessThanOrEqual(101)
})

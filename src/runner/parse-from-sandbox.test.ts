import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { parseFromSandbox } from './parse-from-sandbox.ts'
import { caps, type FromSandbox } from './protocol.ts'

const fault = { stage: 'call', message: 'm', next: 'n' } as const
const output = (...texts: readonly string[]): object => ({
  type: 'output',
  run: 1,
  chunks: texts.map((text) => ({ stream: 'stdout', phase: 'run', text, dropped: 0 })),
})
const files = (...notes: readonly object[]): object => ({
  type: 'world',
  run: 1,
  event: {
    kind: 'files',
    changes: notes.map((note) => ({ preopen: '/', path: 'a', change: 'changed', kind: 'file', ...note })),
    more: 0,
  },
})
const answer = (given: unknown): unknown => ({ type: 'answer', run: 1, id: 2, answer: given })
const report = {
  call: 'greet("Ada")',
  result: { tag: 'ok', wave: '"Hello"', plain: true },
  ms: 0.5,
  memoryBytes: 65536,
  boundaryCalls: 1,
  simulated: [{ call: 'f()', wave: '' }],
  handles: [{ id: 1, type: 'cart', origin: 'make()' }],
} as const

const good: readonly FromSandbox[] = [
  { type: 'hello', version: 1 },
  { type: 'pong', id: 3 },
  { type: 'beat', run: 1, lastCall: 'wasi:cli/stdout#get-stdout' },
  { type: 'output', run: 1, chunks: [{ stream: 'host', phase: 'run', text: 'x', dropped: 0 }] },
  {
    type: 'world',
    run: 1,
    event: {
      kind: 'files',
      changes: [
        { preopen: '/', path: 'a', change: 'changed', kind: 'file', size: 1, bytes: new Uint8Array([7]) },
        { preopen: '/', path: 'b', change: 'created', kind: 'file', size: 9_000_000, digest: '0123456789abcdef' },
        { preopen: '/', path: 'c', change: 'created', kind: 'link', target: 'a' },
        { preopen: '/', path: 'd', change: 'removed', kind: 'directory' },
      ],
      more: 3,
    },
  },
  {
    type: 'answer',
    run: 1,
    id: 2,
    answer: {
      type: 'started',
      value: { phases: [{ name: 'initialise', at: 0.5, ms: 1 }], memoryBytes: 0, clockStep: 0.1, warnings: [fault] },
    },
  },
  { type: 'answer', run: 1, id: 2, answer: { type: 'called', value: report } },
  { type: 'answer', run: 1, id: 2, answer: { type: 'exited', value: { exitCode: 3, ms: 1, memoryBytes: 0 } } },
  { type: 'answer', run: 1, id: 2, answer: { type: 'dropped', value: { memoryBytes: 1, handles: report.handles } } },
  { type: 'answer', run: 1, id: 2, answer: { type: 'snapshot', value: new Uint8Array([1]) } },
  {
    type: 'answer',
    run: 1,
    id: 2,
    answer: {
      type: 'measured',
      value: {
        asked: 4,
        count: 3,
        warmUp: 1,
        batch: 1,
        sampleCount: 2,
        resolution: 0.1,
        min: 1,
        p50: 1,
        p95: 1,
        p99: 1,
        max: 2,
        callsPerSecond: 1,
        samples: [1, 2],
        memoryBytes: 0,
      },
    },
  },
  {
    type: 'answer',
    run: 1,
    id: 2,
    answer: {
      type: 'failed',
      fault: { ...fault, place: { file: 'main.ts', line: 1, column: 2 }, detail: 'd' },
      alive: true,
    },
  },
  { type: 'answer', run: 1, id: 2, answer: { type: 'failed', fault, alive: false, memoryBytes: 65536 } },
]

describe('messages of the sandbox', () => {
  test.each(good)('$type is read as it was sent', (message) => {
    expect(parseFromSandbox(structuredClone(message))).toEqual(message)
  })

  test('fields that are not known do not come through', () => {
    const sent = { type: 'hello', version: 1, html: '<img>', nested: { deep: true } }
    expect(parseFromSandbox(sent)).toEqual({ type: 'hello', version: 1 })
  })

  test.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'hello'],
    ['a list', [good[0]]],
    ['an unknown type', { type: 'eval', code: 'alert(1)' }],
    ['a type that objects inherit', { type: 'constructor' }],
    ['an object with another prototype', Object.assign(Object.create({ version: 1 }), { type: 'hello' })],
    ['a map', new Map([['type', 'hello']])],
    ['a negative run', { type: 'beat', run: -1, lastCall: '' }],
    ['a run that is no whole number', { type: 'beat', run: 0.5, lastCall: '' }],
    ['a run that is too large', { type: 'beat', run: 2 ** 60, lastCall: '' }],
    ['a name that is too long', { type: 'beat', run: 1, lastCall: 'x'.repeat(caps.name + 1) }],
    ['an unknown stream', { type: 'output', run: 1, chunks: [{ stream: 'page', phase: 'run', text: '', dropped: 0 }] }],
    [
      'a text that is too long',
      {
        type: 'output',
        run: 1,
        chunks: [{ stream: 'stdout', phase: 'run', text: 'x'.repeat(caps.text + 1), dropped: 0 }],
      },
    ],
    ['a change of a file that is no bytes', files({ size: 1, bytes: [1] })],
    ['a change of a file of another size', files({ size: 2, bytes: new Uint8Array([1]) })],
    ['a change that is none', files({ change: 'renamed' })],
    ['changes without a count', { type: 'world', run: 1, event: { kind: 'files', changes: [] } }],
    ['files that are too large', files({ size: caps.fileBytes + 1, bytes: new Uint8Array(caps.fileBytes + 1) })],
    ['paths that are too long together', files(...Array.from({ length: 65 }, () => ({ path: 'x'.repeat(4096) })))],
    ['texts that are too long together', output('x'.repeat(caps.text), 'y')],
    ['no chunk at all', output()],
    ['chunks without text beside another', output('x', '')],
    ['more chunks than items', output(...Array.from({ length: caps.items + 1 }, () => 'x'))],
    ['one chunk in the place of a list', { type: 'output', run: 1, chunks: { length: 1 } }],
    ['an unknown stage', answer({ type: 'failed', alive: true, fault: { ...fault, stage: 'owned' } })],
    ['an object for a message', answer({ type: 'failed', alive: true, fault: { ...fault, message: { a: 1 } } })],
    ['a failure that does not say whether the instance lives', answer({ type: 'failed', fault })],
    ['a negative memory', answer({ type: 'failed', fault, alive: false, memoryBytes: -1 })],
    ['a memory that is no whole number', answer({ type: 'failed', fault, alive: false, memoryBytes: 1.5 })],
    ['a memory that is a text', answer({ type: 'failed', fault, alive: false, memoryBytes: '65536' })],
    ['a time that is none', answer({ type: 'called', value: { ...report, ms: Number.NaN } })],
    ['a time that is infinite', answer({ type: 'called', value: { ...report, ms: Number.POSITIVE_INFINITY } })],
    ['a result of neither kind', answer({ type: 'called', value: { ...report, result: { tag: 'maybe', wave: '' } } })],
    ['a value that is too long', answer({ type: 'called', value: { ...report, call: 'x'.repeat(caps.wave + 1) } })],
    ['too many items', answer({ type: 'called', value: { ...report, handles: Array(caps.items + 1).fill(0) } })],
    ['a list with holes', answer({ type: 'called', value: { ...report, handles: Array(3) } })],
    ['a snapshot of another type', answer({ type: 'snapshot', value: [1, 2, 3] })],
    ['an answer without one', answer(undefined)],
  ])('%s is none', (_, message) => expect(parseFromSandbox(message)).toBeUndefined())

  test('no value makes the parser throw, and what it lets through is of a known type', () => {
    const key = fc.constantFrom('type', 'run', 'id', 'answer', 'chunks', 'value', 'fault', 'lastCall', '__proto__')
    const leaf = fc.oneof(fc.anything(), fc.constantFrom('hello', 'answer', 'output', 'beat', 'failed', 'called', 1))
    const tree = fc.letrec((tie) => ({
      node: fc.oneof({ depthSize: 'small' }, leaf, fc.dictionary(key, tie('node'))),
    })).node
    fc.assert(
      fc.property(tree, (value) => {
        const message = parseFromSandbox(value)
        if (message) expect(['hello', 'pong', 'beat', 'output', 'answer']).toContain(message.type)
      }),
      { numRuns: 150 },
    )
  })
})

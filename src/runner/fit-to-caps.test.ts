import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import type { Fault } from '../contract/fault.ts'
import { cutText, fitToCaps } from './fit-to-caps.ts'
import { parseFromSandbox } from './parse-from-sandbox.ts'
import { caps, type Answer, type FromSandbox } from './protocol.ts'
import type { TraceNews } from './trace-entry.ts'

const long = 'x'.repeat(caps.wave + 5)
const fault: Fault = { stage: 'call', message: 'm', next: 'n' }
const failed = (changes: Partial<Fault>): Answer => ({ type: 'failed', fault: { ...fault, ...changes }, alive: true })
const called: Answer = {
  type: 'called',
  value: {
    call: long,
    result: { tag: 'ok', wave: long },
    ms: 1,
    memoryBytes: 1,
    boundaryCalls: 1,
    simulated: Array.from({ length: caps.items + 1 }, () => ({ call: 'f()', wave: '' })),
    handles: [{ id: 1, type: long, origin: long }],
  },
}
const traced = { wave: long }
const divergence = { number: 1, expected: long, got: long }
/** A function may have a thousand parameters, and a name of any length. */
const trace: TraceNews = {
  total: 1,
  hash: '0123456789abcdef',
  entries: [
    {
      number: 1,
      kind: 'import',
      call: long,
      args: Array.from({ length: 1000 }, () => ({ name: long, ...traced })),
      outcome: 'ok',
      value: traced,
      at: 0,
      until: 0,
      real: 0,
      ms: 0,
      handles: Array.from({ length: 100 }, () => ({ id: long, seen: 1 })),
    },
  ],
  counts: [{ call: long, side: 'import', calls: 1, denied: 0, errors: 0 }],
}
const messageOf = (answer: Answer): FromSandbox => ({ type: 'answer', run: 1, id: 1, answer })

describe('what a guest makes too long', () => {
  test.each<readonly [string, FromSandbox]>([
    ['a message', messageOf(failed({ message: long }))],
    ['a trace', { type: 'world', run: 1, event: { kind: 'trace', ...trace } }],
    ['a replay', { type: 'world', run: 1, event: { kind: 'replay', report: { compared: 1, divergence } } }],
    ['an advice', messageOf(failed({ next: long }))],
    ['a detail', messageOf(failed({ detail: long }))],
    ['a file name', messageOf(failed({ place: { file: long, line: 1, column: 1 } }))],
    ['a report', messageOf(called)],
    [
      'handles after a drop',
      messageOf({ type: 'dropped', value: { memoryBytes: 1, handles: [{ id: 1, type: long, origin: long }] } }),
    ],
    [
      'warnings',
      messageOf({
        type: 'started',
        value: {
          phases: [],
          memoryBytes: 1,
          clockStep: 1,
          warnings: Array.from({ length: caps.items + 9 }, () => ({ ...fault, message: long })),
        },
      }),
    ],
    ['the name of a call', { type: 'beat', run: 1, lastCall: long }],
    ['output', { type: 'output', run: 1, chunks: [{ stream: 'stdout', phase: 'run', text: long, dropped: 0 }] }],
  ])('is cut to what the page takes: %s', (_, message) => {
    expect(parseFromSandbox(message)).toBeUndefined()
    const fitting = fitToCaps(message)
    expect(parseFromSandbox(fitting)).toEqual(fitting)
  })

  test.each([
    { file: 'main.ts', line: 2 ** 60, column: 1 },
    { file: 'main.ts', line: 1, column: Number.POSITIVE_INFINITY },
    { file: 'main.ts', line: -1, column: 1 },
  ])('or puts at a place that cannot be, loses the place: %j', (place) => {
    expect(fitToCaps(messageOf(failed({ place })))).toEqual(messageOf({ type: 'failed', fault, alive: true }))
  })

  test('says how much was cut', () => {
    const text = `${'a'.repeat(40)}\u{1f600}${'b'.repeat(100)}`
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 160 }), (cap) => {
        const cut = cutText(text, cap)
        expect(cut.length).toBeLessThanOrEqual(cap)
        const [, kept = '', more = '0'] = /^(.*?)(?: … \((\d+) characters more\))?$/su.exec(cut) ?? []
        expect(text.startsWith(kept)).toBe(true)
        expect(kept.length + Number(more)).toBe(text.length)
        expect(/\p{Surrogate}/u.test(kept)).toBe(false)
      }),
    )
  })

  test('is left as it is where it fits', () => {
    const message = messageOf(failed({ place: { file: 'main.ts', line: 3, column: 4 }, detail: 'd' }))
    expect(fitToCaps(message)).toEqual(message)
  })
})

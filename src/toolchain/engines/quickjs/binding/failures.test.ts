import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UncaughtException } from '../../../engine.ts'
import { type HostImports, type Made, Refused, Workshop } from '../testing/component.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await Workshop.open()
}, 120_000)
afterAll(() => workshop.close())

const make = (wit: string, source: string, imports: HostImports = {}): Promise<Made> =>
  workshop.make(wit, source, imports)

const definitions = `interface types { enum color { red, dark-green, blue } record point { x: u8, the-y: f64 }
  variant shape { dot, circle(u8) } flags perm { read, exec-it } }`

/** What an export leaves behind when it is called. */
async function uncaught(made: Made, name: string): Promise<UncaughtException | undefined> {
  const fresh = await made.again()
  expect(() => fresh.exports[name]()).toThrow(WebAssembly.RuntimeError)
  return fresh.uncaught()
}

describe('a result that does not fit its type', () => {
  it('says what was expected, what came, and where', async () => {
    const cases = [
      ['u8', 'undefined', 'expected a number (u8), got undefined'],
      ['u64', '5', 'expected a bigint, such as 5n (u64), got 5'],
      ['string', '12', 'expected a string, got 12'],
      ['bool', '"yes"', 'expected a boolean, got "yes"'],
      ['char', '"ab"', 'expected a string of one character (char), got "ab"'],
      ['f32', 'null', 'expected a number (f32), got null'],
      ['color', '"pink"', 'expected one of red, dark-green, blue (color), got "pink"'],
      ['list<string>', '"abc"', 'expected an array, got "abc"'],
      ['list<string>', '["a", 1]', '[1]: expected a string, got 1'],
      ['list<u8>', '({}).x', 'expected a Uint8Array or an array, got undefined'],
      ['list<s64>', '[1n, 2]', '[1]: expected a bigint, such as 5n (s64), got 2'],
      ['point', '({ x: 1 })', 'theY: expected a number (f64), got undefined'],
      ['list<point>', '[{ x: 1, theY: 2 }, { x: "1" }]', '[1].x: expected a number (u8), got "1"'],
      ['point', '7', 'expected an object with x, theY (point), got 7'],
      ['shape', '({ tag: "square" })', 'expected one of dot, circle (tag of shape), got "square"'],
      ['shape', '({ tag: "circle", val: [] })', 'circle: expected a number (u8), got an array'],
      ['perm', 'true', 'expected an object with the flags read, execIt (perm), got true'],
      ['tuple<u8, string>', '[1]', '[1]: expected a string, got undefined'],
      ['option<u8>', '"x"', 'expected a number (u8), got "x"'],
    ] as const
    const made = await make(
      `package t:t; ${definitions} world w { use types.{color, point, shape, perm};
       ${cases.map(([type], index) => `export r${index}: func() -> ${type};`).join('\n')} }`,
      cases.map(([, returned], index) => `export const r${index} = () => ${returned}`).join('\n'),
    )
    for (const [index, [type, returned, message]] of cases.entries()) {
      const found = await uncaught(made, `r${index}`)
      expect(found, `${type} from ${returned}`).toMatchObject({ kind: 'bad-result', message: `TypeError: ${message}` })
    }
  })
})

describe('a failure without a stack of its own', () => {
  it('has the place where the export is declared', async () => {
    const made = await make(
      `package t:t; interface api { resource cart { total: func() -> u8; open: static func() -> string; } add: func() -> u8; }
       world w { export api; export plain: func() -> string; export never: func() -> u8; export thrown: func(); export hidden: func() -> u8; }`,
      `export const plain = (é = 'é') => 5; export async function never() { await new Promise(() => {}) }
       class Cart {
         total() { return 'a lot' }
         static open() { return 1 }
       }
       export const api = {
         Cart,
         add() { return undefined },
       }
       export function thrown() { throw 'text' }
       export const hidden = new Proxy(() => 'x', { get() { for (;;) {} } })`,
    )
    const places = {
      plain: '    at plain (main.js:1:14)',
      never: '    at never (main.js:1:60)',
      thrown: '    at thrown (main.js:10:24)',
      hidden: '',
      't:t/api#add': '    at add (main.js:8:10)',
    }
    for (const [label, stack] of Object.entries(places)) {
      const fresh = await made.again()
      const [owner, inner] = label.split('#')
      const target = inner === undefined ? fresh.exports[label] : fresh.exports['api'][inner]
      expect(() => target(), `${owner}`).toThrow(WebAssembly.RuntimeError)
      expect(fresh.uncaught(label)?.stack, label).toBe(stack)
    }
    const fresh = await made.again()
    expect(() => fresh.exports['api'].Cart.open()).toThrow(WebAssembly.RuntimeError)
    expect(fresh.uncaught('t:t/api#[static]cart.open')?.stack).toBe('    at open (main.js:4:17)')
  })
})

describe('what is not caught', () => {
  let made: Made
  beforeAll(async () => {
    made = await make(
      `package t:t; world w {
        export plain: func(); export mistake: func() -> result<_, string>; export coded: func() -> result<_, u8>;
        export closed: func() -> result<_, string>; export worded: func() -> result<_, string>;
        export misfit: func() -> result<u8, string>; export pending: func() -> u8; export rejected: func(); export later: func(); }`,
      `export function plain() {
         throw new Error('broken')
       }
       export const mistake = () => undefined.x
       export const coded = () => { throw new Error('no payload') }
       export const closed = () => console.log('x')
       export const worded = async () => { await null; Math.random() }
       export const misfit = () => { throw { payload: 5 } }
       export const pending = () => new Promise(() => {})
       export const rejected = () => { Promise.reject(new RangeError('left alone')) }
       export const later = () => { queueMicrotask(() => { throw new Error('in a job') }) }`,
    )
  })

  it('is kept with message and position', async () => {
    const found = await uncaught(made, 'plain')
    expect(found).toMatchObject({ kind: 'exception', message: 'Error: broken' })
    expect(found?.stack).toContain('main.js:2:')
  })

  it.each([
    ['mistake', 'exception', 'TypeError: '],
    ['coded', 'exception', 'Error: no payload'],
    ['closed', 'exception', 'Error: console.log writes to wasi:cli/stdout, which this world does not import.'],
    ['worded', 'exception', 'Error: Math.random is seeded from wasi:random/random'],
    ['misfit', 'bad-error', 'TypeError: expected a string, got 5'],
    ['pending', 'unsettled', ''],
    ['rejected', 'rejection', 'RangeError: left alone'],
    ['later', 'exception', 'Error: in a job'],
  ])('%s', async (name, kind, message) => {
    const found = await uncaught(made, name)
    expect(found).toMatchObject({ kind, message: expect.stringContaining(message) })
  })
})

describe('promises', () => {
  it('settle before an export returns', async () => {
    const made = await make(
      'package t:t; world w { export run: func(n: u32) -> u32; export fail: func() -> result<u8, string>; export handled: func() -> u8; }',
      `const wait = async (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += await i; return sum }
       export const run = wait
       export const fail = async () => { await null; throw { payload: 'after a while' } }
       export const handled = () => { Promise.reject(new Error('soon caught')).catch(() => {}); return 1 }`,
    )
    expect(made.exports.run(100)).toBe(4950)
    expect(() => made.exports.fail()).toThrow('after a while')
    expect(made.exports.handled()).toBe(1)
    expect(made.uncaught()).toBeUndefined()
  })
})

describe('an argument of an import', () => {
  it('that does not fit is a TypeError that names the parameter, and the guest goes on', async () => {
    const made = await make(
      `package t:t; interface host { record point { x: s32 } send: func(first-one: point, n: u64) -> u32; } world w { import host; export run: func() -> list<string>; }`,
      `import { send } from 't:t/host'
       const attempt = (work) => { try { return String(work()) } catch (error) { return error.name + ': ' + error.message } }
       export const run = () => [attempt(() => send()), attempt(() => send({ x: 'a' })), attempt(() => send({ x: 1 }, 2)), attempt(() => send({ x: 1 }, 2n))]`,
      { 't:t/host': { send: () => 9 } },
    )
    expect(made.exports.run()).toEqual([
      'TypeError: firstOne: expected an object with x (point), got undefined',
      'TypeError: firstOne.x: expected a number (s32), got "a"',
      'TypeError: n: expected a bigint, such as 5n (u64), got 2',
      '9',
    ])
  })
})

describe('text with lone surrogates', () => {
  it('arrives with U+FFFD in their place', async () => {
    const made = await make(
      'package t:t; world w { export run: func() -> list<string>; }',
      String.raw`export const run = () => ['a\uD800b', '\uDC00', '\uD83D\uDE00', '\uD7FF', 'x\uDBFF\uDBFFy']`,
    )
    expect(made.exports.run()).toEqual(['a\uFFFDb', '\uFFFD', '😀', '\uD7FF', 'x\uFFFD\uFFFDy'])
  })
})

describe('an export that is missing', () => {
  it('is named together with how to write it', async () => {
    const wit = 'package t:t; interface api { add-item: func(the-name: string); } world w { export api; }'
    const refused = await make(wit, 'export const api = {}').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(JSON.stringify(refused instanceof Refused ? refused.fault : {})).toContain(
      'Add addItem(theName: string): void { … } to api.',
    )
  })
})

it('says that an argument does not fit into the memory that is left', async () => {
  const made = await make('package t:t; world w { export f: func(b: list<u8>); }', 'export const f = () => {}')
  expect(() => made.exports.f(new Uint8Array(140 * 1024 * 1024))).toThrow(WebAssembly.RuntimeError)
  expect(made.uncaught()).toEqual({
    kind: 'exception',
    message: 'InternalError: out of memory',
    stack: '',
    next: 'Keep less in memory at a time, or raise the memory limit.',
  })
})

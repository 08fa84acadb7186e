import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostImports, type Made, Workshop } from '../testing/component.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await Workshop.open()
}, 120_000)
afterAll(() => workshop.close())

const make = (wit: string, source: string, imports: HostImports = {}): Promise<Made> =>
  workshop.make(wit, source, imports)

/** A world with one identity function for each type. */
async function identities(types: Readonly<Record<string, string>>, definitions = ''): Promise<Made['exports']> {
  const names = Object.keys(types)
  const functions = names.map((name) => `of-${name}: func(v: ${types[name]}) -> tuple<${types[name]}>;`).join('\n')
  const wit = `package t:t; interface api { ${definitions} ${functions} } world w { export api; }`
  const member = (name: string): string => `of${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const source = `export const api = { ${names.map((name) => `${member(name)}: (value) => [value]`).join(', ')} }`
  const { api } = (await make(wit, source)).exports
  return Object.fromEntries(names.map((name) => [name, api[member(name)]]))
}

describe('values through a guest', () => {
  it('keeps numbers to the last bit', async () => {
    const api = await identities({
      u8: 'u8',
      s8: 's8',
      u16: 'u16',
      s16: 's16',
      u32: 'u32',
      s32: 's32',
      u64: 'u64',
      s64: 's64',
      f32: 'f32',
      f64: 'f64',
    })
    const samples: Readonly<Record<string, readonly unknown[]>> = {
      u8: [0, 255],
      s8: [-128, 127],
      u16: [0, 65535],
      s16: [-32768, 32767],
      u32: [0, 4294967295, 2147483648],
      s32: [-2147483648, 2147483647],
      u64: [0n, 2n ** 64n - 1n, 2n ** 63n, 5n],
      s64: [-(2n ** 63n), 2n ** 63n - 1n, -1n],
      f32: [Math.fround(0.1), -0, Number.NaN, Number.POSITIVE_INFINITY],
      f64: [0.1, -0, 5e-324, Number.NaN, Number.NEGATIVE_INFINITY, 2 ** 31],
    }
    for (const [name, values] of Object.entries(samples)) {
      for (const value of values) expect(api[name](value), name).toEqual([value])
    }
  })

  it('keeps text: NUL, astral characters, a byte order mark; characters too', async () => {
    const api = await identities({ text: 'string', character: 'char', yes: 'bool' })
    for (const text of ['', 'a\0b', '😀 é ☃', '\uFEFFmark', 'x'.repeat(5000)]) expect(api.text(text)).toEqual([text])
    for (const text of ['a', 'é', '☃', '😀', '\0', '\u{10FFFF}']) expect(api.character(text)).toEqual([text])
    expect([api.yes(true), api.yes(false)]).toEqual([[true], [false]])
  })

  it('gives lists of numbers as typed arrays and other lists as arrays', async () => {
    const api = await identities({
      s8: 'list<s8>',
      u64: 'list<u64>',
      f32: 'list<f32>',
      u8: 'list<u8>',
      bools: 'list<bool>',
      nested: 'list<list<u16>>',
    })
    expect(api.s8(Int8Array.of(-1, 2))).toEqual([Int8Array.of(-1, 2)])
    expect(api.u64(BigUint64Array.of(2n ** 64n - 1n))).toEqual([BigUint64Array.of(2n ** 64n - 1n)])
    expect(api.f32(new Float32Array())).toEqual([new Float32Array()])
    expect(api.u8(new Uint8Array())).toEqual([new Uint8Array()])
    expect(api.bools([true, false])).toEqual([[true, false]])
    expect(api.nested([Uint16Array.of(1), new Uint16Array()])).toEqual([[Uint16Array.of(1), new Uint16Array()]])
  })

  it('takes plain arrays, views into larger buffers and numbers beyond the range, which wrap', async () => {
    const { exports } = await make(
      `package t:t; world w { export plain: func() -> list<s16>; export view: func() -> list<u32>; export wrap: func() -> list<u8>; export wrapped: func() -> u32; }`,
      `export const plain = () => [1, -2]
       export const view = () => new Uint32Array(new Uint32Array([1, 2, 3]).buffer, 4, 2)
       export const wrap = () => [256, -1, 1.9]
       export const wrapped = () => -1`,
    )
    expect(exports.plain()).toEqual(Int16Array.of(1, -2))
    expect(exports.view()).toEqual(Uint32Array.of(2, 3))
    expect(exports.wrap()).toEqual(Uint8Array.of(0, 255, 1))
    expect(exports.wrapped()).toBe(4294967295)
  })

  it('keeps compound types', async () => {
    const manyCases = Array.from({ length: 300 }, (_, index) => `c${index}`)
    const flags = Array.from({ length: 32 }, (_, index) => `f-${index}`)
    const api = await identities(
      { point: 'point', shape: 'shape', color: 'color', perm: 'perm', tup: 'tuple<u8, string, s64>', wide: 'wide' },
      `record point { x: s32, the-y: option<f64> } variant shape { dot, circle(f32), many(list<point>) }
       enum color { ${manyCases.join(', ')} } flags perm { ${flags.join(', ')} }
       variant wide { a(s8), b(f64), c(f32), d(s64), e(tuple<string, string>) }`,
    )
    for (const value of [
      { x: -1, theY: 1.5 },
      { x: 2, theY: undefined },
    ]) {
      expect(api.point(value)).toEqual([value])
    }
    for (const value of [
      { tag: 'dot' },
      { tag: 'circle', val: 0.5 },
      { tag: 'many', val: [{ x: 1, theY: undefined }] },
    ]) {
      expect(api.shape(value)).toEqual([value])
    }
    for (const name of ['c0', 'c255', 'c256', 'c299']) expect(api.color(name)).toEqual([name])
    const some = Object.fromEntries(flags.map((flag, index) => [flag.replace('-', ''), index % 3 === 0]))
    expect(api.perm(some)).toEqual([some])
    expect(api.tup([255, 'x', -5n])).toEqual([[255, 'x', -5n]])
    for (const value of [
      { tag: 'a', val: -7 },
      { tag: 'b', val: 0.1 },
      { tag: 'c', val: 0.5 },
      { tag: 'd', val: -1n },
      { tag: 'e', val: ['a', 'b'] },
    ]) {
      expect(api.wide(value)).toEqual([value])
    }
  })

  it('tags nested options only where undefined would be ambiguous', async () => {
    const api = await identities({
      one: 'option<u8>',
      two: 'option<option<u8>>',
      three: 'option<option<option<u8>>>',
    })
    for (const value of [undefined, 3]) expect(api.one(value)).toEqual([value])
    for (const value of [{ tag: 'none' }, { tag: 'some', val: undefined }, { tag: 'some', val: 3 }]) {
      expect(api.two(value)).toEqual([value])
    }
    for (const value of [undefined, { tag: 'none' }, { tag: 'some', val: 1 }]) expect(api.three(value)).toEqual([value])
  })

  it('passes more parameters than there are flat values, and a result in memory', async () => {
    const names = 'a b c d e f g h i'.split(' ')
    const list = names.map((name) => `${name}: string`).join(', ')
    const { exports } = await make(
      `package t:t; interface host { join: func(${list}) -> string; } world w { import host; export run: func(${list}) -> list<string>; }`,
      `import { join } from 't:t/host'; export const run = (...all) => [join(...all), ...all]`,
      { 't:t/host': { join: (...all: string[]) => all.join('') } },
    )
    expect(exports.run(...names)).toEqual([names.join(''), ...names])
  })
})

describe('an interface', () => {
  it('is what its functions are called on', async () => {
    const made = await make(
      'package t:t; interface api { twice: func(n: u32) -> u32; once: func(n: u32) -> u32; } world w { export api; }',
      'export const api = { twice(n) { return this.once(n) * 2 }, once: (n) => n }',
    )
    expect(made.exports.api.twice(21)).toBe(42)
  })
})

describe('results', () => {
  const wit = `package t:t; interface host { check: func(n: u32) -> result<u32, string>; }
    world w { import host;
      export plain: func(n: u32) -> result<u32, string>; export coded: func(n: u32) -> result<u32, u8>;
      export empty: func(n: u32) -> result; export forward: func(n: u32) -> string; export forwarded: func(n: u32) -> result<u32, string>; }`
  const source = `import { check } from 't:t/host'
    export function plain(n) { if (n === 1) throw new Error('as a message'); if (n === 2) throw 'as a value'; if (n === 3) throw { payload: 'as a payload' }; return n }
    export function coded(n) { if (n === 0) throw 7; return n }
    export function empty(n) { if (n > 0) throw undefined }
    export function forward(n) { try { return 'fine ' + check(n) } catch (error) { return error.name + ' ' + error.message + ' ' + error.payload + ' ' + (error instanceof Error) } }
    export async function forwarded(n) { return check(n) }`
  const host = {
    't:t/host': {
      check(n: number) {
        if (n > 9) throw Object.assign(new Error('too large'), { payload: 'larger than 9' })
        return n
      },
    },
  }
  const payloadOf = (work: () => unknown): unknown => {
    try {
      work()
    } catch (error) {
      return error instanceof Error && 'payload' in error ? error.payload : error
    }
    return 'nothing was thrown'
  }

  it('returns one case and throws the other', async () => {
    const { exports } = await make(wit, source, host)
    expect(exports.plain(0)).toBe(0)
    expect(payloadOf(() => exports.plain(1))).toBe('as a message')
    expect(payloadOf(() => exports.plain(2))).toBe('as a value')
    expect(payloadOf(() => exports.plain(3))).toBe('as a payload')
    expect(payloadOf(() => exports.coded(0))).toBe(7)
    expect(exports.empty(0)).toBeUndefined()
    expect(payloadOf(() => exports.empty(1))).toBeUndefined()
  })

  it('throws the error of an import as an Error with a payload', async () => {
    const { exports } = await make(wit, source, host)
    expect(exports.forward(1)).toBe('fine 1')
    expect(exports.forward(10)).toBe('ComponentError larger than 9 larger than 9 true')
    expect(payloadOf(() => exports.forwarded(10))).toBe('larger than 9')
  })

  it('takes a result whose type comes through use for a value, as the types say', async () => {
    const made = await make(
      `package t:t; interface types { type outcome = result<u8, string>; } world w { use types.{outcome}; export run: func(n: u8) -> outcome; }`,
      `export const run = (n) => n > 0 ? { tag: 'ok', val: n } : { tag: 'err', val: 'none' }`,
    )
    expect([made.exports.run(1), made.exports.run(0)]).toEqual([
      { tag: 'ok', val: 1 },
      { tag: 'err', val: 'none' },
    ])
  })
})

describe('memory', () => {
  it('does not grow over 10,000 rounds of every kind of conversion', async () => {
    const made = await make(
      `package t:t; interface host { record pair { a: string, b: list<string> } echo: func(p: pair, n: option<list<u16>>) -> result<pair, string>; }
       world w { import host; use host.{pair}; export run: func(p: pair, n: option<list<u16>>) -> result<list<pair>, string>; }`,
      `import { echo } from 't:t/host'
       export const run = async (p, n) => { try { return [echo(p, n), p] } catch (error) { throw error.payload } }`,
      {
        't:t/host': {
          echo(pair: { a: string }) {
            if (pair.a === 'refuse') throw Object.assign(new Error('no'), { payload: 'refused' })
            return pair
          },
        },
      },
    )
    const round = (index: number) => {
      const pair = { a: index % 4 === 0 ? 'refuse' : 'text '.repeat(20), b: ['x', 'y'.repeat(100), ''] }
      try {
        made.exports.run(pair, index % 2 === 0 ? undefined : Uint16Array.of(1, 2, 3))
      } catch (error) {
        expect(error).toHaveProperty('payload', 'refused')
      }
    }
    for (let index = 0; index < 1000; index++) round(index)
    const pages = made.memoryPages()
    for (let index = 0; index < 10_000; index++) round(index)
    expect(made.memoryPages()).toBe(pages)
  }, 60_000)
})

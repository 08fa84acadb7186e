import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryType, arbitraryValue, Random } from './testing/arbitraries.ts'
import { typeText } from './type-text.ts'
import type { OwnType, RecordType, ValueType } from './types.ts'
import { type HandleSource, type HandleTable, parseWave, printWave, UnexpectedValue } from './wave.ts'

const u8 = { kind: 'u8' } as const
const string = { kind: 'string' } as const
const option = (some: ValueType): ValueType => ({ kind: 'option', some })
const list = (element: ValueType): ValueType => ({ kind: 'list', element })
const cart: OwnType = { kind: 'own', resource: { kind: 'resource', side: 'export', interface: 'a:b/c', name: 'cart' } }
const item: RecordType = {
  kind: 'record',
  name: 'item',
  fields: [
    { name: 'sku', type: string },
    { name: 'unit-price', type: { kind: 'u64' } },
    { name: 'note', type: option(string) },
  ],
}
const shape: ValueType = {
  kind: 'variant',
  name: 'shape',
  cases: [{ name: 'dot' }, { name: 'circle', type: { kind: 'f32' } }, { name: 'some', type: u8 }],
}

function parsed(text: string, type: ValueType, handles?: HandleSource): unknown {
  const outcome = parseWave(text, type, handles)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

function mistake(text: string, type: ValueType) {
  const outcome = parseWave(text, type)
  if (outcome.ok) throw new Error(`accepted ${text}`)
  return outcome.error
}

describe('parseWave gives the values that jco takes', () => {
  it.each<[string, ValueType, unknown]>([
    ['true', { kind: 'bool' }, true],
    ['255', u8, 255],
    ['-0', { kind: 's8' }, 0],
    ['-9223372036854775808', { kind: 's64' }, -(2n ** 63n)],
    ['18446744073709551615', { kind: 'u64' }, 2n ** 64n - 1n],
    ['1.1', { kind: 'f32' }, Math.fround(1.1)],
    ['-inf', { kind: 'f64' }, Number.NEGATIVE_INFINITY],
    ['nan', { kind: 'f64' }, Number.NaN],
    ["'🌊'", { kind: 'char' }, '🌊'],
    ["'\\u{2603}'", { kind: 'char' }, '☃'],
    ['"a\\tb\\u{1f30a}"', string, 'a\tb🌊'],
    ['[1, 2,]', list(u8), new Uint8Array([1, 2])],
    ['[1]', list({ kind: 'u64' }), new BigUint64Array([1n])],
    ['[0.5]', list({ kind: 'f32' }), new Float32Array([0.5])],
    ['[true]', list({ kind: 'bool' }), [true]],
    ['[1, 2]', { kind: 'fixed-length-list', element: u8, length: 2 }, [1, 2]],
    ['[("a", 1), ("b", 2)]', { kind: 'map', key: string, value: u8 }, new Map([['a', 1], ['b', 2]])], // prettier-ignore
    ['(1, "x")', { kind: 'tuple', types: [u8, string] }, [1, 'x']],
    ['{unit-price: 3, sku: "a"}', item, { sku: 'a', unitPrice: 3n, note: undefined }],
    ['{:}', { kind: 'record', fields: [{ name: 'a', type: option(option(u8)) }] }, { a: { tag: 'none' } }],
    ['{write}', { kind: 'flags', labels: ['read', 'write', 'exec-it'] }, { read: false, write: true, execIt: false }],
    ['dark-green', { kind: 'enum', cases: ['red', 'dark-green'] }, 'dark-green'],
    ['%ok', { kind: 'enum', cases: ['ok'] }, 'ok'],
    ['dot', shape, { tag: 'dot' }],
    ['circle(2)', shape, { tag: 'circle', val: 2 }],
    ['%some(2)', shape, { tag: 'some', val: 2 }],
    ['none', option(u8), undefined],
    ['some(7)', option(u8), 7],
    ['7', option(u8), 7],
    ['none', option(option(u8)), { tag: 'none' }],
    ['some(none)', option(option(u8)), { tag: 'some', val: undefined }],
    ['some(some(7))', option(option(u8)), { tag: 'some', val: 7 }],
    ['some(some(some(7)))', option(option(option(u8))), { tag: 'some', val: 7 }],
    ['some(none)', option(option(option(u8))), { tag: 'none' }],
    ['ok', { kind: 'result' }, { tag: 'ok', val: undefined }],
    ['7', { kind: 'result', ok: u8 }, { tag: 'ok', val: 7 }],
    ['err("no")', { kind: 'result', ok: u8, err: string }, { tag: 'err', val: 'no' }],
    ['// first\n{ // second\n}', { kind: 'flags', labels: ['a'] }, { a: false }],
    ['[1//one\n,2//two\n]', list(u8), new Uint8Array([1, 2])],
    ['"""\n  \\r\r\n  🌊\\\\\n  """', string, '\r\n🌊\\'],
    ['"""\n    a\n  b ""\\"\n  """', string, '  a\nb """'],
    ['"""\r\n  a\r\n  b\r\n  """', string, 'a\nb'],
  ])('%s', (text, type, value) => {
    expect(parsed(text, type)).toStrictEqual(value)
  })

  it('takes resources from the context', () => {
    const held = { here: true }
    const handles: HandleSource = {
      handle: (id) => (id === 3 ? { ok: true, value: held } : { ok: false, problem: `Handle %${id} was dropped.` }),
    }
    expect(parsed('[%3]', list(cart), handles)).toStrictEqual([held])
    expect(() => parsed('%4', cart, handles)).toThrow('Handle %4 was dropped.')
    expect(() => parsed('%4', cart)).toThrow('no handles outside of a run')
  })
})

describe('parseWave explains mistakes', () => {
  it.each<[string, ValueType, string]>([
    ['256', u8, 'Expected a whole number from 0 to 255 (u8), found “256”.'],
    ['-1', u8, 'Expected a whole number from 0 to 255 (u8), found “-1”.'],
    ['1.5', { kind: 's32' }, 'Expected a whole number from -2147483648 to 2147483647 (s32), found “1.5”.'],
    ['', string, 'Expected a string in double quotes, found the end of the text.'],
    ['"a" "b"', string, 'Expected the end of the value, found “"b"”.'],
    ['"a', string, 'A string ends with " on the same line; write \\n for a line break.'],
    ['12x', u8, '“12x” is not a number: numbers are decimal, such as 12 or -0.5e3.'],
    ['{sku: "a"}', item, 'Expected field unit-price: u64, found a record without it.'],
    ['{sku: "a", price: 1}', item, 'There is no field “price”: expected sku, unit-price or note.'],
    ['{sku: "a", unit-pric: 1}', item, 'There is no field “unit-pric”: did you mean unit-price?'],
    ['{sku: "a", sku: "b"}', item, 'Expected another field, found “sku” for the second time.'],
    [
      'some',
      { kind: 'enum', cases: ['some'] },
      'Expected %some, as some alone is a keyword, found the keyword “some”.',
    ],
    ['cirle(1)', shape, 'There is no case “cirle”: did you mean circle?'],
    ['circle', shape, 'Expected ( and the f32 of circle, found the end of the text.'],
    ['true', option(u8), 'Expected none, some(…) or u8, found “true”.'],
    ['(1)', { kind: 'tuple', types: [u8, string] }, 'Expected string, value 2 of 2, found “)”.'],
    ['[1]', { kind: 'fixed-length-list', element: u8, length: 2 }, 'Expected a list of 2 elements, found 1 elements.'],
    [
      'Bad-Case',
      { kind: 'enum', cases: ['a'] },
      '“Bad-Case” is not a label: words of one case, joined by hyphens, such as dark-green.',
    ],
    ["'ab'", { kind: 'char' }, "A char is one character between ' and '."],
    ['"\\u{d800}"', string, '“\\u{d800}” is not a Unicode character.'],
    ['1', { kind: 'stream' }, 'Expected a stream, which has no text form: only a program can make one, found “1”.'],
  ])('%s', (text, type, message) => {
    expect(mistake(text, type).message).toBe(message)
  })

  it('points at the place', () => {
    const type = list(item)
    const text = '[\n  {sku: "🌊", unit-price: 1},\n  {sku: "b", unit-price: true},\n]'
    const error = mistake(text, type)
    expect([error.line, error.column]).toEqual([3, 26])
    expect(text.slice(error.start, error.end)).toBe('true')
  })

  it('never throws, whatever the text', () => {
    const alphabet = fc.constantFrom(
      ...'{}()[]:,%"\'\\-+.0123456789abAB \n/',
      'some(',
      'none',
      'ok',
      '"""\n',
      '🌊',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 30 }), fc.integer(), (parts, seed) => {
        const type = arbitraryType(new Random(seed), { size: 3, extensions: true })
        const outcome = parseWave(parts.join(''), type)
        if (!outcome.ok) expect(outcome.error.end).toBeGreaterThanOrEqual(outcome.error.start)
      }),
      { numRuns: 200 },
    )
  })

  it('reads long values without deep recursion', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => index % 256)
    expect(parsed(`[${many.join(', ')}]`, list(u8))).toStrictEqual(new Uint8Array(many))
  })
})

describe('printWave', () => {
  it.each<[unknown, ValueType, string]>([
    [Math.fround(0.1), { kind: 'f32' }, '0.1'],
    [0.1, { kind: 'f64' }, '0.1'],
    [-0, { kind: 'f64' }, '-0'],
    [1e21, { kind: 'f64' }, '1e+21'],
    ['\u202e"\n👩‍👧', string, '"\\u{202e}\\"\\n👩‍👧"'],
    ["'", { kind: 'char' }, "'\\''"],
    [{ sku: 'a', unitPrice: 1n }, item, '{sku: "a", unit-price: 1}'],
    [{}, { kind: 'record', fields: [{ name: 'to-string', type: option(u8) }] }, '{:}'],
    [{ tag: 'some', val: undefined }, option(option(u8)), 'some(none)'],
    [{ tag: 'some', val: 1 }, shape, '%some(1)'],
    [new Uint8Array([1, 2]), list(u8), '[1, 2]'],
    [[1, 2], list(u8), '[1, 2]'],
    [new Map([['a', 1]]), { kind: 'map', key: string, value: u8 }, '[("a", 1)]'],
    [{ b: true }, { kind: 'flags', labels: ['a', 'b'] }, '{b}'],
  ])('%o is printed', (value, type, text) => {
    expect(printWave(value, type)).toBe(text)
  })

  it.each<[unknown, ValueType, string]>([
    [256, u8, 'Expected a whole number from 0 to 255 (u8), found 256.'],
    [1n, u8, 'Expected a whole number from 0 to 255 (u8), found 1n.'],
    [1, { kind: 'u64' }, 'Expected a bigint from 0 to 18446744073709551615 (u64), found 1.'],
    ['ab', { kind: 'char' }, 'Expected a string of one character, found "ab".'],
    ['\ud800', string, 'Expected a string of whole characters, found half of a surrogate pair.'],
    [null, item, 'Expected record { sku: string, unit-price: u64, note: option<string> }, found null.'],
    [{ sku: 'a', unitPrice: 1 }, item, 'Expected a bigint from 0 to 18446744073709551615 (u64), found 1 in unitPrice.'],
    [[{ sku: 'a', unitPrice: 1n, note: 5 }], list(item), 'Expected string, found 5 in [0].note.'],
    [{ tag: 'square' }, shape, 'Expected a case of shape, found "square" in tag.'],
    [{ tag: 'dot', val: 1 }, shape, 'Expected no payload of dot, found 1 in val.'],
    [[1], { kind: 'tuple', types: [u8, u8] }, 'Expected an array of 2, found an array of 1.'],
    [undefined, { kind: 'enum', cases: ['a'] }, 'Expected enum { a }, found undefined.'],
    [{ a: 1 }, { kind: 'flags', labels: ['a'] }, 'Expected a boolean, found 1 in a.'],
    [{}, { kind: 'future' }, 'Expected a type that can be written as text, found a future.'],
  ])('refuses %o', (value, type, message) => {
    expect(() => printWave(value, type)).toThrow(UnexpectedValue)
    expect(() => printWave(value, type)).toThrow(message)
  })

  it('registers resources', () => {
    const seen: unknown[] = []
    const handles: HandleTable = { register: (value) => seen.push(value) }
    const one = {}
    expect(printWave([one, one], list(cart), handles)).toBe('[%1, %2]')
    expect(seen).toStrictEqual([one, one])
  })

  it('reads every property of a hostile value once, and asks for nothing else', () => {
    const reads: string[] = []
    const hostile = new Proxy(
      {},
      {
        get: (_, name) => {
          reads.push(String(name))
          return name === 'unitPrice' ? 1n : 'x'
        },
      },
    )
    expect(printWave(hostile, item)).toBe('{sku: "x", unit-price: 1, note: some("x")}')
    expect(reads).toEqual(['sku', 'unitPrice', 'note'])
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    expect(() => printWave(cyclic, list(list(u8)))).toThrow('found an array in [0][0]')
    const endless = new Proxy([], { get: (_, name) => (name === 'length' ? 2 ** 40 : 1) })
    expect(printWave(endless, list(u8), undefined, { maximum: 10 })).toBe('[1, 1, 1, … 1099511627773 more]')
    const lying = Object.assign(Object.create(Array.prototype), { length: 1, 0: 1 })
    expect(() => printWave(lying, list(u8))).toThrow('Expected list<u8>, found an object.')
  })

  it('leaves out what is beyond the maximum and counts it', () => {
    const options = { maximum: 20 }
    expect(printWave(new Uint8Array(1000), list(u8), undefined, options)).toBe('[0, 0, 0, 0, 0, 0, 0, … 993 more]')
    expect(printWave('x'.repeat(1000), string, undefined, options)).toBe(`"${'x'.repeat(20)}" … 980 more`)
    const wide = Array.from({ length: 50 }, () => 'x'.repeat(50))
    expect(printWave(wide, list(string), undefined, options)).toBe(`["${'x'.repeat(19)}" … 31 more, … 49 more]`)
    expect(printWave('🌊'.repeat(30), string, undefined, { maximum: 9 })).toBe(`"${'🌊'.repeat(4)}" … 52 more`)
    expect(printWave('\n'.repeat(1000), string, undefined, options)).toBe(`"${'\\n'.repeat(10)}" … 990 more`)
    expect(printWave('\n'.repeat(600_000), string).length).toBeLessThan((1 << 20) + 100)
  })
})

describe('print and parse', () => {
  it('give back the same value, for random types and values', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.integer(), (size, seed) => {
        const random = new Random(seed)
        const type = arbitraryType(random, { size, extensions: true })
        for (let count = 0; count < 5; count += 1) {
          const value = arbitraryValue(type, random)
          const text = printWave(value, type)
          // Not `toStrictEqual`: it takes a field named `constructor` for a class.
          if (!isDeepStrictEqual(parsed(text, type), value)) throw new Error(`${typeText(type)} ${text}`)
        }
      }),
      { numRuns: 200 },
    )
  })
})

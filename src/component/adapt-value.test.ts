import { describe, expect, it } from 'vitest'
import { adaptValue } from './adapt-value.ts'
import { defaultValue } from './default-value.ts'
import type { ValueType } from './types.ts'
import { numberedHandles } from './value-tree.ts'
import { parseWave, printWave } from './wave.ts'

const u8: ValueType = { kind: 'u8' }
const u32: ValueType = { kind: 'u32' }
const u64: ValueType = { kind: 'u64' }
const string: ValueType = { kind: 'string' }
const list = (element: ValueType): ValueType => ({ kind: 'list', element })
const option = (some: ValueType): ValueType => ({ kind: 'option', some })
const tuple = (...types: ValueType[]): ValueType => ({ kind: 'tuple', types })
const record = (fields: Readonly<Record<string, ValueType>>): ValueType => ({
  kind: 'record',
  fields: Object.entries(fields).map(([name, type]) => ({ name, type })),
})
const variant = (cases: Readonly<Record<string, ValueType | undefined>>): ValueType => ({
  kind: 'variant',
  cases: Object.entries(cases).map(([name, type]) => ({ name, ...(type && { type }) })),
})

const enumeration = (...cases: string[]): ValueType => ({ kind: 'enum', cases })

/** In WAVE, from and to. */
function adapted(text: string, from: ValueType, to: ValueType): string {
  const read = parseWave(text, from, numberedHandles)
  if (!read.ok) throw new Error(read.error.message)
  return printWave(adaptValue(read.value, from, to, defaultValue), to, numberedHandles)
}

describe('a value whose type has changed', () => {
  it.each<readonly [string, string, ValueType, ValueType, string]>([
    ['a wider number', '7', u8, u64, '7'],
    ['a number that no longer fits', '700', u32, u8, '0'],
    ['a new kind', '7', u8, string, '""'],
    ['a field more', '{a: 1}', record({ a: u8 }), record({ a: u8, b: string }), '{a: 1, b: ""}'],
    ['a field less', '{a: 1, b: "x"}', record({ a: u8, b: string }), record({ b: string }), '{b: "x"}'],
    [
      'a field of another type',
      '{a: 1, b: "x"}',
      record({ a: u8, b: string }),
      record({ a: string, b: string }),
      '{a: "", b: "x"}',
    ],
    [
      'a field of another name',
      '{a: 1, b: "x"}',
      record({ a: u8, b: string }),
      record({ a: u8, c: string }),
      '{a: 1, c: "x"}',
    ],
    ['an option of it', '"x"', string, option(string), 'some("x")'],
    ['no option any more', 'some("x")', option(string), string, '"x"'],
    ['none, and no option any more', 'none', option(string), string, '""'],
    [
      'an option of something else',
      'some({a: 1})',
      option(record({ a: u8 })),
      option(record({ a: u8, b: u8 })),
      'some({a: 1, b: 0})',
    ],
    [
      'elements',
      '[{a: 1}, {a: 2}]',
      list(record({ a: u8 })),
      list(record({ a: u32, b: u8 })),
      '[{a: 1, b: 0}, {a: 2, b: 0}]',
    ],
    ['a tuple', '(1, "x")', tuple(u8, string), tuple(u32, string, u8), '(1, "x", 0)'],
    ['a case more', 'b(1)', variant({ a: undefined, b: u8 }), variant({ c: undefined, b: u8 }), 'b(1)'],
    [
      'a payload of another type',
      'b({a: 1})',
      variant({ b: record({ a: u8 }) }),
      variant({ b: record({ a: u8, c: u8 }) }),
      'b({a: 1, c: 0})',
    ],
    ['a case that is gone', 'b(1)', variant({ b: u8 }), variant({ c: string }), 'c("")'],
    ['a case of another name', 'b(1)', variant({ a: u8, b: u8 }), variant({ a: u8, c: u8 }), 'c(1)'],
    ['a case of an enum', 'b', enumeration('a', 'b'), enumeration('a', 'b', 'c'), 'b'],
    ['a case of an enum of another name', 'b', enumeration('a', 'b'), enumeration('a', 'c'), 'c'],
    ['a case of an enum that is gone', 'b', enumeration('a', 'b'), enumeration('a'), 'a'],
    [
      'a flag of another name',
      '{b}',
      { kind: 'flags', labels: ['a', 'b'] },
      { kind: 'flags', labels: ['a', 'c'] },
      '{c}',
    ],
    ['flags', '{a, b}', { kind: 'flags', labels: ['a', 'b'] }, { kind: 'flags', labels: ['b', 'c'] }, '{b}'],
  ])('keeps what fits: %s', (_, text, from, to, expected) => {
    expect(adapted(text, from, to)).toBe(expected)
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultValue, defaultWave } from './default-value.ts'
import { arbitraryType, Random } from './testing/arbitraries.ts'
import { definitionText } from './type-text.ts'
import type { RecordType, ResourceType, ValueType } from './types.ts'
import { numberedHandles, valueTree, type ValueNode, valueTreeOfWave } from './value-tree.ts'
import { parseWave, printWave, UnexpectedValue } from './wave.ts'

const u8: ValueType = { kind: 'u8' }
const resource: ResourceType = { kind: 'resource', side: 'export', name: 'cart' }
const order: RecordType = {
  kind: 'record',
  name: 'order',
  fields: [
    { name: 'by-whom', type: { kind: 'own', resource } },
    { name: 'counts', type: { kind: 'list', element: u8 } },
    { name: 'state', type: { kind: 'variant', name: 'state', cases: [{ name: 'open' }, { name: 'sent', type: u8 }] } },
    { name: 'deep', type: { kind: 'option', some: { kind: 'option', some: u8 } } },
    { name: 'outcome', type: { kind: 'result', err: { kind: 'string' } } },
    { name: 'ages', type: { kind: 'map', key: { kind: 'string' }, value: u8 } },
  ],
}

function tree(type: ValueType, text: string): ValueNode {
  const outcome = valueTreeOfWave(type, text)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.tree
}

const outline = (node: ValueNode): unknown =>
  node.count === 0 ? `${node.label}: ${node.text}` : { [`${node.label} ${node.type}`]: node.children().map(outline) }

describe('valueTree', () => {
  it('unfolds a value', () => {
    const text = '{by-whom: %7, counts: [1, 2], state: sent(3), deep: some(none), outcome: err("no"), ages: [("a", 1)]}'
    const root = tree(order, text)
    expect(root.text).toBe(text)
    expect(outline(root)).toEqual({
      ' order': [
        'by-whom: %7',
        { 'counts list<u8>': ['0: 1', '1: 2'] },
        { 'state state': ['sent: 3'] },
        { 'deep option<option<u8>>': ['some: none'] },
        { 'outcome result<_, string>': ['err: "no"'] },
        { 'ages map<string, u8>': [{ '0 tuple<string, u8>': ['0: "a"', '1: 1'] }] },
      ],
    })
  })

  it('makes only the children that are asked for, and shortens their text', () => {
    const root = valueTree({ kind: 'list', element: u8 }, new Uint8Array(1_000_000), numberedHandles)
    expect(root.count).toBe(1_000_000)
    expect(root.text).toMatch(/^\[0, .*, … \d+ more\]$/)
    expect(root.text.length).toBeLessThan(160)
    expect(root.children(999_998).map((node) => node.label)).toEqual(['999998', '999999'])
    expect(root.children(5, 7).map((node) => node.label)).toEqual(['5', '6'])
  })

  it('has the whole text of what is shortened', () => {
    const text = 'x'.repeat(1000)
    const root = valueTree({ kind: 'string' }, text, numberedHandles)
    expect(root.text.length).toBeLessThan(160)
    expect(root.whole()).toBe(`"${text}"`)
  })

  it('passes on mistakes in text and refuses values that do not fit', () => {
    const outcome = valueTreeOfWave(u8, '300')
    expect(outcome.ok ? '' : outcome.error.message).toContain('found “300”')
    expect(() => valueTree(u8, 300, numberedHandles)).toThrow(UnexpectedValue)
  })
})

describe('defaults', () => {
  it('start from zero, empty and the first case', () => {
    expect(defaultWave(order)).toBe('{by-whom: %1, counts: [], state: open, deep: none, outcome: ok, ages: []}')
    expect(defaultWave({ kind: 'tuple', types: [{ kind: 's64' }, { kind: 'char' }, { kind: 'bool' }] })).toBe(
      "(0, 'a', false)",
    )
    expect(() => defaultWave({ kind: 'stream' })).toThrow(UnexpectedValue)
  })

  it('fit their type, whatever it is', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.integer(), (size, seed) => {
        const type = arbitraryType(new Random(seed), { size, extensions: true })
        expect(printWave(defaultValue(type), type)).toBe(defaultWave(type))
        expect(parseWave(defaultWave(type), type).ok).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

describe('definitionText', () => {
  it.each<[string, ValueType | ResourceType, string]>([
    ['type', { kind: 'record', name: 'type', fields: [{ name: 'own', type: u8 }] }, 'record %type { %own: u8 }'],
    ['e', { kind: 'enum', name: 'e', cases: ['a', 'b'] }, 'enum e { a, b }'],
    ['v', { kind: 'variant', name: 'v', cases: [{ name: 'a' }, { name: 'b', type: u8 }] }, 'variant v { a, b(u8) }'],
    ['f', { kind: 'flags', name: 'f', labels: ['a'] }, 'flags f { a }'],
    ['names', { kind: 'list', name: 'names', element: { kind: 'string' } }, 'type names = list<string>'],
    ['again', { kind: 'enum', name: 'e', cases: ['a'] }, 'type again = e'],
    ['n', u8, 'type n = u8'],
    ['cart', resource, 'resource cart'],
    ['basket', resource, 'type basket = cart'],
  ])('%s', (name, type, text) => {
    expect(definitionText({ kind: 'type', name, type })).toBe(text)
  })
})

import { assert, integer, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { examplePrepared } from './example-prepared.ts'
import { readGraph, writeGraph } from './graph.ts'
import { isWorld } from './parse-world.ts'
import { decodePrepared, encodePrepared } from './prepared-codec.ts'

// Comparing shared types one by one would take as long as writing them as a tree.
const small = examplePrepared(4)

test('what is written is read back, and the same world gives the same bytes', () => {
  expect(decodePrepared(encodePrepared(small))).toEqual(small)
  expect(encodePrepared(examplePrepared(4))).toEqual(encodePrepared(small))
})

test('types that are one object stay one object', () => {
  const bytes = encodePrepared(examplePrepared(40))
  expect(bytes.length).toBeLessThan(10_000)
  const world = decodePrepared(bytes)?.world
  const [log] = world?.imports ?? []
  const [shop] = world?.exports ?? []
  if (log?.kind !== 'function' || shop?.kind !== 'interface') throw new Error('the items changed their kind')
  expect(log.type.result).toBe(log.type.params[0]?.type)
  expect(shop.types[1]?.type).toBe(log.type.result)
  const self = shop.functions[0]?.type.params[0]?.type
  expect(self?.kind === 'borrow' && self.resource).toBe(shop.types[0]?.type)
})

test('a changed byte, a missing end and an added one are noticed', () => {
  const bytes = encodePrepared(small)
  assert(
    property(integer({ min: 0, max: bytes.length - 1 }), integer({ min: 1, max: 255 }), (at, flip) => {
      const broken = bytes.slice()
      broken[at] = (broken[at] ?? 0) ^ flip
      expect(decodePrepared(broken)).toBeUndefined()
    }),
    { numRuns: 500 },
  )
  assert(
    property(integer({ min: 0, max: bytes.length - 1 }), (length) => {
      expect(decodePrepared(bytes.subarray(0, length))).toBeUndefined()
    }),
  )
  expect(decodePrepared(Uint8Array.of(...bytes, 0))).toBeUndefined()
  assert(
    property(uint8Array(), (any) => {
      expect(decodePrepared(any)).toBeUndefined()
    }),
  )
})

test.each<[string, unknown]>([
  ['an import of no kind', { imports: [{ kind: 'x', name: 'a' }], exports: [] }],
  ['a function without async', { imports: [{ kind: 'function', name: 'a', type: { params: [] } }], exports: [] }],
  ['a type of no kind', { imports: [], exports: [{ kind: 'type', name: 'a', type: { kind: 'u128' } }] }],
  [
    'a record with a nameless field',
    {
      imports: [],
      exports: [{ kind: 'type', name: 'a', type: { kind: 'record', fields: [{ type: { kind: 'u8' } }] } }],
    },
  ],
  ['no exports', { imports: [] }],
])('%s is no world', (_, value) => {
  expect(isWorld(value)).toBe(false)
  expect(isWorld(small.world)).toBe(true)
})

test('a table whose indices lead nowhere or forward is refused, and so is data with a cycle', () => {
  for (const table of [[], {}, [{ a: [0] }], [[], { a: [1] }], [{ a: {} }], ['x'], [[[0.5]]]]) {
    expect(() => readGraph(table)).toThrow(TypeError)
  }
  const cycle: unknown[] = []
  cycle.push([cycle])
  expect(() => writeGraph(cycle)).toThrow('contains itself')
  expect(() => writeGraph({ f: () => 1 })).toThrow('no plain data')
  expect(readGraph(writeGraph({ a: undefined, b: [null, { c: 'x' }] }))).toEqual({ b: [null, { c: 'x' }] })
})

import { describe, expect, it } from 'vitest'
import type { ValueType } from '../../../../component/types.ts'
import { F32, F64, I32, I64 } from './emitter.ts'
import { extentOf, flatten, offsetsOf, payloadOffset } from './layout.ts'

const variant = (count: number, type?: ValueType): ValueType => ({
  kind: 'variant',
  cases: Array.from({ length: count }, (_, index) => ({ name: `c${index}`, ...(type && index === 0 ? { type } : {}) })),
})
const flags = (count: number): ValueType => ({
  kind: 'flags',
  labels: Array.from({ length: count }, (_, index) => `f${index}`),
})
const tuple = (...types: ValueType[]): ValueType => ({ kind: 'tuple', types })

describe('size and alignment', () => {
  it.each<[string, ValueType, number, number]>([
    ['bool', { kind: 'bool' }, 1, 1],
    ['char', { kind: 'char' }, 4, 4],
    ['string', { kind: 'string' }, 8, 4],
    ['a record with padding', tuple({ kind: 'u8' }, { kind: 'u64' }, { kind: 'u8' }), 24, 8],
    ['a variant of 256 cases', variant(256), 1, 1],
    ['a variant of 257 cases', variant(257), 2, 2],
    ['a variant with a wide payload', variant(2, { kind: 'f64' }), 16, 8],
    ['option<u8>', { kind: 'option', some: { kind: 'u8' } }, 2, 1],
    ['result', { kind: 'result' }, 1, 1],
    ['8 flags', flags(8), 1, 1],
    ['9 flags', flags(9), 2, 2],
    ['17 flags', flags(17), 4, 4],
    ['33 flags', flags(33), 8, 4],
  ])('%s', (_, type, size, alignment) => {
    expect(extentOf(type)).toEqual({ size, alignment })
  })
})

describe('flattening', () => {
  it('joins the payloads of a variant', () => {
    const cases = [
      { name: 'a', type: tuple({ kind: 'f32' }, { kind: 'u8' }) },
      { name: 'b', type: tuple({ kind: 's32' }, { kind: 'f64' }, { kind: 's64' }) },
    ]
    expect(flatten({ kind: 'variant', cases })).toEqual([I32, I32, I64, I64])
    expect(flatten(variant(2, { kind: 'f32' }))).toEqual([I32, F32])
    expect(flatten(tuple({ kind: 'string' }, { kind: 'f64' }, flags(33)))).toEqual([I32, I32, F64, I32, I32])
  })
})

describe('places', () => {
  const types: ValueType[] = [{ kind: 'u8' }, { kind: 'string' }, { kind: 'u64' }]

  it('are aligned in memory and slots of 8 bytes when flat', () => {
    expect(offsetsOf(types, 'memory')).toEqual([0, 4, 16])
    expect(offsetsOf(types, 'flat')).toEqual([0, 8, 24])
    expect(payloadOffset([{ name: 'a' }, { name: 'b', type: { kind: 'u64' } }], 'memory')).toBe(8)
    expect(payloadOffset([{ name: 'a' }, { name: 'b', type: { kind: 'u8' } }], 'memory')).toBe(1)
    expect(payloadOffset([{ name: 'a' }, { name: 'b', type: { kind: 'u8' } }], 'flat')).toBe(8)
  })
})

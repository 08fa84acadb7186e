import { assert, property, bigInt, integer, maxSafeNat, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BinaryReader, MalformedBinary } from './reader.ts'
import { concat, name, sleb, sleb64, uleb } from './writer.ts'

const reader = (bytes: readonly number[]): BinaryReader => new BinaryReader(Uint8Array.from(bytes))

describe('LEB128', () => {
  it('reads unsigned numbers back', () => {
    assert(
      property(integer({ min: 0, max: 2 ** 32 - 1 }), (n) => {
        const read = reader(uleb(n))
        expect(read.u32()).toBe(n)
        expect(read.atEnd).toBe(true)
      }),
    )
    assert(
      property(maxSafeNat(), (n) => {
        expect(reader(uleb(n)).u64()).toBe(BigInt(n))
      }),
    )
  })

  it('reads signed numbers back', () => {
    assert(
      property(integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (n) => {
        const read = reader(sleb(n))
        expect(read.s32()).toBe(n)
        expect(read.atEnd).toBe(true)
        expect(reader(sleb(n)).s64()).toBe(BigInt(n))
        expect(reader(sleb(n)).s33()).toBe(n)
      }),
    )
    assert(
      property(bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (n) => {
        const read = reader(sleb64(n))
        expect(read.s64()).toBe(n)
        expect(read.atEnd).toBe(true)
      }),
    )
  })

  it('writes the encodings of the specification', () => {
    expect(uleb(624485)).toEqual([0xe5, 0x8e, 0x26])
    expect(sleb(-123456)).toEqual([0xc0, 0xbb, 0x78])
    expect(sleb(0xffff_fff0)).toEqual([0x70])
    expect(uleb(2 ** 32 - 1)).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f])
    expect(() => uleb(-1)).toThrow(RangeError)
    expect(() => uleb(1.5)).toThrow(RangeError)
  })

  it('takes numbers that are longer than they need to be, up to the limit of their type', () => {
    expect(reader([0x83, 0x80, 0x80, 0x80, 0x00]).u32()).toBe(3)
    expect(reader([0xfd, 0xff, 0xff, 0xff, 0x7f]).s32()).toBe(-3)
    expect(reader([0x80, 0x80, 0x80, 0x80, 0x78]).s32()).toBe(-(2 ** 31))
  })

  it.each([
    ['u32 of six bytes', [0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 'u32'],
    ['u32 over 32 bits', [0xff, 0xff, 0xff, 0xff, 0x1f], 'u32'],
    ['u32 cut off', [0x80], 'u32'],
    ['s32 with bits beyond the sign', [0xff, 0xff, 0xff, 0xff, 0x0f], 's32'],
    ['s32 with a sign of both kinds', [0xff, 0xff, 0xff, 0xff, 0x4f], 's32'],
    ['s33 over 33 bits', [0x80, 0x80, 0x80, 0x80, 0x20], 's33'],
    ['u64 over 64 bits', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], 'u64'],
    ['s64 over 64 bits', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], 's64'],
    ['any number without an end', Array.from({ length: 20 }, () => 0x80), 'skipLeb'],
  ] as const)('refuses a %s', (_, bytes, method) => {
    expect(() => reader([...bytes])[method]()).toThrow(MalformedBinary)
  })

  it('goes past what it reads', () => {
    assert(
      property(bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (n) => {
        const read = reader([...sleb64(n), 42])
        read.skipLeb()
        expect(read.u8()).toBe(42)
      }),
    )
  })
})

describe('names', () => {
  it('are read back', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(reader(name(text)).name()).toBe(text)
      }),
    )
    expect(reader(name('\u{feff}mark')).name()).toBe('\u{feff}mark')
  })

  it('are refused where they are not UTF-8 or longer than what is left', () => {
    expect(() => reader([2, 0xc3, 0x28]).name()).toThrow(MalformedBinary)
    expect(() => reader([5, 0x61]).name()).toThrow(MalformedBinary)
    expect(() => reader([0xff, 0xff, 0xff, 0xff, 0x0f, 0x61]).name()).toThrow(MalformedBinary)
  })
})

describe('the reader', () => {
  it('never leaves its range', () => {
    assert(
      property(uint8Array(), integer({ min: -2, max: 12 }), integer({ min: -2, max: 12 }), (bytes, start, end) => {
        try {
          const read = new BinaryReader(bytes, start, end)
          while (!read.atEnd) read.constExpr()
          expect(read.offset).toBe(end)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBinary)
        }
      }),
    )
  })

  it('says where it failed', () => {
    const read = new BinaryReader(Uint8Array.of(1, 2, 3), 1)
    read.u8()
    read.u8()
    expect(() => read.u8()).toThrow(expect.objectContaining({ name: 'MalformedBinary', offset: 3 }))
  })
})

it('concat puts views and numbers in their order', () => {
  expect([...concat([[1, 2], Uint8Array.of(3), [], [4]])]).toEqual([1, 2, 3, 4])
})

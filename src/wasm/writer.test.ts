import { assert, integer, maxSafeNat, oneof, property } from 'fast-check'
import { expect, it } from 'vitest'
import { putSleb, putUleb, sleb, slebLength, uleb, ulebLength } from './writer.ts'

const number = oneof(integer(), integer({ min: -200, max: 200 }), integer({ min: 0, max: 0xffffffff }))

it('writes LEB128', () => {
  expect(uleb(624_485)).toEqual([0xe5, 0x8e, 0x26])
  expect(uleb(2 ** 32)).toEqual([0x80, 0x80, 0x80, 0x80, 0x10])
  expect(sleb(-123_456)).toEqual([0xc0, 0xbb, 0x78])
  expect(sleb(2 ** 31)).toEqual([0x80, 0x80, 0x80, 0x80, 0x78])
})

it('writes numbers in place as it writes them in lists', () => {
  assert(
    property(maxSafeNat(), number, (large, n) => {
      const whole = new Uint8Array(20)
      for (const each of [large, Math.abs(n)]) {
        expect(putUleb(whole, each, 3)).toBe(3 + ulebLength(each))
        expect([...whole.subarray(3, 3 + ulebLength(each))]).toEqual(uleb(each))
      }
      expect(putSleb(whole, n, 3)).toBe(3 + slebLength(n))
      expect([...whole.subarray(3, 3 + slebLength(n))]).toEqual(sleb(n))
    }),
  )
})

import { assert, integer, maxSafeNat, oneof, property } from 'fast-check'
import { expect, it } from 'vitest'
import { putSleb, putUleb, sleb, slebLength, uleb, ulebLength } from './writer.ts'

const number = oneof(integer(), integer({ min: -200, max: 200 }), integer({ min: 0, max: 0xffffffff }))

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

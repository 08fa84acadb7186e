import { expect, it } from 'vitest'
import { virtualTime } from './virtual-time.ts'

it.each([
  [0, '0 s'],
  [999, '999 ns'],
  [1000, '1 µs'],
  [2_500_000, '2.5 ms'],
  [1_250_000_000n, '1.25 s'],
  [86_400_000_000_000n, '86,400 s'],
])('writes %d nanoseconds', (nanoseconds, text) => {
  expect(virtualTime(nanoseconds)).toBe(text)
})

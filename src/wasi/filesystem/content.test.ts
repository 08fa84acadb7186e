import { expect, test } from 'vitest'
import { Budget } from '../budget.ts'
import { Content } from './content.ts'

test('a file that grows byte by byte is seldom copied', () => {
  const content = new Content(new Uint8Array(), { disk: new Budget(1 << 20), memory: new Budget(1 << 20) })
  const byte = new Uint8Array([7])
  const size = 1 << 18
  const kept = new Set<ArrayBufferLike>()
  for (let at = 0; at < size; at++) {
    content.write(BigInt(at), byte)
    kept.add(content.view.buffer)
  }
  expect(content.size).toBe(size)
  expect(content.view.every((value) => value === 7)).toBe(true)
  // Twice the room each time.
  expect(kept.size).toBe(19)
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteQueue } from './byte-queue.ts'

test('gives what was put in, in any parts', () => {
  const step = fc.oneof(
    fc.uint8Array({ maxLength: 9000, size: 'max' }).map((bytes) => ({ push: bytes, own: bytes.length % 2 === 0 })),
    fc.integer({ min: 0, max: 9000 }).map((length) => ({ take: length })),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const queue = new ByteQueue()
      let model: number[] = []
      for (const each of steps) {
        if ('push' in each) {
          queue.push(each.push, each.own)
          model = [...model, ...each.push]
        } else {
          expect(Array.from(queue.take(each.take))).toEqual(model.slice(0, each.take))
          model = model.slice(each.take)
        }
        expect(queue.size).toBe(model.length)
      }
      queue.clear()
      expect(queue.size).toBe(0)
    }),
    { numRuns: 100 },
  )
})

import { expect, test } from 'vitest'
import { createFrameWatch, FrameGone } from './frame-watch.ts'

/** A clock that stands still, and a frame that can go away. */
const setUp = (cost = 0) => {
  const world = { time: 0, gone: false, asked: 0 }
  const watch = createFrameWatch({
    now: () => world.time,
    load: () => {
      world.asked++
      world.time += cost
      if (world.gone) throw new Error('NetworkError')
    },
  })
  world.asked = 0
  return { world, watch }
}

/** Checks every millisecond for so long. */
const compute = ({ world, watch }: ReturnType<typeof setUp>, milliseconds: number): void => {
  for (const end = world.time + milliseconds; world.time < end; world.time++) watch.check()
}

test('a short request asks for nothing', () => {
  const all = setUp()
  all.watch.begin()
  compute(all, 49)
  expect(all.world.asked).toBe(0)
})

test('time between two requests does not count', () => {
  const all = setUp()
  for (let request = 0; request < 5; request++) {
    all.world.time += 10_000
    all.watch.begin()
    compute(all, 45)
  }
  expect(all.world.asked).toBe(0)
})

test('a long request asks twenty times a second', () => {
  const all = setUp()
  all.watch.begin()
  compute(all, 1001)
  expect(all.world.asked).toBe(20)
})

test('asking takes no more than a thirtieth of the time, however slow the browser is', () => {
  const all = setUp(40)
  all.watch.begin()
  compute(all, 100_000)
  expect(all.world.asked).toBeGreaterThan(0)
  expect(all.world.asked * 40).toBeLessThanOrEqual(100_000 / 30)
})

test('what computes is ended soon after the frame has gone', () => {
  const all = setUp()
  all.watch.begin()
  compute(all, 5000)
  all.world.gone = true
  const from = all.world.time
  expect(() => compute(all, 5000)).toThrow(FrameGone)
  expect(all.world.time - from).toBeLessThanOrEqual(100)
})

test('a browser that loads no script here ends nothing', () => {
  const watch = createFrameWatch({
    now: () => 1e9,
    load: () => {
      throw new Error('refused')
    },
  })
  watch.begin()
  expect(() => watch.check()).not.toThrow()
})

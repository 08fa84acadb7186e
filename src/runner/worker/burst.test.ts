import { describe, expect, test } from 'vitest'
import { burst } from './burst.ts'

/** A clock that only moves when the measured call does, in steps. */
const clockOf = (step: number) => {
  let time = 0
  return { now: () => Math.floor(time / step + 1e-6) * step, spend: (ms: number) => (time += ms) }
}

test('short calls are measured in batches of about fifty steps of the clock', () => {
  const clock = clockOf(0.1)
  const report = burst(() => clock.spend(0.01), { count: 20_000, clockStep: 0.1, milliseconds: 10_000, now: clock.now })
  expect(report.batch * 0.01).toBeGreaterThanOrEqual(50 * 0.1 * 0.9)
  expect(report.sampleCount).toBeGreaterThanOrEqual(20)
  expect(report.p50).toBeCloseTo(0.01, 3)
  expect(report.callsPerSecond).toBeCloseTo(100_000, -3)
})

test('where calls are few, shorter samples are taken for more of them, though not below ten steps', () => {
  const clock = clockOf(0.1)
  const report = burst(() => clock.spend(0.01), { count: 4000, clockStep: 0.1, milliseconds: 10_000, now: clock.now })
  expect(report.sampleCount).toBeGreaterThanOrEqual(20)
  expect(report.batch * 0.01).toBeGreaterThanOrEqual(10 * 0.1 * 0.9)
  expect(report.resolution).toBeCloseTo(0.1 / report.batch)
})

test('calls that the clock cannot see make one sample', () => {
  const clock = clockOf(1)
  const report = burst(() => clock.spend(0.0001), { count: 100, clockStep: 1, milliseconds: 10_000, now: clock.now })
  expect(report).toMatchObject({ count: 100, sampleCount: 1, p50: 0 })
})

describe('exactly the calls that were asked for are made', () => {
  const sizes = [1, 2, 3, 4, 5, 6, 7, 99, 100, 250, 1000, 1024, 9999, 10_000]
  const costs = [0, 0.0003, 0.002, 0.01, 0.4, 7]
  test.each(sizes.flatMap((size) => costs.map((cost) => [size, cost] as const)))('%i calls of %d ms', (size, cost) => {
    let made = 0
    const clock = clockOf(0.1)
    const call = (): void => {
      made++
      clock.spend(cost)
    }
    const report = burst(call, { count: size, clockStep: 0.1, milliseconds: 1e9, now: clock.now })
    expect(made).toBe(size)
    expect(report).toMatchObject({ count: size, asked: size })
    expect(report.warmUp + report.sampleCount * report.batch).toBe(size)
  })
})

test('long calls are measured one by one, and percentiles tell them apart', () => {
  const clock = clockOf(0.1)
  let calls = 0
  const report = burst(() => clock.spend(++calls % 20 === 0 ? 100 : 10), {
    count: 100,
    clockStep: 0.1,
    milliseconds: 60_000,
    now: clock.now,
  })
  expect(report.batch).toBe(1)
  expect(report.count).toBe(100)
  expect(report.min).toBeCloseTo(10)
  expect(report.p50).toBeCloseTo(10)
  expect(report.p99).toBeCloseTo(100)
  expect(report.max).toBeCloseTo(100)
})

test('the samples are reported in ascending order, and thinned where they are many', () => {
  const clock = clockOf(0.1)
  let calls = 0
  const report = burst(() => clock.spend(++calls % 20 === 0 ? 100 : 10), {
    count: 3000,
    clockStep: 0.1,
    milliseconds: 1e9,
    now: clock.now,
  })
  expect(report.sampleCount).toBeGreaterThan(500)
  expect(report.samples.length).toBe(500)
  expect(report.samples).toEqual(report.samples.toSorted((a, b) => a - b))
  expect(report.samples.at(-1)).toBe(report.max)
  expect(report.samples.filter((each) => each > 50).length / 500).toBeCloseTo(0.05, 2)
})

test('the time limit ends it early, and the count says how far it came', () => {
  let made = 0
  const clock = clockOf(0.1)
  const call = (): void => {
    made++
    clock.spend(10)
  }
  const report = burst(call, { count: 1_000_000, clockStep: 0.1, milliseconds: 1000, now: clock.now })
  expect(report.count).toBe(made)
  expect(report.asked).toBe(1_000_000)
  expect(report.count).toBeLessThan(200)
  expect(report.count).toBeGreaterThan(50)
})

test('one call is one call', () => {
  let calls = 0
  const clock = clockOf(1)
  const report = burst(() => void calls++, { count: 1, clockStep: 1, milliseconds: 1000, now: clock.now })
  expect(report).toMatchObject({ count: 1, batch: 1, warmUp: 0, sampleCount: 1 })
  expect(calls).toBe(1)
})

import { expect, test } from 'vitest'
import { burst } from './burst.ts'

/** A clock that only moves when the measured call does, in steps. */
const clockOf = (step: number) => {
  let time = 0
  return { now: () => Math.floor(time / step) * step, spend: (ms: number) => (time += ms) }
}

test('short calls are measured in batches of at least fifty steps of the clock', () => {
  const clock = clockOf(0.1)
  const report = burst(() => clock.spend(0.01), { count: 10_000, clockStep: 0.1, milliseconds: 10_000, now: clock.now })
  expect(report.batch * 0.01).toBeGreaterThanOrEqual(50 * 0.1)
  expect(report.count).toBeGreaterThanOrEqual(10_000)
  expect(report.p50).toBeCloseTo(0.01, 3)
  expect(report.callsPerSecond).toBeCloseTo(100_000, -3)
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
  expect(report.p50).toBeCloseTo(10)
  expect(report.p99).toBeCloseTo(100)
})

test('the time limit ends it early', () => {
  const clock = clockOf(0.1)
  const report = burst(() => clock.spend(10), { count: 1_000_000, clockStep: 0.1, milliseconds: 1000, now: clock.now })
  expect(report.count).toBeLessThan(200)
  expect(report.count).toBeGreaterThan(50)
})

test('one call is one call', () => {
  let calls = 0
  const clock = clockOf(1)
  const report = burst(() => void calls++, { count: 1, clockStep: 1, milliseconds: 1000, now: clock.now })
  expect(report).toMatchObject({ count: 1, batch: 1 })
  expect(calls).toBe(1)
})

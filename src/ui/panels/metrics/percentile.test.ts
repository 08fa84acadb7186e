import { expect, it } from 'vitest'
import type { BurstReport } from '../../../runner/runner.ts'
import { percentile } from './percentile.ts'

const report = (sampleCount: number): BurstReport => ({
  asked: sampleCount,
  count: sampleCount,
  warmUp: 0,
  batch: 1,
  sampleCount,
  resolution: 0.1,
  min: 1,
  p50: 2,
  p95: 3,
  p99: 4,
  max: 5,
  callsPerSecond: 100,
  samples: [],
  memoryBytes: 0,
})

it.each([
  [1, 2, undefined, undefined],
  [19, 2, undefined, undefined],
  [20, 2, 3, undefined],
  [99, 2, 3, undefined],
  [100, 2, 3, 4],
])('of %d samples', (count, p50, p95, p99) => {
  const of = report(count)
  expect([percentile(of, 'p50'), percentile(of, 'p95'), percentile(of, 'p99')]).toEqual([p50, p95, p99])
})

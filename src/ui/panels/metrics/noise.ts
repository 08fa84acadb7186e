import type { BurstReport } from '../../../runner/runner.ts'
import type { Percentile } from './percentile.ts'

/**
 * From which difference on a figure is better or worse than that of the pinned run. What measures time differs from one
 * run to the next with nothing changed; bytes do not, and need no such rule.
 */

/** What queues and other work on the device add to a single timing now and then: milliseconds. */
const least = 4
/** Two timings of the same step, or two measurements of the same call: the share of the larger by which they differ. */
const share = { single: 1 / 2, measured: 1 / 5 } as const
/** Fewer samples than this have no spread that could be read. */
const fewest = 5
/** Standard deviations within which 95 of 100 estimates lie. */
const certainty = 1.96

/** Of one timing each. */
export const singleNoise = (now: number, pinned: number): number =>
  Math.max(least, Math.max(now, pinned) * share.single)

/**
 * Of a sum of single timings: half of a long sum would hide what half of a short line shows, so that what makes its lines
 * differ makes the sum differ as well, the same way round.
 */
export function sumNoise(
  now: number,
  pinned: number,
  lines: readonly (readonly [now: number, pinned: number])[],
): number {
  const differing = lines.filter(([line, other]) => Math.abs(line - other) >= singleNoise(line, other))
  const net = differing.reduce((sum, [line, other]) => sum + line - other, 0)
  return net * (now - pinned) > 0 ? least : singleNoise(now, pinned)
}

type Measured = Pick<BurstReport, 'samples' | 'sampleCount' | 'resolution'>

const shares: Readonly<Record<Percentile, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 }

/**
 * Of a percentile: the two differ where the ranges in which they lie with 95 % certainty do not meet. Undefined where
 * there are too few samples to give such a range an end: 73 for p95, 381 for p99.
 */
export function percentileNoise(
  name: Percentile,
  now: Measured & Pick<BurstReport, Percentile>,
  pinned: Measured & Pick<BurstReport, Percentile>,
): number | undefined {
  const [less, more] = now[name] < pinned[name] ? [now, pinned] : [pinned, now]
  const floor = Math.max(less.resolution, more.resolution, floorOf(less, more, more[name]))
  if (Math.min(less.sampleCount, more.sampleCount) < fewest) return name === 'p50' ? floor : undefined
  const [range, other] = [rangeOf(less, name), rangeOf(more, name)]
  if (!range || !other) return undefined
  return Math.max(floor, range.to - less[name] + more[name] - other.from)
}

/** Of calls per second: the same for the means of the samples. */
export function rateNoise(
  now: Measured & Pick<BurstReport, 'callsPerSecond'>,
  pinned: Measured & Pick<BurstReport, 'callsPerSecond'>,
): number {
  const larger = Math.max(now.callsPerSecond, pinned.callsPerSecond)
  return Math.max(1, floorOf(now, pinned, larger), meanError(now) + meanError(pinned))
}

const floorOf = (one: Measured, other: Measured, larger: number): number =>
  larger * (Math.min(one.sampleCount, other.sampleCount) < fewest ? share.single : share.measured)

/** By how many samples lie below it, which is distributed the same way whatever the samples are. */
function rangeOf({ samples, sampleCount }: Measured, name: Percentile): { from: number; to: number } | undefined {
  const middle = shares[name]
  const spread = certainty * Math.sqrt((middle * (1 - middle)) / sampleCount)
  const from = samples[Math.floor((middle - spread) * samples.length)]
  const to = samples[Math.floor((middle + spread) * samples.length)]
  return from === undefined || to === undefined ? undefined : { from, to }
}

/** In calls per second. */
function meanError({ samples, sampleCount, callsPerSecond }: Measured & Pick<BurstReport, 'callsPerSecond'>): number {
  const mean = samples.reduce((sum, each) => sum + each, 0) / samples.length
  const variance = samples.reduce((sum, each) => sum + (each - mean) ** 2, 0) / samples.length
  return mean > 0 ? (callsPerSecond * certainty * Math.sqrt(variance / sampleCount)) / mean : 0
}

import type { BurstReport } from '../runner.ts'

export interface BurstOptions {
  /** Calls to make. */
  readonly count: number
  /** Step of the clock and time to spend, in milliseconds. */
  readonly clockStep: number
  readonly milliseconds: number
  readonly now: () => number
}

/** A sample of so many steps of the clock is exact to two percent: what is taken where there are calls enough. */
const goodSteps = 50
/** A sample shorter than this says more about the clock than about the call. */
const leastSteps = 10
/** With fewer samples than this, percentiles say little: shorter samples are taken for more of them. */
const fewSamples = 20
/** So many samples, at most, are reported one by one. */
const mostReported = 500
const mostCalls = 10_000_000
/** Milliseconds, but for the batch that is being made by then. The browser has compiled most calls well by then. */
const longestWarmUp = 250

/**
 * Makes exactly `count` calls, unless the time runs out first, and gives percentiles over samples. A sample is one call,
 * or a batch of them where one is too short for the clock. The batch is found by doubling, in a fifth of the calls at
 * most; what those and the samples leave over is made before the first sample: all of it warms up.
 */
export const burst = (
  call: () => void,
  { count, clockStep, milliseconds, now }: BurstOptions,
): Omit<BurstReport, 'memoryBytes'> => {
  const started = now()
  const hasTime = (): boolean => now() - started < milliseconds
  const time = (calls: number): number => {
    const from = now()
    for (let turn = 0; turn < calls; turn++) call()
    return now() - from
  }
  const asked = Math.max(1, Math.min(count, mostCalls))

  let warmUp = 0
  /** The least, so that a pause of the machine is not taken for the call. */
  let each: number | undefined
  const budget = Math.floor(asked / 5)
  const warmUpTime = Math.min(milliseconds / 4, longestWarmUp)
  for (let next = 1; warmUp + next <= budget && now() - started < warmUpTime; next *= 2) {
    const took = time(next)
    warmUp += next
    if (each === undefined || each === 0 || (took > 0 && took / next < each)) each = took / next
  }
  const left = asked - warmUp
  const batch = Math.max(1, Math.min(left, batchOf(left, each, clockStep)))
  for (let spare = left % batch; spare > 0 && hasTime(); spare--) {
    call()
    warmUp++
  }

  const samples: number[] = []
  const wanted = Math.floor(left / batch)
  let spent = 0
  while (samples.length < wanted && (samples.length === 0 || hasTime())) {
    const sample = time(batch)
    samples.push(sample / batch)
    spent += sample
  }
  const sampled = samples.length * batch
  const sorted = Float64Array.from(samples).toSorted()
  // The nearest rank: the smallest sample that is not less than this share of all.
  const percentile = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  const reported = Math.min(sorted.length, mostReported)
  return {
    asked,
    count: warmUp + sampled,
    warmUp,
    batch,
    sampleCount: sorted.length,
    resolution: clockStep / batch,
    min: percentile(0),
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    max: percentile(1),
    callsPerSecond: spent > 0 ? (sampled / spent) * 1000 : 0,
    samples: Array.from({ length: reported }, (_, index) => percentile((index + 1) / reported)),
  }
}

/** Calls per sample, where one call takes about so long. */
const batchOf = (calls: number, each: number | undefined, clockStep: number): number => {
  if (clockStep === 0 || (each === undefined && calls < 5)) return 1
  // Too short for the clock to see.
  if (each === undefined || each === 0) return calls
  const good = Math.ceil((goodSteps * clockStep) / each)
  const least = Math.ceil((leastSteps * clockStep) / each)
  return Math.min(good, Math.max(least, Math.floor(calls / fewSamples)))
}

import type { BurstReport } from '../runner.ts'

export interface BurstOptions {
  /** Calls asked for. */
  readonly count: number
  /** Step of the clock and time to spend, in milliseconds. */
  readonly clockStep: number
  readonly milliseconds: number
  readonly now: () => number
}

/** A sample shorter than this many steps of the clock says more about the clock than about the call. */
const steps = 50
const mostSamples = 10_000

/**
 * Calls `call` in batches that each take at least fifty steps of the clock, and gives percentiles over the batches. The
 * batch is found by doubling, which also warms up; those calls do not count. The last batch is not cut short, so that
 * all samples are of one size.
 */
export const burst = (
  call: () => void,
  { count, clockStep, milliseconds, now }: BurstOptions,
): Omit<BurstReport, 'memoryBytes'> => {
  const started = now()
  const time = (batch: number): number => {
    const from = now()
    for (let turn = 0; turn < batch; turn++) call()
    return now() - from
  }
  const wanted = Math.max(1, Math.min(count, 10_000_000))
  let batch = 1
  while (batch < wanted && time(batch) < steps * clockStep && now() - started < milliseconds / 4) batch *= 2
  batch = Math.min(batch, wanted)

  const samples: number[] = []
  let made = 0
  let spent = 0
  while (made < wanted && samples.length < mostSamples && (samples.length === 0 || now() - started < milliseconds)) {
    const sample = time(batch)
    samples.push(sample / batch)
    spent += sample
    made += batch
  }
  samples.sort((one, other) => one - other)
  // The nearest rank: the smallest sample that is not less than this share of all.
  const percentile = (share: number): number => samples[Math.max(0, Math.ceil(share * samples.length) - 1)] ?? 0
  return {
    count: made,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    callsPerSecond: spent > 0 ? (made / spent) * 1000 : 0,
    batch,
  }
}

import type { BurstReport } from '../../../runner/runner.ts'

export const percentiles = ['p50', 'p95', 'p99'] as const
export type Percentile = (typeof percentiles)[number]

/** Samples of which at least one lies beyond: with fewer it is the longest of all by another name. */
const fewest: Readonly<Record<Percentile, number>> = { p50: 1, p95: 20, p99: 100 }

/** Milliseconds; undefined where there are too few samples for it to say anything. */
export const percentile = (report: BurstReport, name: Percentile): number | undefined =>
  report.sampleCount < fewest[name] ? undefined : report[name]

import { describe, expect, it } from 'vitest'
import { compare } from './comparison.ts'
import { percentileNoise, rateNoise, singleNoise, sumNoise } from './noise.ts'

/** Evenly spread samples of so many milliseconds, as a measurement reports them. */
function measured(from: number, to: number, sampleCount: number, resolution = 0.0001) {
  const samples = Array.from(
    { length: sampleCount },
    (_, index) => from + ((to - from) * index) / (sampleCount - 1 || 1),
  )
  const at = (share: number): number => samples[Math.min(sampleCount - 1, Math.floor(share * sampleCount))] ?? 0
  const callsPerSecond = 1000 / (samples.reduce((sum, each) => sum + each, 0) / sampleCount)
  return { samples, sampleCount, resolution, p50: at(0.5), p95: at(0.95), p99: at(0.99), callsPerSecond }
}
type Report = ReturnType<typeof measured>

const single = (now: number, pinned: number): string => compare('time', now, pinned, singleNoise(now, pinned)).word
const p50 = (now: Report, pinned: Report): string =>
  compare('time', now.p50, pinned.p50, percentileNoise('p50', now, pinned)).word
const p95 = (now: Report, pinned: Report): string =>
  compare('time', now.p95, pinned.p95, percentileNoise('p95', now, pinned)).word
const rate = (now: Report, pinned: Report): string =>
  compare('rate', now.callsPerSecond, pinned.callsPerSecond, rateNoise(now, pinned)).word

describe('single timings', () => {
  it('differ from 4 ms and half of the longer one on', () => {
    expect(single(4.9, 1)).toBe('≈ same')
    expect(single(5.1, 1)).not.toBe('≈ same')
    expect(single(106, 158)).toBe('≈ same')
    expect(single(158, 106)).toBe('≈ same')
    expect(single(70, 158)).toBe('faster')
    expect(single(158, 70)).toBe('slower')
  })

  it('that are equal are the same', () => expect(single(0, 0)).toBe('same'))
})

describe('a sum', () => {
  const sum = (...lines: [now: number, pinned: number][]): string => {
    const [now, pinned] = [0, 1].map((at) => lines.reduce((total, line) => total + (line[at] ?? 0), 0))
    return compare('time', now ?? 0, pinned ?? 0, sumNoise(now ?? 0, pinned ?? 0, lines)).word
  }

  it('is slower where one of its lines is', () => {
    expect(sum([100, 100], [12, 3])).toBe('slower')
    expect(sum([100, 100], [3, 12])).toBe('faster')
  })

  it('is the same where its lines are, and where what they differ by makes up for itself', () => {
    expect(sum([110, 90], [5, 6])).toBe('≈ same')
    expect(sum([12, 3], [3, 12], [100, 95])).toBe('≈ same')
    expect(sum([12, 3], [94, 100])).toBe('≈ same')
  })
})

describe('percentiles', () => {
  it('differ where the samples of the two lie apart', () => {
    expect(p50(measured(1, 1.2, 200), measured(2, 2.4, 200))).toBe('faster')
    expect(p50(measured(2, 2.4, 200), measured(1, 1.2, 200))).toBe('slower')
    expect(p95(measured(2, 2.4, 200), measured(1, 1.2, 200))).toBe('slower')
  })

  it('do not where the samples overlap so much that they may as well be the same', () => {
    // p50 is 13 and 22: of 22 widely spread samples.
    expect(p50(measured(6, 40, 22), measured(6, 54, 22))).toBe('≈ same')
    // The same two of many samples are told apart.
    expect(p50(measured(6, 40, 400), measured(6, 54, 400))).toBe('faster')
  })

  it('do not where they are close, however many samples there are', () => {
    expect(p50(measured(1, 1.01, 500), measured(1.15, 1.16, 500))).toBe('≈ same')
    expect(p50(measured(1, 1.01, 500), measured(1.35, 1.36, 500))).toBe('faster')
  })

  it('do not within a step of the clock', () => {
    expect(p50(measured(0.01, 0.011, 100, 0.1), measured(0.08, 0.081, 100, 0.1))).toBe('≈ same')
  })

  it('are not compared where there are too few samples beyond them', () => {
    const many = (count: number): Report => measured(1, 2, count)
    expect(percentileNoise('p95', many(2), many(2))).toBeUndefined()
    expect(percentileNoise('p95', many(72), many(500))).toBeUndefined()
    expect(percentileNoise('p95', many(74), many(500))).toBeGreaterThan(0)
    expect(percentileNoise('p99', many(500), many(379))).toBeUndefined()
    expect(percentileNoise('p99', many(500), many(382))).toBeGreaterThan(0)
  })

  it('of a few samples are compared like single timings', () => {
    expect(p50(measured(1, 1, 1), measured(1.8, 1.8, 1))).toBe('≈ same')
    expect(p50(measured(1, 1, 1), measured(2.2, 2.2, 1))).toBe('faster')
  })
})

describe('calls per second', () => {
  it('differ where the means of the samples lie apart', () => {
    expect(rate(measured(1, 1.2, 200), measured(2, 2.4, 200))).toBe('more')
    expect(rate(measured(2, 2.4, 200), measured(1, 1.2, 200))).toBe('fewer')
    expect(rate(measured(1, 1.1, 200), measured(1.1, 1.2, 200))).toBe('≈ same')
    expect(rate(measured(1, 30, 10), measured(1, 20, 10))).toBe('≈ same')
  })
})

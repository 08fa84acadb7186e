import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { downloadPhase, sinceRun, startPhases, waitsOf, withMemory } from './measures.ts'
import { noMetrics } from './state.ts'

const sum = (spans: readonly { readonly ms: number }[]): number => spans.reduce((all, { ms }) => all + ms, 0)

describe('waiting', () => {
  it('is what no phase covers, also between phases that overlap', () => {
    const phases = [
      { at: 1, ms: 4 },
      { at: 2, ms: 2 },
      { at: 8, ms: 1 },
    ]
    expect(waitsOf(phases, 10)).toEqual([
      { at: 0, ms: 1 },
      { at: 5, ms: 3 },
      { at: 9, ms: 1 },
    ])
    expect(waitsOf([], 3)).toEqual([{ at: 0, ms: 3 }])
    expect(waitsOf([{ at: 0, ms: 3 }], 3)).toEqual([])
  })

  it('adds up with the phases to the whole, whatever a sandbox claims', () => {
    const span = fc.record({ at: fc.nat(120), ms: fc.nat(120) })
    fc.assert(
      fc.property(fc.array(span), fc.nat(100), (phases, total) => {
        const waits = waitsOf(phases, total)
        const covered = Array.from({ length: total }, (_, at) =>
          phases.some((phase) => phase.at <= at && at < phase.at + phase.ms),
        ).filter(Boolean).length
        expect(covered + sum(waits)).toBe(total)
        for (const { at, ms } of waits) expect(at >= 0 && ms > 0 && at + ms <= total).toBe(true)
      }),
    )
  })
})

describe('a phase', () => {
  it('counts from Run on', () => {
    const phase = { name: 'Open sandbox', room: 'page', at: -30, ms: 40 } as const
    expect(sinceRun(phase)).toEqual([{ ...phase, at: 0, ms: 10, early: 30 }])
    expect(sinceRun({ ...phase, ms: 20 })).toEqual([])
  })

  it('of the sandbox is placed by when the start was asked for', () => {
    expect(
      startPhases(
        [
          { name: 'boot', at: -8, ms: 7 },
          { name: 'initialise', at: 2, ms: 3 },
        ],
        5,
      ),
    ).toEqual([
      { name: 'Open sandbox', room: 'page', at: 0, ms: 4, early: 3 },
      { name: 'Initialise', room: 'sandbox', at: 7, ms: 3 },
    ])
  })
})

describe('a download', () => {
  it('lasts from the first byte to the last, and counts them', () => {
    const transfers = [
      { from: 110, to: 130, bytes: 5 },
      { from: 90, to: 120, bytes: 7 },
    ]
    expect(downloadPhase(transfers, 100)).toEqual([
      { name: 'Download', room: 'page', at: 0, ms: 30, early: 10, bytes: 12 },
    ])
  })

  it('is of no bytes where everything was here', () => {
    expect(downloadPhase([], 100)).toMatchObject([{ ms: 0, bytes: 0 }])
  })
})

describe('linear memory', () => {
  it('knows its peak, its last growth and its course', () => {
    const metrics = [100, 100, 300].reduce(withMemory, noMetrics)
    expect(metrics).toMatchObject({ memory: 300, memoryPeak: 300, memoryGrowth: 200, memorySeries: [100, 100, 300] })
  })
})

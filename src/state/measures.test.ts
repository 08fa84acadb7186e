import { describe, expect, it } from 'vitest'
import { downloadPhase, sinceRun, startPhases, withMemory } from './measures.ts'
import { noMetrics } from './state.ts'

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

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Metrics } from '../../../state/state.ts'
import { precise, ticksTo, waterfallOf } from './waterfall.ts'

const metrics: Metrics = {
  run: 1,
  memorySeries: [],
  total: 20,
  phases: [
    { name: 'Download', room: 'page', at: 0, ms: 0, bytes: 0 },
    { name: 'Source', room: 'page', at: 0, ms: 2 },
    { name: 'Prepare', room: 'page', at: 1, ms: 5 },
    { name: 'First call', room: 'sandbox', at: 12, ms: 1 },
  ],
}

describe('the waterfall', () => {
  it('has a line for each phase and one for what they leave over', () => {
    const { rows, end } = waterfallOf(metrics)
    expect(rows.map(({ name, ms }) => [name, ms])).toEqual([
      ['Download', 0],
      ['Source', 2],
      ['Prepare', 5],
      ['First call', 1],
      ['Waiting', 13],
    ])
    expect(rows.at(-1)?.spans).toEqual([
      { at: 6, ms: 6 },
      { at: 13, ms: 7 },
    ])
    expect(end).toBe(20)
  })

  it('has a bar for a download where there was one', () => {
    expect(waterfallOf(metrics).rows[0]).toMatchObject({ name: 'Download', bytes: 0, spans: [] })
    const phases = [{ name: 'Download', room: 'page', at: 0, ms: 1, bytes: 10 }] as const
    expect(waterfallOf({ ...metrics, phases }).rows[0]).toMatchObject({ bytes: 10, spans: [{ at: 0, ms: 1 }] })
  })

  it('is as long as the longer of two runs', () => {
    expect(waterfallOf(metrics, { ...metrics, total: 30 }).end).toBe(30)
    expect(waterfallOf(metrics, { ...metrics, total: 3 }).end).toBe(20)
  })

  it('does without a total where the run had no result', () => {
    const { run, memorySeries, phases } = metrics
    const { rows, end } = waterfallOf({ run, memorySeries, phases })
    expect(rows.map(({ name }) => name)).not.toContain('Waiting')
    expect(end).toBe(13)
  })
})

describe('grid lines', () => {
  it('stand at round numbers', () => {
    expect(ticksTo(0, 300)).toEqual([])
    expect(ticksTo(20, 300)).toEqual([0, 5, 10, 15, 20])
    expect(ticksTo(61, 300)).toEqual([0, 20, 40, 60])
    expect(ticksTo(0.35, 300)).toEqual([0, 0.1, 0.2, 0.3])
    expect(ticksTo(1234, 300)).toEqual([0, 500, 1000])
  })

  it('are a few, in order, and within the axis', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e7, noNaN: true }), fc.nat(800), (end, width) => {
        const ticks = ticksTo(end, width)
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b))
        expect(ticks.at(-1)).toBeLessThanOrEqual(end * (1 + 1e-9))
      }),
    )
  })

  it('are as many as have room for their labels', () => {
    expect(ticksTo(4200, 400)).toEqual([0, 1000, 2000, 3000, 4000])
    expect(ticksTo(4200, 120)).toEqual([0, 2000, 4000])
    expect(ticksTo(31_000, 150)).toEqual([0, 10_000, 20_000, 30_000])
    expect(ticksTo(31_000, 0)).toEqual([0, 20_000])
    expect(ticksTo(480, 40)).toEqual([0, 480])
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), fc.integer({ min: 120, max: 800 }), (end, width) => {
        const [, first = end] = ticksTo(end, width)
        const label = 7 * Math.floor(end).toString().length
        expect((first / end) * width).toBeGreaterThanOrEqual(Math.min(label, width / 3))
      }),
    )
  })
})

describe('milliseconds', () => {
  it('have the same digits in every line, and never round something to nothing', () => {
    expect(['9.4', '0.0', '<0.1', '123.5']).toEqual([9.43, 0, 0.04, 123.46].map((ms) => precise(ms, 1)))
    expect(precise(0.4, 0)).toBe('<1')
  })
})

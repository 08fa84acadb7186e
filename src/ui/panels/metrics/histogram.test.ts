import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histogramOf, placeIn } from './histogram.ts'

describe('the histogram', () => {
  it('has no picture of nothing, or of one sample', () => {
    expect(histogramOf([])).toBeUndefined()
    expect(histogramOf([1])).toBeUndefined()
  })

  it('goes from the shortest to the longest', () => {
    const picture = histogramOf([1, 1, 2, 3])
    expect(picture).toMatchObject({ from: 1, to: 3, open: false })
    expect(picture?.columns[0]).toBe(1)
    expect(picture?.columns.at(-1)).toBe(0.5)
  })

  it('puts the few that are far out into the last column', () => {
    const samples = [...Array.from({ length: 99 }, (_, index) => 1 + index / 99), 500]
    const picture = histogramOf(samples)
    expect(picture?.open).toBe(true)
    expect(picture?.to).toBeLessThan(3)
    expect(picture?.columns.at(-1)).toBeGreaterThan(0)
    expect(picture && placeIn(picture, 500)).toBe(1)
  })

  it('keeps every share and place within bounds', () => {
    const times = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 200 })
    fc.assert(
      fc.property(times, (given) => {
        const samples = given.toSorted((a, b) => a - b)
        const picture = histogramOf(samples)
        expect(picture).toBeDefined()
        if (!picture) return
        expect(Math.max(...picture.columns)).toBe(1)
        expect(Math.min(...picture.columns)).toBeGreaterThanOrEqual(0)
        for (const sample of samples) {
          expect(placeIn(picture, sample)).toBeGreaterThanOrEqual(0)
          expect(placeIn(picture, sample)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

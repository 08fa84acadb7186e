import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waitsOf } from './waits.ts'

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

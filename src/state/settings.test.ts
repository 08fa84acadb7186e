import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultPreferences, parsePreferences } from './preferences.ts'
import { defaultSettings, parseSettings, runMoments, settingBounds, themes, wraps, type Settings } from './settings.ts'

const { fontSize, memoryMiB, milliseconds } = settingBounds
const between = ({ least, most }: { least: number; most: number }): fc.Arbitrary<number> =>
  fc.integer({ min: least, max: most })
const settings: fc.Arbitrary<Settings> = fc.record({
  theme: fc.constantFrom(...themes),
  fontSize: between(fontSize),
  wrap: fc.constantFrom(...wraps),
  runOn: fc.constantFrom(...runMoments),
  memoryMiB: between(memoryMiB),
  milliseconds: between(milliseconds),
})

describe('stored settings', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(settings, (chosen) => {
        const stored = JSON.stringify({ ...defaultPreferences, ...chosen })
        expect(parsePreferences(stored)).toEqual({ ...defaultPreferences, ...chosen })
      }),
    )
  })

  it('fall back field by field, whatever storage holds', () => {
    const names = fc.constantFrom<keyof Settings>('theme', 'fontSize', 'wrap', 'runOn', 'memoryMiB', 'milliseconds')
    fc.assert(
      fc.property(settings, names, fc.jsonValue(), (chosen, name, value) => {
        const { [name]: parsed, ...others } = parseSettings(
          new Map<string, unknown>(Object.entries({ ...chosen, [name]: value })),
        )
        const { [name]: _, ...kept } = chosen
        expect(others).toEqual(kept)
        expect([value, defaultSettings[name]]).toContainEqual(parsed)
      }),
    )
  })

  it('never leave their bounds', () => {
    fc.assert(
      fc.property(fc.record({ fontSize: fc.double(), memoryMiB: fc.double(), milliseconds: fc.double() }), (stored) => {
        const parsed = parseSettings(new Map(Object.entries(stored)))
        for (const [name, { least, most }] of Object.entries(settingBounds)) {
          const value = Object.entries(parsed).find(([key]) => key === name)?.[1]
          expect(value).toBeGreaterThanOrEqual(least)
          expect(value).toBeLessThanOrEqual(most)
          expect(Number.isInteger(value)).toBe(true)
        }
      }),
    )
  })

  it.each([null, '', '{', '[]', '1', 'null', '"dark"'])('are the defaults where storage holds %j', (stored) => {
    expect(parsePreferences(stored)).toEqual(defaultPreferences)
  })
})

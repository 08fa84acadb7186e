import { expect, it } from 'vitest'
import { clockSetting, dateOfField, fieldOfDate, numberProblem, otherSeed, wallText } from './world-model.ts'

it.each([
  ['1', undefined],
  [' 4096 ', undefined],
  ['0', 'At least 1.'],
  ['-3', 'At least 1.'],
  ['5000', 'At most 4,096.'],
  ['', 'Write a whole number.'],
  ['1e3', 'Write a whole number.'],
  ['1.5', 'Write a whole number.'],
])('a limit of "%s": %s', (text, problem) => {
  expect(numberProblem(text, 1, 4096)).toBe(problem)
})

it.each([
  ['2025-01-01T00:00:00Z', '2025-01-01T00:00:00'],
  ['2024-02-29T23:59:59.250Z', '2024-02-29T23:59:59.250'],
  ['2025-06-01T12:00:00+02:00', '2025-06-01T10:00:00'],
])('the date %s in a field is %s', (start, field) => {
  expect(fieldOfDate(start)).toBe(field)
  expect(Date.parse(dateOfField(field) ?? '')).toBe(Date.parse(start))
})

it.each(['', '2025-01-01', '1969-12-31T23:59:59', '10000-01-01T00:00:00', 'x'])(
  'the field "%s" has no date for a clock',
  (text) => {
    expect(dateOfField(text)).toBeUndefined()
  },
)

it('writes down only what is not the default', () => {
  expect(clockSetting('auto', undefined)).toBeUndefined()
  expect(clockSetting('auto', '2025-01-01T00:00:00Z')).toBeUndefined()
  expect(clockSetting('frozen', '2025-01-01T00:00:00Z')).toEqual({ mode: 'frozen' })
  // Without a start the real clock shows today.
  expect(clockSetting('real', '2025-01-01T00:00:00Z')).toEqual({ mode: 'real', start: '2025-01-01T00:00:00Z' })
  expect(clockSetting('auto', '2030-01-01T00:00:00Z')).toEqual({ mode: 'auto', start: '2030-01-01T00:00:00Z' })
})

it('reads the wall clock of an instant', () => {
  expect(wallText('2025-01-01T00:00:00Z', 0n)).toBe('2025-01-01 00:00:00 UTC')
  expect(wallText('2025-01-01T00:00:00Z', 90_250_000_000n)).toBe('2025-01-01 00:01:30.250 UTC')
})

it('rolls another seed', () => {
  expect(otherSeed(0, () => 0)).toBe(1)
  expect(otherSeed(0, () => 0.5)).toBe(500_000)
})

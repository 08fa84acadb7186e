import { expect, it } from 'vitest'
import { numberProblem } from './world-model.ts'

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

import { expect, test } from 'vitest'
import { waitWords } from './wait-words.ts'

test.each([
  [{ awaits: ['input on stdin'] }, 'Waiting for input'],
  [{ awaits: [], until: 500_000_000n }, 'Waiting until 500 ms'],
  [{ awaits: ['a step of the frozen clock'], until: 1_250_000_000n }, 'Waiting until 1.25 s'],
  [{ awaits: ['input on stdin'], until: 2_000_000n }, 'Waiting for input or until 2 ms'],
  [{ awaits: ['input on stdin', 'an answer'] }, 'Waiting for input or an answer'],
])('%o', (state, words) => {
  expect(waitWords(state)).toBe(words)
})

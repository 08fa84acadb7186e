import { describe, expect, it } from 'vitest'
import { compare } from './comparison.ts'

describe('a comparison', () => {
  it.each([
    ['time', 8, 10, -2, 'faster', 'ok'],
    ['time', 12, 10, 2, 'slower', 'err'],
    ['size', 8, 10, -2, 'smaller', 'ok'],
    ['size', 12, 10, 2, 'larger', 'err'],
    ['rate', 12, 10, 2, 'more', 'ok'],
    ['rate', 8, 10, -2, 'fewer', 'err'],
    ['size', 10, 10, 0, 'same', 'dim'],
  ] as const)('of %s: %d after %d', (kind, now, pinned, difference, word, tone) => {
    expect(compare(kind, now, pinned)).toEqual({ difference, word, tone })
  })

  it('takes what is within the noise for neither better nor worse', () => {
    expect(compare('time', 1.05, 1, 0.1)).toEqual({ difference: 0, word: '≈ same', tone: 'dim' })
    expect(compare('time', 1.2, 1, 0.1)).toMatchObject({ word: 'slower', tone: 'err' })
    expect(compare('time', 0.8, 1, 0.1)).toMatchObject({ word: 'faster', tone: 'ok' })
    expect(compare('time', 1, 1, 0.1).word).toBe('same')
  })
})

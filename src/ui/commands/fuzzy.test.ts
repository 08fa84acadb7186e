import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzyFilter, fuzzyMatch, marked } from './fuzzy.ts'

const words = fc.string({ unit: fc.constantFrom(...'abcABC :.-/ß'), maxLength: 24 })
const plain = (text: string): string => text.toLowerCase().replaceAll(/\s/g, '')

/** Every way to find the query, as its indices. */
function waysOf(query: string, text: string, start = 0): number[][] {
  if (query === '') return [[]]
  const ways: number[][] = []
  for (let index = start; index < text.length; index++) {
    if (text.charAt(index) === query.charAt(0)) {
      for (const rest of waysOf(query.slice(1), text, index + 1)) ways.push([index, ...rest])
    }
  }
  return ways
}

describe('a fuzzy match', () => {
  it('is there exactly where the query is a subsequence', () => {
    fc.assert(
      fc.property(words, words, (query, text) => {
        const ways = waysOf(plain(query).slice(0, 4), text.toLowerCase())
        expect(fuzzyMatch(plain(query).slice(0, 4), text) !== undefined).toBe(ways.length > 0)
      }),
    )
  })

  it('says where the characters of the query are', () => {
    fc.assert(
      fc.property(words, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }), (text, taken) => {
        const query = [...text].filter((_, index) => taken[index]).join('')
        const match = fuzzyMatch(query, text)
        expect(match?.at.map((index) => text.charAt(index).toLowerCase()).join('')).toBe(plain(query))
        expect(match?.at).toEqual([...new Set(match?.at)].toSorted((a, b) => a - b))
      }),
    )
  })

  it('is found as the start of words rather than inside of them', () => {
    expect(fuzzyMatch('stop', 'Show output: stop')?.at).toEqual([13, 14, 15, 16])
    expect(fuzzyMatch('oeh', 'Open example: Hello')?.at).toEqual([0, 5, 14])
    expect(fuzzyMatch('ex', 'Next export')?.at).toEqual([5, 6])
  })

  it('does not depend on case or on the spaces of the query', () => {
    fc.assert(
      fc.property(words, words, (query, text) => {
        expect(fuzzyMatch(query.toUpperCase().replaceAll('SS', 'ß'), text)).toEqual(fuzzyMatch(plain(query), text))
      }),
    )
  })
})

describe('a filtered list', () => {
  const titles = ['Download the component', 'Open example: Results', 'Stop', 'Restart the run', 'Run', 'Theme: dark']
  const found = (query: string): string[] => fuzzyFilter(query, titles, (title) => title).map(({ item }) => item)

  it('puts whole words first', () => {
    expect(found('run')).toEqual(['Run', 'Restart the run'])
    expect(found('res')[0]).toBe('Restart the run')
    expect(found('dark')).toEqual(['Theme: dark'])
  })

  it('keeps the order of what matches alike', () => {
    fc.assert(
      fc.property(fc.array(words), fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 3 }), (texts, query) => {
        const items = texts.map((text, index) => ({ text, index }))
        const result = fuzzyFilter(query, items, ({ text }) => text)
        for (const [position, { item, match }] of result.entries()) {
          const next = result[position + 1]
          if (!next) continue
          expect(match.score).toBeGreaterThanOrEqual(next.match.score)
          if (match.score === next.match.score) expect(item.index).toBeLessThan(next.item.index)
        }
        expect(fuzzyFilter('', items, ({ text }) => text).map(({ item }) => item)).toEqual(items)
      }),
    )
  })
})

describe('a marked text', () => {
  it('is the text, with the found characters marked', () => {
    fc.assert(
      fc.property(words, fc.array(fc.nat({ max: 24 })), (text, at) => {
        const pieces = marked(text, at)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        const inside = at.filter((index) => index < text.length)
        expect(pieces.filter((piece) => piece.found).reduce((sum, piece) => sum + piece.text.length, 0)).toBe(
          new Set(inside).size,
        )
      }),
    )
  })
})

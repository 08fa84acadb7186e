import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highlight } from './highlight.ts'

const kinds = (text: string, language: 'wit' | 'source'): Record<string, string> =>
  Object.fromEntries(
    highlight(text, language)
      .flat()
      .flatMap(({ text: word, kind }) => (kind ? [[word, kind]] : [])),
  )

describe('highlight', () => {
  it('tells the parts of WIT apart', () => {
    expect(kinds('/// doc\nworld w { export add-item: func(a: u32) -> string; }', 'wit')).toMatchObject({
      '/// doc': 'comment',
      world: 'keyword',
      'add-item': 'function',
      u32: 'type',
      string: 'type',
    })
  })

  it('tells the parts of TypeScript apart', () => {
    expect(kinds("export function f(a: Map): string {\n  return 'x' // y\n}", 'source')).toMatchObject({
      export: 'keyword',
      f: 'function',
      Map: 'type',
      "'x'": 'string',
      '// y': 'comment',
    })
  })

  it('loses no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('wit' as const, 'source' as const),
        (text, language) => {
          const again = highlight(text, language).map((line) => line.map((token) => token.text).join(''))
          expect(again.join('\n')).toBe(text)
        },
      ),
    )
  })
})

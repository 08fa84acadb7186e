import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lex } from './lexer.ts'

const texts = (source: string): string[] => lex(source).tokens.map(({ text }) => text)

describe('lex', () => {
  it('splits a function into tokens', () => {
    expect(texts('get: func(key: string) -> option<u8>;')).toEqual([
      'get',
      ':',
      'func',
      '(',
      'key',
      ':',
      'string',
      ')',
      '->',
      'option',
      '<',
      'u8',
      '>',
      ';',
      '',
    ])
  })

  it('keeps a version together but leaves the dot of a use alone', () => {
    expect(texts('use a:b/c@1.0.0-rc.1+build.2.{t}')).toContain('1.0.0-rc.1+build.2')
    expect(texts('@1.0.0.{t}')).toEqual(['@', '1.0.0', '.', '{', 't', '}', ''])
  })

  it('takes the % off escaped identifiers and remembers it', () => {
    const [token] = lex('%type').tokens
    expect(token).toMatchObject({ kind: 'word', text: 'type', escaped: true, start: 0, end: 5 })
  })

  it('attaches comments to the token after them', () => {
    const [token] = lex('// one\n/* two /* nested */ */\n/// three\nx').tokens
    expect(token?.comments.map(({ kind, doc }) => [kind, doc])).toEqual([
      ['line', false],
      ['block', false],
      ['line', true],
    ])
    expect(token?.first).toBe(true)
  })

  it.each([
    ['/* open', 0, 'never closed'],
    ['"open', 0, 'no closing quote'],
    ['"\\q"', 0, 'escape'],
    ['x \u202e y', 2, 'U+202E'],
    ['// \u0007', 3, 'U+0007'],
    ['// \u0149', 3, 'U+0149'],
    ['a ? b', 2, 'no meaning'],
    ['fooBar', 0, 'mixes'],
    ['foo_bar', 0, 'underscore'],
    ['foo--bar', 0, 'between two words'],
    ['caf\u00e9', 0, 'ASCII'],
    ['% x', 0, 'not followed by a name'],
  ])('says what is wrong with %j', (source, start, message) => {
    const { problems } = lex(source)
    expect(problems).toHaveLength(1)
    expect(problems[0]?.start).toBe(start)
    expect(problems[0]?.message).toContain(message)
  })

  it.each(['foo', 'foo-bar', 'XML', 'parse-XML-document', 'a1-2b', 'Z9-a'])('accepts the identifier %s', (name) => {
    expect(lex(name).problems).toEqual([])
  })

  it('covers every character of any text once, in order', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 60 }), (source) => {
        const { tokens } = lex(source)
        let at = source.startsWith('\ufeff') ? 1 : 0
        for (const token of tokens) {
          for (const part of [...token.comments, token]) {
            if (part.start < at || !/^[ \t\r\n]*$/.test(source.slice(at, part.start))) return false
            at = part.end
          }
        }
        return at === source.length
      }),
      { numRuns: 300 },
    )
  })
})

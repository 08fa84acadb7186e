import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { highlightWit } from './highlight.ts'

const kinds = (text: string): string[] =>
  highlightWit(text)
    .filter(({ kind }) => kind !== 'punctuation')
    .map(({ start, end, kind }) => `${text.slice(start, end)} ${kind}`)

it('tells keywords, types, functions, names, strings, numbers and comments apart', () => {
  expect(
    kinds('// Note.\n@since(version = 1.0.0)\nget: async func(by: key, %type: list<u8, 4>) -> option<item>;'),
  ).toEqual([
    '// Note. comment',
    'since keyword',
    'version identifier',
    '1.0.0 number',
    'get function',
    'async keyword',
    'func keyword',
    'by identifier',
    'key type',
    '%type identifier',
    'list type',
    'u8 type',
    '4 number',
    'option type',
    'item type',
  ])
  expect(kinds('package example:demo@1.0.0;\nrecord pair { left: u8 }\n@external-id("a")')).toEqual([
    'package keyword',
    'example identifier',
    'demo identifier',
    '1.0.0 number',
    'record keyword',
    'pair type',
    'left identifier',
    'u8 type',
    'external-id keyword',
    '"a" string',
  ])
})

it('gives tokens in order, without overlap, for any text', () => {
  assert(
    property(string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      let at = 0
      for (const { start, end } of highlightWit(text)) {
        if (start < at || end <= start || end > text.length) return false
        at = end
      }
      return true
    }),
    { numRuns: 300 },
  )
})

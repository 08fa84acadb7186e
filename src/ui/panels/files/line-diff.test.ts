import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineDiff } from './line-diff.ts'

const shown = (before: string, after: string): string[] =>
  lineDiff(before, after).map(
    ({ kind, text }) => `${{ same: ' ', added: '+', removed: '-', skipped: '…' }[kind]}${text}`,
  )

test('shows what was added and removed, with the lines around it', () => {
  expect(shown('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d'])
  expect(shown('', 'a\n')).toEqual(['+a'])
  expect(shown('a', '')).toEqual(['-a'])
  expect(shown('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\n5\nsix')).toEqual(['…3 lines the same', ' 4', ' 5', '-6', '+six'])
})

test('texts that are too long for comparing are shown whole', () => {
  const long = (word: string) => Array.from({ length: 2000 }, (_, at) => `${word} ${at}`).join('\n')
  const lines = lineDiff(`${long('a')}`, `${long('b')}`)
  expect(lines.map(({ kind }) => kind)).toEqual([
    ...Array.from({ length: 2000 }, () => 'removed'),
    ...Array.from({ length: 2000 }, () => 'added'),
  ])
})

test('what is left of the one text, and what the other one has, is all there', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(`${before.join('\n')}\n`, `${after.join('\n')}\n`)
      const changed = (kind: string) => lines.filter((line) => line.kind === kind).map((line) => line.text)
      const kept = (lines: string[], gone: string[]) => {
        const rest = [...lines]
        for (const line of gone) rest.splice(rest.indexOf(line), 1)
        return rest.toSorted()
      }
      expect(kept(before, changed('removed'))).toEqual(kept(after, changed('added')))
    }),
  )
})

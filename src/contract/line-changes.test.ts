import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { applyLineChanges, isLineChanges, lineChanges } from './line-changes.ts'

const text = array(constantFrom('a', 'b', '', '{', '}', 'return'), { maxLength: 40 }).map((lines) => lines.join('\n'))

test('changes give back the text that they were made of, whatever the two texts are', () => {
  assert(
    property(text, text, (base, wanted) => {
      const changes = lineChanges(base, wanted)
      expect(isLineChanges(changes)).toBe(true)
      expect(applyLineChanges(base, changes)).toBe(wanted)
    }),
  )
  assert(property(string(), string(), (base, wanted) => applyLineChanges(base, lineChanges(base, wanted)) === wanted))
})

test('a text with few changes is little more than those', () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `line ${index % 50}`)
  const changed = lines.with(300, 'another').toSpliced(600, 0, 'one more', 'and one')
  expect(lineChanges(lines.join('\n'), changed.join('\n'))).toEqual([
    [0, 300],
    'another',
    [301, 299],
    'one more\nand one',
    [600, 400],
  ])
})

test('what is no list of changes is told from one', () => {
  for (const wrong of [undefined, 'text', [1], [[1]], [[1, 2, 3]], [[1.5, 2]], [null]]) {
    expect(isLineChanges(wrong)).toBe(false)
  }
})

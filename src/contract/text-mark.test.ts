import { expect, it } from 'vitest'
import { markOf } from './text-mark.ts'

it('tells texts of one length apart, and not those of other line ends', () => {
  const marks = ['', 'one\ntwo\n', 'two\none\n', 'one\ntwp\n', 'one\n\ntwo', 'é', '\u00e8', '\u{1f600}'].map(markOf)
  expect(new Set(marks).size).toBe(marks.length)
  expect(markOf('one\r\ntwo\r\n')).toBe(markOf('one\ntwo\n'))
  expect(markOf('')).toBe(marks[0])
})

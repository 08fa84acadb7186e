import { describe, expect, it } from 'vitest'
import type { Fix } from '../contract/fault.ts'
import { mended } from './mend.ts'

const fix = (...edits: Fix['edits'][number][]): Fix => ({ title: 'Mend it', edits })
const at = (file: string, line: number, column: number, text: string, length = 0): Fix['edits'][number] => ({
  place: { file, line, column, endLine: line, endColumn: column + length },
  text,
})

describe('a fix', () => {
  it('changes its files and no others', () => {
    const files = { 'a.wit': 'one\ntwo\n', 'b.wit': 'three', 'c.wit': 'four' }
    expect(mended(files, fix(at('a.wit', 2, 1, 'TWO', 3), at('a.wit', 1, 4, '!'), at('b.wit', 1, 1, '> ')))).toEqual({
      'a.wit': 'one!\nTWO\n',
      'b.wit': '> three',
    })
  })

  it('leaves what is not there', () => {
    expect(mended({ 'a.wit': 'one' }, fix(at('b.wit', 1, 1, 'x')))).toEqual({})
    expect(mended({ 'a.wit': 'one' }, fix(at('a.wit', 3, 1, 'x'), at('a.wit', 1, 9, 'x')))).toEqual({ 'a.wit': 'one' })
  })
})

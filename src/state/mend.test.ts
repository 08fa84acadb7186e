import { describe, expect, it } from 'vitest'
import type { Fix } from '../contract/fault.ts'
import { markOf } from '../contract/text-mark.ts'
import { mended } from './mend.ts'

const text = 'one\ntwo\n'
const fix = (...edits: Fix['edits'][number][]): Fix => ({ title: 'Mend it', mark: markOf(text), edits })
const at = (line: number, column: number, insert: string, length = 0): Fix['edits'][number] => ({
  place: { file: 'a.wit', line, column, endLine: line, endColumn: column + length },
  text: insert,
})

describe('a fix', () => {
  it('changes its file', () => {
    const files = { 'a.wit': text, 'b.wit': 'three' }
    expect(mended(files, fix(at(2, 1, 'TWO', 3), at(1, 4, '!')))).toEqual({ file: 'a.wit', text: 'one!\nTWO\n' })
  })

  it('is for one text: a second time it changes nothing', () => {
    const once = mended({ 'a.wit': text }, fix(at(1, 4, ';')))
    expect(once?.text).toBe('one;\ntwo\n')
    expect(mended({ 'a.wit': once?.text ?? '' }, fix(at(1, 4, ';')))).toBeUndefined()
  })

  it('changes nothing where lines have changed places, which is as long', () => {
    expect(mended({ 'a.wit': 'two\none\n' }, fix(at(1, 4, ';')))).toBeUndefined()
  })

  it('changes all that it is made of, or nothing', () => {
    expect(mended({ 'b.wit': text }, fix(at(1, 1, 'x')))).toBeUndefined()
    expect(mended({ 'a.wit': text }, fix(at(1, 1, 'x'), at(9, 1, 'x')))).toBeUndefined()
  })
})

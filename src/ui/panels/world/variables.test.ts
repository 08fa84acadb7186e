import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { environmentOf, parseDotEnv, pastedWords, rowProblem, rowsOf, sameEnvironment } from './variables.ts'

it.each([
  ['A=1\nB=2', { A: '1', B: '2' }],
  ['  export A = spaced  ', { A: 'spaced' }],
  ['# A=1\n\n#\nB=2 # why', { B: '2' }],
  ['A="one # two" # three', { A: 'one # two' }],
  ['A="line\\nline\\t\\"quoted\\" \\\\"', { A: 'line\nline\t"quoted" \\' }],
  ["A='as \\n it $is'", { A: 'as \\n it $is' }],
  ['A="first\nsecond"\nB=3', { A: 'first\nsecond', B: '3' }],
  ['URL=http://x/?a=b#c', { URL: 'http://x/?a=b#c' }],
  ['A=\r\nB=2\r\n', { A: '', B: '2' }],
  ['A=#nothing', { A: '' }],
  ['A=1\nA=2', { A: '2' }],
  ['no equals here\n=value', {}],
  ['A="open\nB=2', { A: '"open', B: '2' }],
])('%j gives %j', (text, env) => {
  expect({ ...parseDotEnv(text).env }).toEqual(env)
})

it('reads whatever is pasted, names and values being texts', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      for (const [name, value] of Object.entries(parseDotEnv(text).env)) {
        expect(name).toMatch(/^[^=\0]+$/)
        expect(typeof value).toBe('string')
      }
    }),
  )
})

it('says which lines set nothing', () => {
  expect(parseDotEnv('# comment\nA="first\nsecond" # why\n\nno equals here\nB=3\n=value').skipped).toEqual([5, 7])
  expect(parseDotEnv('A=1\n\n  # b\n').skipped).toEqual([])
  expect(pastedWords(1, [])).toBe(undefined)
  expect(pastedWords(3, [])).toBe('Set 3 variables.')
  expect(pastedWords(1, [2])).toBe('Set a variable. Line 2 was left out: it is not NAME=value.')
  expect(pastedWords(2, [4, 6])).toBe('Set 2 variables. 2 lines were left out, line 4 first: they are not NAME=value.')
})

it('keeps every name, also that of a prototype', () => {
  const rows = [...rowsOf({ A: '1' }), ['__proto__', 'x'] as const]
  expect(Object.entries(environmentOf(rows))).toEqual([
    ['A', '1'],
    ['__proto__', 'x'],
  ])
})

it('says which rows a guest does not see', () => {
  const rows = [
    ['A', '1'],
    ['', ''],
    ['', 'x'],
    ['B=C', ''],
    ['A', '2'],
  ] as const
  expect(rows.map((_, index) => rowProblem(rows, index))).toEqual([
    'A is set again below, which counts.',
    undefined,
    'Give it a name: the component does not see it yet.',
    'A name has no = in it: the component does not see it.',
    undefined,
  ])
  expect({ ...environmentOf(rows) }).toEqual({ A: '2' })
})

it('compares by content', () => {
  expect(sameEnvironment({ A: '1', B: '2' }, { B: '2', A: '1' })).toBe(true)
  expect(sameEnvironment({ A: '1' }, { A: '2' })).toBe(false)
  expect(sameEnvironment({ A: '1' }, {})).toBe(false)
})

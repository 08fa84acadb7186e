import { expect, it } from 'vitest'
import { takenBack } from './taken-back.ts'

it.each([
  ['what nobody touched since', { A: '1' }, { A: '2' }, { A: '2' }, { A: '1' }],
  ['beside what was added since', { A: '1' }, {}, { B: '2' }, { A: '1', B: '2' }],
  ['all of it', { A: '1' }, undefined, { B: '2' }, { A: '1', B: '2' }],
  ['what was new', undefined, { A: '1' }, { A: '1', B: '2' }, { B: '2' }],
  ['not what was changed again', { A: '1', B: '1' }, { A: '2', B: '2' }, { A: '3', B: '2' }, { A: '3', B: '1' }],
  ['a line of a list', ['p', 'a', 'b'], ['p', 'b'], ['p', 'b', 'c'], ['p', 'a', 'b', 'c']],
  ['a line that was added', ['p'], ['p', 'a'], ['p', 'a', 'b'], ['p', 'b']],
  ['no line that was changed again', ['p'], ['q'], ['r', 'a'], ['r', 'a']],
  [
    'of parts, whatever is in them',
    { d: { x: '1', y: { z: '1' } } },
    { d: {} },
    { d: { w: '1' } },
    { d: { w: '1', x: '1', y: { z: '1' } } },
  ],
])('takes back %s', (_, before, after, now, left) => {
  expect(takenBack(before, after, now)).toEqual(left)
})

it('does not make a folder of a file with bytes', () => {
  const file = { base64: 'AA==' }
  const isWhole = (value: object): boolean => 'base64' in value
  const now = { f: { inside: 'text' } }
  expect(takenBack({ f: file }, {}, now, isWhole)).toEqual(now)
  expect(takenBack({ f: file }, {}, { g: file }, isWhole)).toEqual({ f: file, g: file })
})

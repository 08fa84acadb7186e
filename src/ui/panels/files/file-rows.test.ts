import { expect, test } from 'vitest'
import type { FileNote } from '../../../runner/runner.ts'
import { readDirs } from '../../../wasi/filesystem/tree.ts'
import { mostRows, worldRows } from './file-rows.ts'
import { hexLines } from './hex.ts'

const dirs = readDirs({ '/data': { b: 'B', a: 'AA', sub: { x: 'X' } }, '/ro': { readonly: true } })
const note = (path: string, change: FileNote['change'], kind: FileNote['kind'] = 'file', size = 3): FileNote => ({
  preopen: '/data',
  path,
  change,
  kind,
  ...(kind === 'file' && change !== 'removed' && { size }),
})
const shown = (notes: readonly FileNote[], collapsed: readonly string[] = []) =>
  worldRows(dirs, notes, new Set(collapsed)).map(
    ({ level, name, kind, bytes, note }) =>
      `${'  '.repeat(level - 1)}${name} ${kind}${bytes === undefined ? '' : ` ${bytes}`}${note ? ` ${note.change}` : ''}`,
  )

test('the preopens and what is in them, folders first', () => {
  expect(shown([])).toEqual([
    '/data preopen',
    '  sub folder',
    '    x file 1',
    '  a file 2',
    '  b file 1',
    '/ro preopen',
  ])
  expect(worldRows(dirs, [], new Set()).map(({ readonly }) => readonly)).toEqual([...Array(5).fill(false), true])
})

test('what is closed hides what is in it', () => {
  expect(shown([], ['%2Fdata/sub'])).toEqual([
    '/data preopen',
    '  sub folder',
    '  a file 2',
    '  b file 1',
    '/ro preopen',
  ])
  expect(shown([], ['%2Fdata/'])).toEqual(['/data preopen', '/ro preopen'])
})

test('a tree that nobody would read is cut', () => {
  const many = readDirs({ '/': Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, ''])) })
  expect(worldRows(many, [], new Set())).toHaveLength(mostRows)
})

test('what a run did stands where it is', () => {
  const notes = [
    note('a', 'changed'),
    note('new', 'created', 'directory'),
    note('new/f', 'created'),
    note('sub', 'removed', 'directory'),
    note('b', 'changed', 'directory'),
    note('l', 'created', 'link'),
    note('far/away', 'created'),
  ]
  expect(shown(notes)).toEqual([
    '/data preopen',
    '  b folder changed',
    '  far folder',
    '    away file 3 created',
    '  new folder created',
    '    f file 3 created',
    '  sub folder removed',
    '  a file 3 changed',
    '  l link created',
    '/ro preopen',
  ])
})

test('bytes are shown eight to a line', () => {
  expect(hexLines(new Uint8Array([0, 65, 255]))).toEqual([`0000  00 41 ff${' '.repeat(15)}  .A.`])
  expect(hexLines(new Uint8Array(1000))).toHaveLength(32)
})

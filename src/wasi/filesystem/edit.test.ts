import { expect, test } from 'vitest'
import type { Dirs } from './dirs.ts'
import { itemAt, nodeAt, withFile, withReadonly } from './edit.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const dirs: Dirs = { '/data': { readonly: true, a: 'A', sub: { b: { base64: 'AP8=' } } }, '/tmp': {} }
const at = (path: string, preopen = '/data') => ({ preopen, path })

test('finds what is at a place', () => {
  expect(nodeAt(dirs, at('a'))).toEqual(bytes('A'))
  expect(nodeAt(dirs, at('sub/b'))).toEqual(new Uint8Array([0, 255]))
  expect(nodeAt(dirs, at(''))).toMatchObject({ readonly: true })
  for (const place of [at('none'), at('a/x'), at('sub/none'), at('', '/none'), at('a', 'toString')]) {
    expect(nodeAt(dirs, place)).toBeUndefined()
  }
})

test('puts files and the folders on the way, and leaves everything else', () => {
  expect(withFile(dirs, at('sub/c/d'), bytes('D'))).toEqual({
    '/data': { readonly: true, a: 'A', sub: { b: { base64: 'AP8=' }, c: { d: 'D' } } },
    '/tmp': {},
  })
  expect(withFile(dirs, at('x', '/tmp'), { entries: new Map() })).toMatchObject({ '/tmp': { x: {} } })
  expect(withFile({}, at('', '/new'), { entries: new Map() })).toEqual({ '/new': {} })
})

test('takes away', () => {
  expect(withFile(dirs, at('sub'), undefined)).toEqual({ '/data': { readonly: true, a: 'A' }, '/tmp': {} })
  expect(withFile(dirs, at('sub/b'), undefined)?.['/data']).toMatchObject({ sub: {} })
  expect(withFile(dirs, at('', '/data'), undefined)).toEqual({ '/tmp': {} })
  expect(withFile(dirs, at('none/x'), undefined)).toEqual(dirs)
})

test('changes nothing where something is in the way', () => {
  expect(withFile(dirs, at('a/x'), bytes(''))).toBeUndefined()
  expect(withFile(dirs, at('readonly'), bytes(''))).toBeUndefined()
  expect(withFile(dirs, at('x', '/none'), bytes(''))).toBeUndefined()
})

test('leaves what is beside the way as it was, and tells a folder from a file with bytes', () => {
  const next = withFile({ ...dirs, '/x': { one: { a: 'A' }, two: {} } }, at('one/b', '/x'), bytes('B'))
  expect(next?.['/data']).toBe(dirs['/data'])
  const folder = withFile({ '/x': { one: { a: 'A', base64: 'text' } } }, at('one/a', '/x'), undefined)
  expect(nodeAt(folder ?? {}, at('one/base64', '/x'))).toEqual(bytes('text'))
  expect(itemAt(dirs, at('sub/b'))).toEqual({ base64: 'AP8=' })
  expect(itemAt(dirs, at('sub/b/base64'))).toBeUndefined()
  expect(itemAt(dirs, at('readonly'))).toBeUndefined()
})

test('marks a preopen read-only, unless a file of that name is there', () => {
  expect(withReadonly(dirs, '/data', false)?.['/data']).not.toHaveProperty('readonly')
  expect(withReadonly(dirs, '/tmp', true)?.['/tmp']).toEqual({ readonly: true })
  expect(withReadonly({ '/': { readonly: 'text' } }, '/', true)).toBeUndefined()
})

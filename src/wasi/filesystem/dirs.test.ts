import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'
import { anyDirs } from '../../project/dirs.fixture.ts'
import { dirsLimits, parseDirs } from './dirs.ts'
import { readDirs, readPreopen, writePreopen } from './tree.ts'

const deep = (depth: number): unknown => {
  let tree: unknown = 'x'
  for (let at = 0; at < depth; at++) tree = { d: tree }
  return { '/': tree }
}
const bulk = (count: number, text: string) => ({
  '/': Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, text])),
})

describe('the directories of a project', () => {
  test('are read as they are, into maps without a prototype', () => {
    const dirs = {
      '/data': { readonly: true, 'a.txt': 'text', sub: { 'b.bin': { base64: 'AAEC' }, readonly: 'file' } },
    }
    const read = parseDirs(dirs)
    expect(read).toEqual({ dirs })
    const given = 'dirs' in read ? read.dirs['/data'] : undefined
    expect(Object.getPrototypeOf(given)).toBe(null)
    expect(Object.getPrototypeOf(given?.['sub'])).toBe(null)
  })

  test.each([
    [[], 'is not an object'],
    ['', 'is not an object'],
    [{ '/': 'a' }, 'has at / no object'],
    [{ '/': { a: 1 } }, 'has at //a neither'],
    [{ '/': { a: null } }, 'has at //a neither'],
    [{ '/': { a: { readonly: true } } }, 'neither a text nor an object'],
    [{ '/': { a: { base64: 'a' } } }, 'has at //a what is not Base64'],
    [{ '/': { 'a/b': '' } }, 'a name that no file can have'],
    [{ '/': { '..': {} } }, 'a name that no file can have'],
    [{ '/': { '': {} } }, 'a name that no file can have'],
    [{ '/': { ['x'.repeat(256)]: '' } }, 'a name that no file can have'],
    [JSON.parse('{"/":{"__proto__":{"a":"b"}}}'), 'a name that no file can have'],
    [JSON.parse('{"__proto__":{"a":"b"}}'), 'has a path that cannot be used'],
    [{ '': {} }, 'has a path that cannot be used'],
    [deep(66), '64 deep'],
    [deep(100_000), '64 deep'],
    [bulk(dirsLimits.entries + 1, ''), 'more than 10000'],
    [bulk(3, 'x'.repeat(6 << 20)), 'more than 16 MiB'],
  ])('are refused: %#', (input, reason) => {
    const read = parseDirs(input)
    expect('problem' in read && read.problem).toContain(reason)
  })

  test('come back from being read and written', () => {
    fc.assert(
      fc.property(anyDirs, (input) => {
        const read = parseDirs(input)
        if ('problem' in read) throw new Error(read.problem)
        for (const preopen of Object.values(read.dirs)) {
          const folder = readPreopen(preopen)
          const written = writePreopen(folder)
          expect(written).toBeDefined()
          if (written) expect(readPreopen(written)).toEqual(folder)
        }
        expect(parseDirs(JSON.parse(JSON.stringify(input)))).toEqual(read)
      }),
    )
  })

  test('are in the order of their names', () => {
    const given = [...readDirs({ '/': { b: '', 10: '', a: '', 9: '' } }).values()]
    expect([...(given[0]?.entries.keys() ?? [])]).toEqual(['10', '9', 'a', 'b'])
  })

  test('cannot be read-only with a file named readonly', () => {
    const entries = new Map([['readonly', new Uint8Array()]])
    expect(writePreopen({ entries, readonly: true })).toBeUndefined()
    expect(writePreopen({ entries, readonly: false })).toEqual({ readonly: '' })
  })
})

test('Base64 is that of the platform', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64')
      expect(toBase64(bytes)).toBe(text)
      expect(fromBase64(text)).toEqual(new Uint8Array(bytes))
    }),
  )
})

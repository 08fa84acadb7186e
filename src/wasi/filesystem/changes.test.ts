import { describe, expect, test } from 'vitest'
import { guest } from './guest.fixture.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const flags = { symlinkFollow: false }

describe('what a run changes', () => {
  const open = () => guest({ '/': { a: 'A', b: 'B', d: { x: 'X', deep: { y: '' } } }, '/z': { readonly: true, q: '' } })

  test('is nothing at first, and after reading', () => {
    const { dir, host } = open()
    const { revision } = host.files
    dir.open('d/x').text()
    dir.open('a', 'read write', 'create')
    expect(host.files.revision).toBe(revision)
    expect(host.files.changes()).toEqual({ changes: [], more: 0 })
  })

  test('is created, changed and removed', () => {
    const { dir, host } = open()
    const { revision } = host.files
    dir.open('a', 'write').write('Z')
    dir.open('new', 'write', 'create').write('N')
    dir.ok('createDirectoryAt', 'm')
    dir.open('m/n', 'write', 'create')
    dir.ok('symlinkAt', 'a', 'l')
    dir.ok('unlinkFileAt', 'b')
    expect(host.files.revision).not.toBe(revision)
    expect(host.files.changes()).toEqual({
      changes: [
        { preopen: '/', path: 'a', change: 'changed', kind: 'file', bytes: bytes('Z') },
        { preopen: '/', path: 'new', change: 'created', kind: 'file', bytes: bytes('N') },
        { preopen: '/', path: 'm', change: 'created', kind: 'directory' },
        { preopen: '/', path: 'l', change: 'created', kind: 'link', target: 'a' },
        { preopen: '/', path: 'b', change: 'removed', kind: 'file' },
        { preopen: '/', path: 'm/n', change: 'created', kind: 'file', bytes: bytes('') },
      ],
      more: 0,
    })
  })

  test('is the topmost of what was removed, and what has another kind', () => {
    const { dir, host } = open()
    dir.ok('unlinkFileAt', 'd/x')
    dir.ok('unlinkFileAt', 'd/deep/y')
    dir.ok('removeDirectoryAt', 'd/deep')
    dir.ok('removeDirectoryAt', 'd')
    dir.ok('unlinkFileAt', 'a')
    dir.ok('createDirectoryAt', 'a')
    const { changes } = host.files.changes()
    expect(changes).toEqual([
      { preopen: '/', path: 'a', change: 'changed', kind: 'directory' },
      { preopen: '/', path: 'd', change: 'removed', kind: 'directory' },
    ])
  })

  test('is nothing where it was undone', () => {
    const { dir, host } = open()
    dir.ok('renameAt', 'a', dir, 'c')
    dir.ok('renameAt', 'c', dir, 'a')
    dir.open('b', 'write').write('B')
    expect(host.files.changes().changes).toEqual([])
  })

  test('is told by each of its names', () => {
    const { dir, host } = open()
    dir.ok('linkAt', flags, 'a', dir, 'same')
    expect(host.files.changes().changes).toEqual([
      { preopen: '/', path: 'same', change: 'created', kind: 'file', bytes: bytes('A') },
    ])
  })

  test('is counted past what is told', () => {
    const { dir, host } = open()
    for (let at = 0; at < 1500; at++) dir.open(`n${at}`, 'write', 'create')
    const { changes, more } = host.files.changes()
    expect([changes.length, more]).toEqual([1000, 500])
  })
})

describe('hostile guests', () => {
  test('make folders in folders of any depth', () => {
    const { dir, host } = guest()
    let at = dir
    for (let depth = 0; depth < 20_000; depth++) {
      at.ok('createDirectoryAt', 'd')
      at = at.open('d')
    }
    const { changes, more } = host.files.changes()
    expect(changes.length + more).toBe(20_000)
    expect(changes.every(({ path }) => path.length <= 4096)).toBe(true)
    expect(dir.err('renameAt', 'd', at, 'd')).toBe('invalid')
    expect(dir.openErr(`${'d/'.repeat(2049)}`)).toBe('name-too-long')
  })

  test('fill all there is, and everything else goes on', () => {
    const { dir } = guest({ '/': { a: 'A' } })
    const file = dir.open('big', 'read write', 'create')
    const stream = file.get('appendViaStream')
    const part = new Uint8Array(4096)
    let failed: unknown
    while (failed === undefined) {
      try {
        stream.ok('blockingWriteAndFlush', part)
      } catch (thrown) {
        failed = thrown instanceof Error ? thrown.cause : thrown
      }
    }
    expect(failed).toMatchObject({ tag: 'last-operation-failed' })
    expect(dir.open('a').text()).toBe('A')
    expect(file.stat()['size']).toBeLessThanOrEqual(BigInt(64 << 20))
  })

  test('build links that lead to each other', () => {
    const { dir } = guest()
    dir.ok('symlinkAt', 'b/c', 'a')
    dir.ok('symlinkAt', 'a/c', 'b')
    dir.ok('symlinkAt', 'x/x/x/x/x/x/x/x', 'x')
    for (const path of ['a', 'b', 'a/c', 'x', 'x/y']) {
      expect(dir.openErr(path)).toBe('loop')
      expect(dir.err('statAt', { symlinkFollow: true }, path)).toBe('loop')
    }
    expect(dir.err('createDirectoryAt', 'x/y')).toBe('loop')
  })

  test('hand in what is no descriptor of theirs', () => {
    const [{ dir }, other] = [guest(), guest()]
    expect(() => dir.ok('renameAt', 'a', other.import('wasi:filesystem/types'), 'b')).toThrow(TypeError)
    expect(() => dir.ok('isSameObject', other.dir)).toThrow(TypeError)
  })
})

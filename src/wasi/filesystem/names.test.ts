import { describe, expect, test } from 'vitest'
import { guest, type Handle } from './guest.fixture.ts'

const flags = { symlinkFollow: false }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const timestamp = (seconds: bigint, nanoseconds = 0) => ({ tag: 'timestamp', val: { seconds, nanoseconds } })

const open = (): Handle => {
  const { dir } = guest({ '/': { a: 'A', b: 'B', d: { x: 'X' }, e: {} } })
  dir.ok('symlinkAt', 'a', 'l')
  dir.ok('symlinkAt', 'e', 'm')
  dir.ok('symlinkAt', 'none', 'n')
  dir.ok('symlinkAt', '..', 'out')
  return dir
}

describe('names', () => {
  test.each([
    ['createDirectoryAt', ['']],
    ['createDirectoryAt', ['none/x']],
    ['symlinkAt', ['', 'x']],
    ['symlinkAt', ['a', 'x/']],
    ['linkAt', [flags, '', '', 'x']],
    ['readlinkAt', ['none']],
    ['removeDirectoryAt', ['none']],
    ['removeDirectoryAt', ['']],
    ['unlinkFileAt', ['none']],
    ['unlinkFileAt', ['']],
  ])('%s %o that are not there: no-entry', (method, args) => {
    const dir = open()
    const all = method === 'linkAt' ? [flags, '', dir, 'x'] : args
    expect(dir.err(method, ...all)).toBe('no-entry')
  })

  test.each([
    ['createDirectoryAt', ['a'], 'exist'],
    ['createDirectoryAt', ['d/'], 'exist'],
    ['createDirectoryAt', ['.'], 'exist'],
    ['createDirectoryAt', ['n'], 'exist'],
    ['createDirectoryAt', ['..'], 'not-permitted'],
    ['createDirectoryAt', ['/'], 'not-permitted'],
    ['createDirectoryAt', ['a/x'], 'not-directory'],
    ['symlinkAt', ['x', 'a'], 'exist'],
    ['symlinkAt', ['x', 'd/'], 'exist'],
    ['symlinkAt', ['x', 'a/'], 'not-directory'],
    ['symlinkAt', ['/x', 'new'], 'not-permitted'],
    ['symlinkAt', ['x\0', 'new'], 'invalid'],
    ['readlinkAt', ['a'], 'invalid'],
    ['readlinkAt', ['d'], 'invalid'],
    ['removeDirectoryAt', ['a'], 'not-directory'],
    ['removeDirectoryAt', ['a/'], 'not-directory'],
    ['removeDirectoryAt', ['m'], 'not-directory'],
    ['removeDirectoryAt', ['m/'], 'not-directory'],
    ['removeDirectoryAt', ['out'], 'not-directory'],
    ['removeDirectoryAt', ['out/'], 'not-permitted'],
    ['removeDirectoryAt', ['d'], 'not-empty'],
    ['removeDirectoryAt', ['.'], 'invalid'],
    ['removeDirectoryAt', ['..'], 'not-permitted'],
    ['unlinkFileAt', ['d'], 'is-directory'],
    ['unlinkFileAt', ['d/'], 'is-directory'],
    ['unlinkFileAt', ['.'], 'is-directory'],
    ['unlinkFileAt', ['..'], 'not-permitted'],
    ['unlinkFileAt', ['a/'], 'not-directory'],
    ['unlinkFileAt', ['m/'], 'not-directory'],
  ])('%s %o: %s', (method, args, code) => expect(open().err(method, ...args)).toBe(code))

  test('are made, read and removed', () => {
    const dir = open()
    dir.ok('createDirectoryAt', 'new/')
    expect(dir.names()).toEqual(['a', 'b', 'd', 'e', 'l', 'm', 'n', 'out', 'new'])
    expect(dir.ok('readlinkAt', 'n')).toBe('none')
    expect(dir.stat('n')).toMatchObject({ type: 'symbolic-link', size: 4n })
    expect(dir.stat('l', true)).toMatchObject({ type: 'regular-file' })
    dir.ok('removeDirectoryAt', 'new///')
    for (const name of ['n', 'l', 'm', 'out', 'a']) dir.ok('unlinkFileAt', name)
    expect(dir.names()).toEqual(['b', 'd', 'e'])
  })

  test('reading a directory is not disturbed by what happens meanwhile', () => {
    const dir = open()
    const stream = dir.get('readDirectory')
    expect(stream.ok('readDirectoryEntry')).toEqual({ type: 'regular-file', name: 'a' })
    dir.ok('unlinkFileAt', 'b')
    dir.ok('createDirectoryAt', 'z')
    expect(stream.ok('readDirectoryEntry')).toEqual({ type: 'regular-file', name: 'b' })
    expect(stream.ok('readDirectoryEntry')).toEqual({ type: 'directory', name: 'd' })
    expect(dir.open('e').names()).toEqual([])
  })
})

describe('hard links', () => {
  test('are names of one object', () => {
    const dir = open()
    const inner = dir.open('d')
    dir.ok('linkAt', flags, 'a', inner, 'same')
    expect(dir.stat('a')).toMatchObject({ linkCount: 2n })
    dir.open('a', 'write').write('Z')
    expect(inner.open('same').text()).toBe('Z')
    expect(dir.open('a').ok('isSameObject', inner.open('same'))).toBe(true)
    expect(dir.open('a').ok('isSameObject', dir.open('b'))).toBe(false)
    expect(dir.ok('metadataHashAt', flags, 'a')).toEqual(inner.ok('metadataHashAt', flags, 'same'))
    dir.ok('unlinkFileAt', 'a')
    expect(dir.stat('d/same')).toMatchObject({ linkCount: 1n })
  })

  test('of links are names of the link', () => {
    const dir = open()
    dir.ok('linkAt', flags, 'n', dir, 'n2')
    expect(dir.ok('readlinkAt', 'n2')).toBe('none')
  })

  test.each([
    ['d', 'x', 'not-permitted'],
    ['.', 'x', 'not-permitted'],
    ['none', 'x', 'no-entry'],
    ['a', 'a', 'exist'],
    ['a', 'd', 'exist'],
    ['a', 'n', 'exist'],
    ['a', '', 'no-entry'],
    ['a', 'x/', 'no-entry'],
    ['a', 'none/x', 'no-entry'],
    ['a', '..', 'not-permitted'],
    ['a', '/x', 'not-permitted'],
    ['/', 'a', 'not-permitted'],
    ['out/foo', 'x', 'not-permitted'],
  ])('%s to %s: %s', (from, to, code) => {
    const dir = open()
    expect(dir.err('linkAt', flags, from, dir, to)).toBe(code)
  })

  test('follow no link', () => {
    const dir = open()
    expect(dir.err('linkAt', { symlinkFollow: true }, 'l', dir, 'x')).toBe('invalid')
  })
})

describe('renaming', () => {
  const rename = (from: string, to: string): Handle => {
    const dir = open()
    dir.ok('renameAt', from, dir, to)
    return dir
  }

  test('moves files, folders and links', () => {
    expect(rename('a', 'd/z').open('d/z').text()).toBe('A')
    expect(rename('d', 'e/d').open('e/d/x').text()).toBe('X')
    expect(rename('d/', 'z/').names()).not.toContain('d')
    expect(rename('l', 'k').ok('readlinkAt', 'k')).toBe('a')
    const dir = open()
    const inner = dir.open('e')
    dir.ok('renameAt', 'a', inner, 'a')
    expect(inner.names()).toEqual(['a'])
  })

  test('replaces files, links and empty folders', () => {
    const dir = open()
    const held = dir.open('b')
    dir.ok('renameAt', 'a', dir, 'b')
    expect(dir.open('b').text()).toBe('A')
    expect(held.text()).toBe('B')
    expect(rename('a', 'n').open('n').text()).toBe('A')
    expect(rename('d', 'e').open('e/x').text()).toBe('X')
  })

  test('to the same object does nothing', () => {
    expect(rename('a', 'a').open('a').text()).toBe('A')
    expect(rename('d', './d/').open('d/x').text()).toBe('X')
    const dir = open()
    dir.ok('linkAt', flags, 'a', dir, 'a2')
    dir.ok('renameAt', 'a', dir, 'a2')
    expect(dir.names()).toEqual(expect.arrayContaining(['a', 'a2']))
  })

  test.each([
    ['none', 'x', 'no-entry'],
    ['', 'x', 'no-entry'],
    ['a', '', 'no-entry'],
    ['a', 'none/x', 'no-entry'],
    ['a', 'd', 'is-directory'],
    ['d', 'a', 'not-directory'],
    ['d', 'l', 'not-directory'],
    ['e', 'd', 'not-empty'],
    ['d', 'd/x/y', 'not-directory'],
    ['d', 'd/y', 'invalid'],
    ['d', 'd/y/..', 'no-entry'],
    ['.', 'x', 'invalid'],
    ['a', '.', 'invalid'],
    ['..', 'x', 'not-permitted'],
    ['a', '../x', 'not-permitted'],
    ['a', 'out/x', 'not-permitted'],
    ['a', '/x', 'not-permitted'],
    ['a/', 'x', 'not-directory'],
    ['a', 'x/', 'not-directory'],
    ['m/', 'x', 'not-directory'],
  ])('%s to %s: %s', (from, to, code) => {
    const dir = open()
    expect(dir.err('renameAt', from, dir, to)).toBe(code)
  })

  test('onto the folder that holds it is refused', () => {
    const dir = open()
    dir.ok('createDirectoryAt', 'd/deep')
    expect(dir.err('renameAt', 'd/deep', dir, 'd')).toBe('not-empty')
  })
})

describe('what has no name any more', () => {
  test('a file stays usable', () => {
    const dir = open()
    const file = dir.open('a', 'read write')
    dir.ok('unlinkFileAt', 'a')
    file.write('still')
    expect(file.text()).toBe('still')
    expect(file.stat()).toMatchObject({ linkCount: 0n, size: 5n })
    expect(dir.openErr('a')).toBe('no-entry')
    dir.open('a', 'write', 'create exclusive').write('other')
    expect(file.text()).toBe('still')
  })

  test('a folder is empty, and nothing can be made in it', () => {
    const dir = open()
    const gone = dir.open('e')
    dir.ok('removeDirectoryAt', 'e')
    expect(gone.names()).toEqual([])
    expect(gone.err('createDirectoryAt', 'x')).toBe('no-entry')
    expect(gone.openErr('x', 'write', 'create')).toBe('no-entry')
    expect(dir.err('renameAt', 'a', gone, 'a')).toBe('no-entry')
    expect(dir.open('a').text()).toBe('A')
    expect(gone.stat('.')).toMatchObject({ type: 'directory' })
  })
})

describe('a read-only preopen', () => {
  const both = () => {
    const { dirs } = guest({ '/ro': { readonly: true, a: 'A', d: {} }, '/rw': { b: 'B' } })
    const [ro, rw] = dirs.map(({ dir }) => dir)
    if (!ro || !rw) throw new Error('no preopens')
    return { ro, rw }
  }

  test('is read', () => {
    const { ro } = both()
    expect(ro.open('a').text()).toBe('A')
    expect(ro.open('d').names()).toEqual([])
  })

  test.each([
    ['createDirectoryAt', ['new']],
    ['symlinkAt', ['a', 'new']],
    ['unlinkFileAt', ['a']],
    ['removeDirectoryAt', ['d']],
    ['setTimes', [{ tag: 'now' }, { tag: 'now' }]],
    ['setTimesAt', [flags, 'a', { tag: 'now' }, { tag: 'now' }]],
    ['openAt', [flags, 'a', {}, { write: true }]],
    ['openAt', [flags, 'a', { truncate: true }, { read: true }]],
    ['openAt', [flags, 'a', { create: true }, { read: true }]],
    ['openAt', [flags, 'new', { create: true }, { read: true }]],
    ['openAt', [flags, 'd', {}, { mutateDirectory: true }]],
  ])('is not changed by %s %o', (method, args) => {
    const { ro } = both()
    expect(ro.err(method, ...args)).toBe('read-only')
    expect(ro.open('d').err('createDirectoryAt', 'x')).toBe('read-only')
    expect(ro.names()).toEqual(['a', 'd'])
  })

  test('does not give its files away, and gets none', () => {
    const { ro, rw } = both()
    expect(ro.err('linkAt', flags, 'a', rw, 'a')).toBe('read-only')
    expect(rw.err('linkAt', flags, 'b', ro, 'b')).toBe('read-only')
    expect(ro.err('renameAt', 'a', rw, 'a')).toBe('read-only')
    expect(rw.err('renameAt', 'b', ro, 'b')).toBe('read-only')
    const file = ro.open('a')
    expect(file.err('write', bytes('x'), 0n)).toBe('read-only')
    expect(file.err('setSize', 0n)).toBe('read-only')
    expect(file.err('appendViaStream')).toBe('read-only')
  })

  test('fails as it would otherwise where it would otherwise fail', () => {
    const { ro } = both()
    expect(ro.err('createDirectoryAt', 'a')).toBe('exist')
    expect(ro.err('unlinkFileAt', 'none')).toBe('no-entry')
    expect(ro.err('renameAt', 'none', ro, 'x')).toBe('no-entry')
  })
})

describe('metadata', () => {
  test('times are those of the simulated clock', () => {
    const { dir, import: get } = guest({ '/': { a: 'A' } }, { clock: { mode: 'auto', start: '2030-01-01T00:00:00Z' } })
    const start = BigInt(Date.parse('2030-01-01T00:00:00Z') / 1000)
    const at = (seconds: bigint) => ({ seconds: start + seconds, nanoseconds: 0 })
    expect(dir.stat('a')).toMatchObject({ dataModificationTimestamp: at(0n), statusChangeTimestamp: at(0n) })
    const later = get('wasi:clocks/monotonic-clock').get('subscribeInstant', 5_000_000_000n)
    later.ok('block')
    dir.open('a').text()
    expect(dir.stat('a')).toMatchObject({ dataAccessTimestamp: at(5n), dataModificationTimestamp: at(0n) })
    dir.open('a', 'write').write('x')
    expect(dir.stat('a')).toMatchObject({ dataModificationTimestamp: at(5n), statusChangeTimestamp: at(5n) })
    expect(dir.stat('.')).toMatchObject({ dataModificationTimestamp: at(0n) })
    dir.ok('createDirectoryAt', 'new')
    expect(dir.stat('.')).toMatchObject({ dataModificationTimestamp: at(5n) })
  })

  test('times can be set', () => {
    const dir = open()
    const before = dir.stat('a')
    dir.ok('setTimesAt', flags, 'a', { tag: 'no-change' }, timestamp(7n, 8))
    expect(dir.stat('a')).toMatchObject({
      dataAccessTimestamp: before['dataAccessTimestamp'],
      dataModificationTimestamp: { seconds: 7n, nanoseconds: 8 },
    })
    dir.open('a').ok('setTimes', timestamp(1n), { tag: 'now' })
    expect(dir.stat('a')).toMatchObject({
      dataAccessTimestamp: { seconds: 1n, nanoseconds: 0 },
      dataModificationTimestamp: before['dataModificationTimestamp'],
    })
    dir.ok('setTimesAt', flags, 'l', timestamp(2n), timestamp(2n))
    expect(dir.stat('a')).toMatchObject({ dataAccessTimestamp: { seconds: 1n } })
    dir.ok('setTimesAt', { symlinkFollow: true }, 'l', timestamp(3n), timestamp(3n))
    expect(dir.stat('a')).toMatchObject({ dataAccessTimestamp: { seconds: 3n } })
    expect(dir.err('setTimesAt', flags, 'a', timestamp(1n, 1_000_000_000), { tag: 'now' })).toBe('invalid')
    expect(dir.err('setTimesAt', flags, 'none', { tag: 'now' }, { tag: 'now' })).toBe('no-entry')
  })

  test('hashes tell objects apart, and by half whether they have changed', () => {
    const dir = open()
    const hash = (path: string): { lower: unknown; upper: unknown } => Object(dir.ok('metadataHashAt', flags, path))
    const before = hash('a')
    expect(hash('a')).toEqual(before)
    expect(dir.open('a').ok('metadataHash')).toEqual(before)
    expect(hash('b').lower).not.toBe(before.lower)
    dir.open('a', 'write').write('x')
    expect(hash('a').lower).toBe(before.lower)
    expect(hash('a').upper).not.toBe(before.upper)
    expect(open().ok('metadataHashAt', flags, 'a')).toEqual(before)
  })
})

import { describe, expect, test } from 'vitest'
import { HostTrap } from '../signals.ts'
import { guest } from './guest.fixture.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const flags = { symlinkFollow: false }

describe('preopens', () => {
  test('are those of the settings, in the order of their paths', () => {
    const { dirs } = guest({ '/z': { 'a.txt': 'A' }, '/a': {}, readonly: { readonly: true } })
    expect(dirs.map(({ path }) => path)).toEqual(['/a', '/z', 'readonly'])
    expect(dirs[1]?.dir.open('a.txt').text()).toBe('A')
    expect(dirs[1]?.dir.ok('getFlags')).toMatchObject({ read: true, mutateDirectory: true, write: false })
    expect(dirs[2]?.dir.ok('getFlags')).toMatchObject({ read: true, mutateDirectory: false })
    expect(guest({}).dirs).toEqual([])
  })

  test('hold the files, folders and bytes of the settings', () => {
    const { dir } = guest({
      '/': { b: { base64: 'AAH/' }, a: 'text', sub: { deep: { x: '' }, base64: { base64: 'aGk=' } } },
    })
    expect(dir.names()).toEqual(['a', 'b', 'sub'])
    expect(dir.open('b').ok('read', 9n, 0n)).toEqual([new Uint8Array([0, 1, 255]), true])
    expect(dir.open('sub/base64').text()).toBe('hi')
    expect(dir.stat('sub/deep/x')).toMatchObject({ type: 'regular-file', size: 0n, linkCount: 1n })
  })

  test('of one path stay apart from those of another', () => {
    const { dirs } = guest({ '/': { data: {} }, '/data': { a: '' } })
    expect(dirs[0]?.dir.open('data').names()).toEqual([])
    expect(dirs[1]?.dir.names()).toEqual(['a'])
  })
})

describe('reading and writing', () => {
  test('by offset', () => {
    const { dir } = guest()
    const file = dir.open('a', 'read write', 'create')
    expect(file.write('hello')).toBe(5n)
    expect(file.write('J', 0n)).toBe(1n)
    expect(file.ok('read', 3n, 1n)).toEqual([bytes('ell'), false])
    expect(file.ok('read', 9n, 1n)).toEqual([bytes('ello'), true])
    expect(file.ok('read', 9n, 5n)).toEqual([new Uint8Array(), true])
    expect(file.ok('read', 9n, 99n)).toEqual([new Uint8Array(), true])
    expect(file.ok('read', 0n, 0n)).toEqual([new Uint8Array(), true])
    file.write('!', 7n)
    expect(file.text()).toBe('Jello\0\0!')
  })

  test('copies what it is given and what it gives', () => {
    const { dir } = guest()
    const file = dir.open('a', 'read write', 'create')
    const given = bytes('abc')
    file.ok('write', given, 0n)
    given.fill(0)
    const [read] = [...Object(file.ok('read', 9n, 0n))]
    read.fill(0)
    expect(file.text()).toBe('abc')
  })

  test('does not write through to the settings', () => {
    const dirs = { '/': { a: { base64: 'aGk=' } } }
    guest(dirs).dir.open('a', 'write').write('no')
    expect(guest(dirs).dir.open('a').text()).toBe('hi')
  })

  test.each([
    ['read', 'write', 'write', [bytes('x'), 0n], 'bad-descriptor'],
    ['read', 'write', 'writeViaStream', [0n], 'bad-descriptor'],
    ['read', 'write', 'appendViaStream', [], 'bad-descriptor'],
    ['read', 'write', 'setSize', [1n], 'invalid'],
    ['write', 'read', 'read', [1n, 0n], 'bad-descriptor'],
    ['write', 'read', 'readViaStream', [0n], 'bad-descriptor'],
  ])('opened for %s does not %s: %s', (asked, _, method, args, code) => {
    expect(
      guest({ '/': { a: 'A' } })
        .dir.open('a', asked)
        .err(method, ...args),
    ).toBe(code)
  })

  test('of directories is refused', () => {
    const { dir } = guest()
    expect(dir.err('read', 1n, 0n)).toBe('is-directory')
    expect(dir.err('readViaStream', 0n)).toBe('is-directory')
    expect(dir.err('write', bytes('x'), 0n)).toBe('bad-descriptor')
    expect(dir.err('setSize', 0n)).toBe('bad-descriptor')
    expect(dir.err('advise', 0n, 0n, 'normal')).toBe('bad-descriptor')
    expect(dir.open('.').ok('sync')).toBeUndefined()
  })

  test('the size can be set', () => {
    const { dir } = guest({ '/': { a: 'hello' } })
    const file = dir.open('a', 'read write')
    file.ok('setSize', 2n)
    file.ok('setSize', 4n)
    expect(file.text()).toBe('he\0\0')
    expect(file.stat()).toMatchObject({ size: 4n })
    file.ok('setSize', 0n)
    expect(file.text()).toBe('')
  })

  test.each([
    ['setSize', [(1n << 64n) - 1n], 'file-too-large'],
    ['setSize', [1n << 39n], 'insufficient-space'],
    ['write', [bytes('x'), (1n << 64n) - 1n], 'file-too-large'],
    ['write', [bytes('x'), 1n << 39n], 'insufficient-space'],
    ['read', [1n, (1n << 64n) - 1n], 'invalid'],
  ])('far out is refused before memory is taken: %s(%s)', (method, args, code) => {
    const file = guest().dir.open('a', 'read write', 'create')
    expect(file.err(method, ...args)).toBe(code)
    expect(file.stat()).toMatchObject({ size: 0n })
  })

  test('has the room of the volume, and gets back what is removed and dropped', () => {
    const { dir } = guest()
    const most = BigInt(64 << 20)
    const file = dir.open('a', 'read write', 'create')
    file.ok('setSize', most)
    const other = dir.open('b', 'read write', 'create')
    expect(other.err('write', bytes('x'), 0n)).toBe('insufficient-space')
    const stream = file.get('readViaStream', 0n)
    dir.ok('unlinkFileAt', 'a')
    file.drop()
    expect(other.err('write', bytes('x'), 0n)).toBe('insufficient-space')
    stream.drop()
    expect(other.write('x')).toBe(1n)
  })
})

describe('streams', () => {
  test('read to the end and keep the file alive', () => {
    const { dir } = guest({ '/': { a: 'hello' } })
    const file = dir.open('a')
    const stream = file.get('readViaStream', 1n)
    file.drop()
    dir.ok('unlinkFileAt', 'a')
    expect(stream.ok('read', 0n)).toEqual(new Uint8Array())
    expect(stream.ok('blockingRead', 2n)).toEqual(bytes('el'))
    expect(stream.ok('skip', 1n)).toBe(1n)
    expect(stream.ok('read', 9n)).toEqual(bytes('o'))
    expect(stream.err('read', 9n)).toEqual({ tag: 'closed' })
  })

  test('write from an offset on, and at the end wherever that is', () => {
    const { dir } = guest({ '/': { a: 'abc' } })
    const file = dir.open('a', 'read write')
    const at = file.get('writeViaStream', 1n)
    const end = file.get('appendViaStream')
    at.ok('blockingWriteAndFlush', bytes('X'))
    end.ok('blockingWriteAndFlush', bytes('1'))
    at.ok('blockingWriteAndFlush', bytes('Y'))
    file.write('+', 4n)
    end.ok('blockingWriteAndFlush', bytes('2'))
    expect(file.text()).toBe('aXY1+2')
  })

  test('tell what failed, and close', () => {
    const { dir, import: get } = guest({ '/': { a: 'abc' } })
    const file = dir.open('a', 'read write')
    const stream = file.get('writeViaStream', 1n << 41n)
    const failed = Object(stream.err('blockingWriteAndFlush', bytes('x')))
    expect(failed).toMatchObject({ tag: 'last-operation-failed' })
    expect(get('wasi:filesystem/types').ok('filesystemErrorCode', failed.val)).toBe('file-too-large')
    expect(stream.err('checkWrite')).toEqual({ tag: 'closed' })
    const reading = file.get('readViaStream', (1n << 64n) - 1n)
    const unread = Object(reading.err('read', 1n))
    expect(get('wasi:filesystem/types').ok('filesystemErrorCode', unread.val)).toBe('invalid')
  })

  test('obey their rules', () => {
    const stream = guest({ '/': { a: '' } })
      .dir.open('a', 'write')
      .get('writeViaStream', 0n)
    expect(() => stream.ok('write', bytes('x'))).toThrow(HostTrap)
  })
})

describe('what open-at does', () => {
  const tree = { '/': { a: 'A', d: { x: '' } } }
  const linked = () => {
    const { dir } = guest(tree)
    dir.ok('symlinkAt', 'a', 'to-a')
    dir.ok('symlinkAt', 'd', 'to-d')
    dir.ok('symlinkAt', 'none', 'to-none')
    return dir
  }

  test.each([
    ['', 'read', '', 'no-entry'],
    ['none', 'read', '', 'no-entry'],
    ['none', 'write', 'truncate', 'no-entry'],
    ['none/', 'write', 'create', 'is-directory'],
    ['none/x', 'write', 'create', 'no-entry'],
    ['a', 'write', 'create exclusive', 'exist'],
    ['d', 'read', 'create exclusive', 'exist'],
    ['d', 'read', 'create', 'is-directory'],
    ['d', 'write', '', 'is-directory'],
    ['d', 'read', 'truncate', 'is-directory'],
    ['.', 'read write', 'directory', 'is-directory'],
    ['a', 'read', 'directory', 'not-directory'],
    ['a/', 'read', '', 'not-directory'],
    ['a///', 'read', '', 'not-directory'],
    ['a/x', 'read', '', 'not-directory'],
    ['a/..', 'read', '', 'not-directory'],
    ['new', 'read', 'directory create', 'invalid'],
    ['d', 'read', 'directory truncate', 'invalid'],
    ['to-none', 'read', '', 'no-entry'],
    ['to-none', 'read', 'create exclusive', 'exist'],
    ['to-a', 'read', 'directory', 'not-directory'],
  ])('%o, %o, %o: %s', (path, flags, how, code) => expect(linked().openErr(path, flags, how)).toBe(code))

  test.each([
    ['to-a', '', 'loop'],
    ['to-d', '', 'loop'],
    ['to-none', '', 'loop'],
    ['to-none', 'create', 'loop'],
    ['to-d', 'directory', 'not-directory'],
  ])('%o with %o, without following: %s', (path, how, code) =>
    expect(linked().openErr(path, 'read', how, false)).toBe(code),
  )

  test('a slash leads through a link', () => {
    expect(linked().open('to-d/', 'read', 'directory', false).names()).toEqual(['x'])
    expect(linked().open('to-d/x', 'read', '', false).text()).toBe('')
  })

  test('creates through a link that leads nowhere', () => {
    const dir = linked()
    dir.open('to-none', 'write', 'create').write('new')
    expect(dir.open('none').text()).toBe('new')
  })

  test('truncates', () => {
    const { dir } = guest(tree)
    const before = dir.open('a')
    dir.open('a', 'read', 'truncate')
    expect(before.text()).toBe('')
  })

  test.each([
    ['a', '', '', { read: true, write: false }],
    ['a', 'write', '', { read: false, write: true }],
    ['a', 'read mutateDirectory', '', { read: true, mutateDirectory: false }],
    ['n', 'read', 'create', { read: true, write: true }],
    ['n', 'write', 'create exclusive', { read: false, write: true }],
    ['d', '', '', { read: true, mutateDirectory: false }],
    ['d', 'mutateDirectory', 'directory', { read: true, mutateDirectory: true, write: false }],
    ['a', 'read fileIntegritySync', '', { fileIntegritySync: true, dataIntegritySync: false }],
  ])('of %o with %o and %o gives the flags %o', (path, flags, how, expected) =>
    expect(guest(tree).dir.open(path, flags, how).ok('getFlags')).toMatchObject(expected),
  )

  test('needs a directory to begin at', () => {
    const file = guest(tree).dir.open('a')
    expect(file.openErr('x')).toBe('not-directory')
    expect(file.err('statAt', flags, '.')).toBe('not-directory')
    expect(file.err('readDirectory')).toBe('not-directory')
  })
})

describe('paths', () => {
  const dir = () => {
    const { dir } = guest({ '/': { d: { n: { f: 'F' } }, f: '' } })
    dir.ok('symlinkAt', '..', 'd/up')
    dir.ok('symlinkAt', '../..', 'd/out')
    dir.ok('symlinkAt', 'self', 'self')
    dir.ok('symlinkAt', 'd/n/', 'n')
    dir.ok('symlinkAt', 'f/', 'f-slash')
    return dir
  }

  test.each(['d/n/f', 'd/.//n/../../d/n/../n///./f', 'd/up/d/n/f', 'n/f', 'd/up/d/up/n/f'])('%s is there', (path) =>
    expect(dir().open(path).text()).toBe('F'),
  )

  test.each([
    ['/', 'not-permitted'],
    ['/d', 'not-permitted'],
    ['..', 'not-permitted'],
    ['../', 'not-permitted'],
    ['d/../../f', 'not-permitted'],
    ['d/n/../../../d', 'not-permitted'],
    ['d/out/f', 'not-permitted'],
    ['d/out', 'not-permitted'],
    ['none/../f', 'no-entry'],
    ['f/../f', 'not-directory'],
    ['f-slash', 'not-directory'],
    ['self', 'loop'],
    ['self/x', 'loop'],
    ['d/n/f\0', 'invalid'],
    ['x'.repeat(256), 'name-too-long'],
    ['ä'.repeat(128), 'name-too-long'],
    [`${'d/../'.repeat(900)}f`, 'name-too-long'],
    ['ä'.repeat(127), 'no-entry'],
  ])('%s: %s', (path, code) => {
    expect(dir().openErr(path)).toBe(code)
    expect(dir().err('statAt', { symlinkFollow: true }, path)).toBe(code)
    expect(dir().err('metadataHashAt', { symlinkFollow: true }, path)).toBe(code)
  })

  test('do not lead out of the directory that they begin at, though the preopen goes on', () => {
    const inner = dir().open('d')
    expect(inner.openErr('../f')).toBe('not-permitted')
    expect(inner.openErr('up')).toBe('not-permitted')
    expect(inner.openErr('up/d/n/f')).toBe('not-permitted')
    for (const method of ['createDirectoryAt', 'removeDirectoryAt', 'unlinkFileAt', 'readlinkAt']) {
      expect(inner.err(method, '../x')).toBe('not-permitted')
      expect(inner.err(method, 'up/x')).toBe('not-permitted')
    }
    expect(inner.err('renameAt', 'n', inner, '../n')).toBe('not-permitted')
    expect(inner.err('linkAt', flags, 'n/f', inner, 'up/f')).toBe('not-permitted')
    expect(inner.err('symlinkAt', 'n', '../n')).toBe('not-permitted')
  })

  test('lead through forty links and no more', () => {
    const { dir } = guest({ '/': { l0: 'end' } })
    for (let at = 1; at <= 41; at++) dir.ok('symlinkAt', `l${at - 1}`, `l${at}`)
    expect(dir.open('l40').text()).toBe('end')
    expect(dir.openErr('l41')).toBe('loop')
  })
})

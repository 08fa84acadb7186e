import { bytes, equal, errOf, fails, failsWith, holds, rulesOf, text } from './check.ts'
import { lostConnection } from './connections.ts'
import { getDirectories } from 'wasi:filesystem/preopens@0.2.12'
import { filesystemErrorCode } from 'wasi:filesystem/types@0.2.12'
import { now } from 'wasi:clocks/wall-clock@0.2.12'
import { subscribeDuration } from 'wasi:clocks/monotonic-clock@0.2.12'

const on = rulesOf('wasi:filesystem/types')
const tree = { 'a.txt': 'Hello', sub: { 'b.txt': 'deep', inner: {} }, empty: {} }
const files = { settings: { dirs: { '/': tree } } }
const readOnly = { settings: { dirs: { '/': { readonly: true, ...tree } } } }

const top = () => getDirectories()[0][0]
const follow = { symlinkFollow: true }
const read = { read: true }
const write = { read: true, write: true }
const change = { read: true, mutateDirectory: true }
const open = (path, flags = read, how = {}, dir = top()) => dir.openAt(follow, path, how, flags)
const create = (path, dir = top()) => dir.openAt(follow, path, { create: true }, write)
const contents = (file) => text(file.read(1000n, 0n)[0])
const names = (dir) => {
  const stream = dir.readDirectory()
  const found = []
  for (let entry = stream.readDirectoryEntry(); entry !== undefined; entry = stream.readDirectoryEntry())
    found.push(entry.name)
  return found.toSorted()
}

const onPreopens = rulesOf('wasi:filesystem/preopens')
onPreopens(
  'get-directories',
  'Return the set of preopened directories, and their paths.',
  () => {
    equal(
      getDirectories().map(([, path]) => path),
      ['/', '/data'],
    )
    equal(names(getDirectories()[1][0]), ['x'])
  },
  { settings: { dirs: { '/': {}, '/data': { x: '' } } } },
)

on(
  'descriptor.read-via-stream',
  'Return a stream for reading from a file, from the offset at which to start reading; it is closed at the end of the file.',
  () => {
    const stream = open('a.txt').readViaStream(1n)
    equal(text(stream.blockingRead(100n)), 'ello')
    failsWith(() => stream.blockingRead(1n), 'closed')
  },
  files,
)
on(
  'descriptor.read-via-stream',
  'Multiple streams may be active on the same open file and they do not interfere with each other.',
  () => {
    const file = open('a.txt')
    const [one, other] = [file.readViaStream(0n), file.readViaStream(3n)]
    equal(
      [one, other, one].map((stream) => text(stream.blockingRead(2n))),
      ['He', 'lo', 'll'],
    )
  },
  files,
)
on(
  'descriptor.write-via-stream',
  'Return a stream for writing to a file, from the offset at which to start writing.',
  () => {
    const file = open('a.txt', write)
    const stream = file.writeViaStream(1n)
    stream.blockingWriteAndFlush(bytes('i!'))
    stream.blockingWriteAndFlush(bytes('?'))
    equal(contents(file), 'Hi!?o')
  },
  files,
)
on(
  'descriptor.append-via-stream',
  'Return a stream for appending to a file: similar to write with O_APPEND in POSIX.',
  () => {
    const file = open('a.txt', write)
    const stream = file.appendViaStream()
    stream.blockingWriteAndFlush(bytes(', '))
    file.write(bytes('Ada'), 7n)
    stream.blockingWriteAndFlush(bytes('!'))
    equal(contents(file), 'Hello, Ada!')
  },
  files,
)
on(
  ['descriptor.write-via-stream', 'descriptor.append-via-stream', 'descriptor.write'],
  'A descriptor without the flag write writes nothing.',
  () => {
    const file = open('a.txt')
    for (const attempt of [
      () => file.writeViaStream(0n),
      () => file.appendViaStream(),
      () => file.write(bytes('x'), 0n),
    ]) {
      holds(typeof errOf(attempt) === 'string', 'no error code')
    }
    equal(contents(file), 'Hello')
  },
  files,
)
on(
  'descriptor.advise',
  'Provide file advisory information on a descriptor.',
  () => {
    for (const advice of ['normal', 'sequential', 'random', 'will-need', 'dont-need', 'no-reuse'])
      open('a.txt').advise(0n, 5n, advice)
  },
  files,
)
on(
  ['descriptor.sync', 'descriptor.sync-data'],
  'This function succeeds with no effect if the file descriptor is not opened for writing.',
  () => {
    for (const file of [open('a.txt'), open('a.txt', write)]) {
      file.sync()
      file.syncData()
    }
  },
  files,
)
on(
  'descriptor.get-flags',
  'Get flags associated with a descriptor: those that it was opened with.',
  () => {
    const set = (flags) =>
      Object.keys(flags)
        .filter((name) => flags[name])
        .toSorted()
    equal(set(open('a.txt').getFlags()), ['read'])
    equal(set(open('a.txt', write).getFlags()), ['read', 'write'])
    equal(set(open('sub', change, { directory: true }).getFlags()), ['mutateDirectory', 'read'])
  },
  files,
)
on(
  'descriptor.get-type',
  'Get the dynamic type of a descriptor: the same value as the type field of stat.',
  () => {
    equal([open('a.txt').getType(), open('sub').getType()], ['regular-file', 'directory'])
    equal(open('sub').stat().type, 'directory')
  },
  files,
)
on(
  'descriptor.set-size',
  "If this increases the file's size, the extra bytes are filled with zeros.",
  () => {
    const file = open('a.txt', write)
    file.setSize(2n)
    equal(contents(file), 'He')
    file.setSize(4n)
    equal(contents(file), 'He\u0000\u0000')
    equal(file.stat().size, 4n)
  },
  files,
)
on(
  'descriptor.set-size',
  'A size that no disk has room for is an error: the host stays.',
  () => {
    holds(typeof errOf(() => open('a.txt', write).setSize((1n << 64n) - 1n)) === 'string', 'no error code')
    equal(contents(open('a.txt')), 'Hello')
  },
  files,
)
const moment = (seconds) => ({ tag: 'timestamp', val: { seconds, nanoseconds: 5 } })
on(
  'descriptor.set-times',
  'Adjust the timestamps of an open file or directory: no-change, now, and the given value.',
  () => {
    const file = open('a.txt', write)
    file.setTimes(moment(77n), moment(88n))
    equal(file.stat().dataAccessTimestamp, { seconds: 77n, nanoseconds: 5 })
    equal(file.stat().dataModificationTimestamp, { seconds: 88n, nanoseconds: 5 })
    file.setTimes({ tag: 'no-change' }, { tag: 'now' })
    equal(file.stat().dataAccessTimestamp, { seconds: 77n, nanoseconds: 5 })
    holds(file.stat().dataModificationTimestamp.seconds > 1_000_000_000n, 'not now')
  },
  files,
)
on(
  'descriptor.set-times-at',
  'Adjust the timestamps of a file or directory, of a symbolic link itself where it is not followed.',
  () => {
    const dir = top()
    dir.setTimesAt(follow, 'sub/b.txt', moment(7n), moment(8n))
    equal(open('sub/b.txt').stat().dataModificationTimestamp, { seconds: 8n, nanoseconds: 5 })
    dir.symlinkAt('a.txt', 'link')
    const before = dir.statAt({}, 'a.txt').dataModificationTimestamp
    dir.setTimesAt({}, 'link', moment(7n), moment(9n))
    equal(dir.statAt({}, 'a.txt').dataModificationTimestamp, before)
    equal(dir.statAt({}, 'link').dataModificationTimestamp, { seconds: 9n, nanoseconds: 5 })
    fails(() => dir.setTimesAt(follow, 'none', moment(1n), moment(1n)), 'no-entry')
  },
  files,
)
on(
  'descriptor.read',
  'Returns the data that was read, along with a bool which, when true, indicates that the end of the file was reached.',
  () => {
    const file = open('a.txt')
    equal(file.read(3n, 1n), [bytes('ell'), false])
    const [rest, end] = file.read(100n, 3n)
    equal([text(rest), end], ['lo', true])
    equal(file.read(10n, 1n << 60n), [[], true])
  },
  files,
)
on(
  'descriptor.write',
  'It is valid to write past the end of a file; … with bytes between the previous end and the start of the write set to zero.',
  () => {
    const file = open('a.txt', write)
    equal(file.write(bytes('!'), 7n), 1n)
    equal(contents(file), 'Hello\u0000\u0000!')
  },
  files,
)
on(
  'descriptor.write',
  'An offset that no disk has room for is an error: the host stays.',
  () => {
    holds(typeof errOf(() => open('a.txt', write).write(bytes('x'), 1n << 62n)) === 'string', 'no error code')
  },
  files,
)
on(
  ['descriptor.read-directory', 'directory-entry-stream.read-directory-entry'],
  'Entries referring to themselves and their parents are omitted; each entry has its name and type; then there is none.',
  () => {
    equal(names(top()), ['a.txt', 'empty', 'sub'])
    const stream = open('sub').readDirectory()
    const found = [stream.readDirectoryEntry(), stream.readDirectoryEntry()].toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )
    equal(found, [
      { type: 'regular-file', name: 'b.txt' },
      { type: 'directory', name: 'inner' },
    ])
    equal([stream.readDirectoryEntry(), stream.readDirectoryEntry()], [undefined, undefined])
  },
  files,
)
on(
  'descriptor.read-directory',
  'This always returns a new stream which starts at the beginning of the directory. Multiple streams … do not interfere with each other.',
  () => {
    const dir = top()
    const one = dir.readDirectory()
    const first = one.readDirectoryEntry()
    equal(dir.readDirectory().readDirectoryEntry(), first)
    holds(one.readDirectoryEntry().name !== first.name, 'it began again')
  },
  files,
)
on(
  'descriptor.read-directory',
  'A file has no entries.',
  () => fails(() => open('a.txt').readDirectory(), 'not-directory'),
  files,
)
on(
  'descriptor.create-directory-at',
  'Create a directory. exist: the path exists; no-entry: its parent does not; not-directory: that is none.',
  () => {
    const dir = top()
    dir.createDirectoryAt('empty/new')
    equal(dir.statAt({}, 'empty/new').type, 'directory')
    fails(() => dir.createDirectoryAt('empty/new'), 'exist')
    fails(() => dir.createDirectoryAt('a.txt'), 'exist')
    fails(() => dir.createDirectoryAt('none/new'), 'no-entry')
    fails(() => dir.createDirectoryAt('a.txt/new'), 'not-directory')
  },
  files,
)
on(
  ['descriptor.stat', 'descriptor.stat-at'],
  'The attributes: type, number of hard links, for regular files the size in bytes.',
  () => {
    const { type, size, linkCount } = open('a.txt').stat()
    equal([type, size, linkCount], ['regular-file', 5n, 1n])
    equal(top().statAt({}, 'a.txt'), open('a.txt').stat())
    fails(() => top().statAt({}, 'none'), 'no-entry')
    fails(() => top().statAt({}, 'a.txt/x'), 'not-directory')
  },
  files,
)
on(
  'descriptor.stat',
  'Timestamps come from the clock of the world: a modification is later than what was before.',
  () => {
    const file = open('a.txt', write)
    const before = file.stat().dataModificationTimestamp
    subscribeDuration(5_000_000_000n).block()
    file.write(bytes('x'), 0n)
    const after = file.stat().dataModificationTimestamp
    holds(after.seconds >= before.seconds + 5n, 'it did not change')
    holds(after.seconds <= now().seconds, 'it is in the future')
  },
  files,
)
on(
  'descriptor.stat-at',
  'For symbolic links, the size is the length in bytes of the pathname contained in the symbolic link; symlink-follow expands it.',
  () => {
    const dir = top()
    dir.symlinkAt('sub/b.txt', 'link')
    equal([dir.statAt({}, 'link').type, dir.statAt({}, 'link').size], ['symbolic-link', 9n])
    equal([dir.statAt(follow, 'link').type, dir.statAt(follow, 'link').size], ['regular-file', 4n])
  },
  files,
)
on(
  'descriptor.link-at',
  'Create a hard link: one file with two names.',
  () => {
    const dir = top()
    dir.linkAt({}, 'a.txt', open('sub', change, { directory: true }), 'c.txt')
    open('sub/c.txt', write).write(bytes('J'), 0n)
    equal([contents(open('a.txt')), open('a.txt').stat().linkCount], ['Jello', 2n])
    dir.unlinkFileAt('a.txt')
    equal([contents(open('sub/c.txt')), open('sub/c.txt').stat().linkCount], ['Jello', 1n])
  },
  files,
)
on(
  'descriptor.link-at',
  'Fails with no-entry if the old path does not exist, with exist if the new path already exists, and not-permitted if the old path is not a file.',
  () => {
    const dir = top()
    fails(() => dir.linkAt({}, 'none', dir, 'new'), 'no-entry')
    fails(() => dir.linkAt({}, 'a.txt', dir, 'sub/b.txt'), 'exist')
    fails(() => dir.linkAt({}, 'sub', dir, 'new'), 'not-permitted')
  },
  files,
)

on(
  'descriptor.open-at',
  'create: Create file if it does not exist. exclusive: Fail if file already exists.',
  () => {
    const dir = top()
    fails(() => open('new.txt'), 'no-entry')
    create('new.txt').write(bytes('x'), 0n)
    equal(contents(create('new.txt')), 'x')
    fails(() => dir.openAt(follow, 'new.txt', { create: true, exclusive: true }, write), 'exist')
    dir.openAt(follow, 'newer.txt', { create: true, exclusive: true }, write)
    fails(() => create('none/new.txt'), 'no-entry')
  },
  files,
)
on(
  'descriptor.open-at',
  'directory: Fail if not a directory.',
  () => {
    fails(() => open('a.txt', read, { directory: true }), 'not-directory')
    equal(open('sub', read, { directory: true }).getType(), 'directory')
  },
  files,
)
on(
  'descriptor.open-at',
  'truncate: Truncate file to size 0.',
  () => {
    equal(open('a.txt', write, { truncate: true }).stat().size, 0n)
  },
  files,
)
on(
  'descriptor.open-at',
  'A directory cannot be opened for writing: similar to openat in POSIX.',
  () => fails(() => open('sub', write), 'is-directory'),
  files,
)
on(
  'descriptor.open-at',
  'A path that goes through a file, or ends in a slash after one, fails with not-directory.',
  () => {
    fails(() => open('a.txt/'), 'not-directory')
    fails(() => open('a.txt/x'), 'not-directory')
    fails(() => open('a.txt/..'), 'not-directory')
    equal(open('sub/').getType(), 'directory')
  },
  files,
)
on(
  'descriptor.open-at',
  'A name longer than a file system has them fails with name-too-long.',
  () => {
    fails(() => open('x'.repeat(256)), 'name-too-long')
  },
  files,
)
on(
  'descriptor.open-at',
  "If flags contains write or mutate-directory, or open-flags contains truncate or create, and the base descriptor doesn't have mutate-directory set, open-at fails with read-only.",
  () => {
    const sub = open('sub', read, { directory: true })
    fails(() => sub.openAt(follow, 'b.txt', {}, write), 'read-only')
    fails(() => sub.openAt(follow, 'inner', {}, change), 'read-only')
    fails(() => sub.openAt(follow, 'b.txt', { truncate: true }, read), 'read-only')
    fails(() => sub.openAt(follow, 'new', { create: true }, read), 'read-only')
    equal(contents(sub.openAt(follow, 'b.txt', {}, read)), 'deep')
  },
  {
    ...files,
    differs:
      'a directory that is opened within a preopen may be changed as the preopen may be: programs of preview1 never ask for mutate-directory, since its adapter does not',
  },
)
on(
  'descriptor.open-at',
  'If flags contains write or mutate-directory, or open-flags contains truncate or create, … open-at fails with read-only. (a preopen without mutate-directory)',
  () => {
    fails(() => open('a.txt', write), 'read-only')
    fails(() => open('sub', change, { directory: true }), 'read-only')
    fails(() => open('a.txt', read, { truncate: true }), 'read-only')
    fails(() => open('new', read, { create: true }), 'read-only')
    equal(contents(open('sub/b.txt')), 'deep')
  },
  readOnly,
)
const changes = [
  ['create-directory-at', (dir) => dir.createDirectoryAt('new')],
  ['remove-directory-at', (dir) => dir.removeDirectoryAt('empty')],
  ['unlink-file-at', (dir) => dir.unlinkFileAt('a.txt')],
  ['rename-at', (dir) => dir.renameAt('a.txt', dir, 'b')],
  ['link-at', (dir) => dir.linkAt({}, 'a.txt', dir, 'b')],
  ['symlink-at', (dir) => dir.symlinkAt('a.txt', 'b')],
  ['set-times-at', (dir) => dir.setTimesAt({}, 'a.txt', { tag: 'now' }, { tag: 'now' })],
] as const
for (const [name, attempt] of changes) {
  on(
    `descriptor.${name}`,
    'When mutate-directory is unset on a descriptor, operations which would create, rename, delete, modify the data or metadata of filesystem objects shall fail with read-only.',
    () => {
      const before = names(top())
      fails(() => attempt(top()), 'read-only')
      equal(names(top()), before)
    },
    readOnly,
  )
}

on(
  'descriptor.open-at',
  'If a path argument starts with /, the function fails with not-permitted.',
  () => {
    fails(() => open('/a.txt'), 'not-permitted')
    fails(() => open('/'), 'not-permitted')
  },
  files,
)
const escapes = [
  ['open-at', (path) => open(path)],
  ['stat-at', (path) => top().statAt({}, path)],
  ['set-times-at', (path) => top().setTimesAt({}, path, { tag: 'now' }, { tag: 'now' })],
  ['create-directory-at', (path) => top().createDirectoryAt(path)],
  ['remove-directory-at', (path) => top().removeDirectoryAt(path)],
  ['unlink-file-at', (path) => top().unlinkFileAt(path)],
  ['readlink-at', (path) => top().readlinkAt(path)],
  ['rename-at', (path) => top().renameAt(path, top(), 'x')],
  ['rename-at', (path) => top().renameAt('a.txt', top(), path)],
  ['link-at', (path) => top().linkAt({}, 'a.txt', top(), path)],
  ['symlink-at', (path) => top().symlinkAt('a.txt', path)],
  ['metadata-hash-at', (path) => top().metadataHashAt({}, path)],
] as const
const outside = { settings: { dirs: { '/in': tree, '/secret': { 'key.txt': 'secret' } } } }
for (const [name, attempt] of escapes) {
  on(
    `descriptor.${name}`,
    'If any step of resolving a path, including .. and symbolic link steps, reaches a directory outside of the base directory, the function fails with not-permitted.',
    () => {
      for (const path of [
        '../secret/key.txt',
        'sub/../../secret/key.txt',
        '..',
        '/secret/key.txt',
        'sub/inner/../../../x',
      ]) {
        fails(() => attempt(path), 'not-permitted', path)
      }
    },
    outside,
  )
}
on(
  'descriptor.open-at',
  'A path that goes up within the base directory is resolved; . and repeated slashes are nothing.',
  () => {
    equal(contents(open('sub/../a.txt')), 'Hello')
    equal(contents(open('./sub//inner/.././b.txt')), 'deep')
  },
  files,
)
on(
  ['descriptor.open-at', 'descriptor.symlink-at'],
  'A symbolic link that leads out of the base directory is not followed: not-permitted.',
  () => {
    top().symlinkAt('../secret/key.txt', 'sub/up')
    top().symlinkAt('../../secret', 'sub/out')
    fails(() => open('sub/out/key.txt'), 'not-permitted')
    fails(() => top().statAt(follow, 'sub/out'), 'not-permitted')
    fails(() => open('sub/up'), 'no-entry')
  },
  outside,
)
on(
  'descriptor.open-at',
  'A base directory below the top is a limit too.',
  () => {
    const sub = open('sub', change, { directory: true })
    fails(() => sub.openAt(follow, '../a.txt', {}, read), 'not-permitted')
    top().symlinkAt('../a.txt', 'sub/up')
    equal(contents(open('sub/up')), 'Hello')
    fails(() => sub.openAt(follow, 'up', {}, read), 'not-permitted')
  },
  files,
)
on(
  'descriptor.open-at',
  'Symbolic links are followed in the middle of a path, and at its end with symlink-follow; without it a link at the end fails with loop.',
  () => {
    top().symlinkAt('sub', 'way')
    top().symlinkAt('way/b.txt', 'link')
    equal(contents(top().openAt({}, 'way/b.txt', {}, read)), 'deep')
    equal(contents(open('link')), 'deep')
    fails(() => top().openAt({}, 'link', {}, read), 'loop')
  },
  files,
)
on(
  'descriptor.open-at',
  'loop: Too many levels of symbolic links.',
  () => {
    top().symlinkAt('two', 'one')
    top().symlinkAt('one', 'two')
    top().symlinkAt('self/self', 'self')
    fails(() => open('one'), 'loop')
    fails(() => open('self'), 'loop')
    fails(() => top().statAt(follow, 'one/x'), 'loop')
  },
  files,
)
on(
  'descriptor.symlink-at',
  'If old-path starts with /, the function fails with not-permitted.',
  () => {
    fails(() => top().symlinkAt('/a.txt', 'link'), 'not-permitted')
  },
  files,
)
on(
  ['descriptor.symlink-at', 'descriptor.readlink-at'],
  'The contents of the symbolic link are read back, whether there is anything there or not; exist: there is something by that name.',
  () => {
    top().symlinkAt('nowhere/ä', 'link')
    equal(top().readlinkAt('link'), 'nowhere/ä')
    fails(() => top().symlinkAt('x', 'link'), 'exist')
    fails(() => open('link'), 'no-entry')
  },
  files,
)
on(
  'descriptor.readlink-at',
  'What is no symbolic link has no contents of one: invalid; no-entry where there is nothing.',
  () => {
    fails(() => top().readlinkAt('a.txt'), 'invalid')
    fails(() => top().readlinkAt('none'), 'no-entry')
  },
  files,
)
on(
  'descriptor.remove-directory-at',
  'Return not-empty if the directory is not empty; not-directory for what is none; no-entry for what is not there.',
  () => {
    const dir = top()
    fails(() => dir.removeDirectoryAt('sub'), 'not-empty')
    fails(() => dir.removeDirectoryAt('a.txt'), 'not-directory')
    fails(() => dir.removeDirectoryAt('none'), 'no-entry')
    dir.removeDirectoryAt('empty')
    equal(names(dir), ['a.txt', 'sub'])
  },
  files,
)
on(
  'descriptor.unlink-file-at',
  'Return is-directory if the path refers to a directory; a symbolic link is unlinked itself.',
  () => {
    const dir = top()
    fails(() => dir.unlinkFileAt('sub'), 'is-directory')
    fails(() => dir.unlinkFileAt('none'), 'no-entry')
    dir.symlinkAt('a.txt', 'link')
    dir.unlinkFileAt('link')
    equal(names(dir), ['a.txt', 'empty', 'sub'])
    dir.unlinkFileAt('a.txt')
    equal(names(dir), ['empty', 'sub'])
  },
  files,
)
on(
  'descriptor.unlink-file-at',
  'A file that is open lives on until it is closed, as in POSIX.',
  () => {
    const file = open('a.txt')
    top().unlinkFileAt('a.txt')
    equal([contents(file), file.stat().linkCount], ['Hello', 0n])
  },
  files,
)
on(
  'descriptor.rename-at',
  'Rename a filesystem object, into another directory too; what was there is replaced, as with renameat in POSIX.',
  () => {
    const dir = top()
    dir.renameAt('a.txt', open('sub', change, { directory: true }), 'b.txt')
    equal(contents(open('sub/b.txt')), 'Hello')
    fails(() => open('a.txt'), 'no-entry')
    dir.renameAt('sub', dir, 'empty')
    equal(names(open('empty')), ['b.txt', 'inner'])
  },
  files,
)
const renames = [
  ['none', 'x', 'no-entry'],
  ['a.txt', 'sub', 'is-directory'],
  ['sub', 'a.txt', 'not-directory'],
  ['empty', 'sub', 'not-empty'],
  ['sub', 'sub/inner/x', 'invalid'],
  ['a.txt', 'none/x', 'no-entry'],
] as const
for (const [from, to, code] of renames) {
  on(
    'descriptor.rename-at',
    `Similar to renameat in POSIX: ${from} to ${to} is ${code}.`,
    () => fails(() => top().renameAt(from, top(), to), code),
    files,
  )
}
on(
  'descriptor.rename-at',
  'Two names of one file: rename does nothing, as in POSIX.',
  () => {
    const dir = top()
    dir.linkAt({}, 'a.txt', dir, 'b.txt')
    dir.renameAt('a.txt', dir, 'b.txt')
    equal(contents(open('b.txt')), 'Hello')
    dir.renameAt('b.txt', dir, 'b.txt')
    equal(contents(open('b.txt')), 'Hello')
  },
  files,
)
on(
  'descriptor.is-same-object',
  'Test whether two descriptors refer to the same filesystem object.',
  () => {
    const dir = top()
    dir.linkAt({}, 'a.txt', dir, 'b.txt')
    const file = open('a.txt')
    equal(
      [
        file.isSameObject(open('b.txt')),
        file.isSameObject(file),
        file.isSameObject(open('sub/b.txt')),
        dir.isSameObject(open('.')),
      ],
      [true, true, false, true],
    )
  },
  files,
)
on(
  ['descriptor.metadata-hash', 'descriptor.metadata-hash-at'],
  'If the file is not modified or replaced, the hash should not change; otherwise it should. metadata-hash-at performs the same hash computation.',
  () => {
    const file = open('a.txt', write)
    const before = file.metadataHash()
    equal(file.metadataHash(), before)
    equal(top().metadataHashAt({}, 'a.txt'), before)
    subscribeDuration(1_000_000n).block()
    file.write(bytes('more'), 5n)
    const { lower, upper } = file.metadataHash()
    holds(lower !== before.lower || upper !== before.upper, 'it did not change')
    fails(() => top().metadataHashAt({}, 'none'), 'no-entry')
  },
  files,
)
on(
  'filesystem-error-code',
  "This payload can be passed through to this function to see if there's filesystem-related information about the error.",
  () => {
    const stream = open('a.txt', write).writeViaStream((1n << 64n) - 8n)
    const failure = errOf(() => stream.blockingWriteAndFlush(bytes('far beyond every end')))
    equal(failure.tag, 'last-operation-failed')
    holds(filesystemErrorCode(failure.val) !== undefined, 'no code')
  },
  files,
)
on(
  'filesystem-error-code',
  'This function is fallible because not all stream-related errors are filesystem-related errors.',
  () => {
    const failure = errOf(() => lostConnection().client.output.checkWrite())
    equal(filesystemErrorCode(failure.val), undefined)
  },
)

// The error codes, each as its namesake in POSIX.
on(
  ['descriptor.read', 'descriptor.read-via-stream', 'descriptor.write', 'descriptor.write-via-stream'],
  'bad-descriptor: bad descriptor, similar to EBADF in POSIX.',
  () => {
    const dir = top()
    const reader = open('a.txt')
    const writer = dir.openAt(follow, 'a.txt', {}, { write: true })
    fails(() => writer.read(1n, 0n), 'bad-descriptor')
    fails(() => writer.readViaStream(0n), 'bad-descriptor')
    fails(() => reader.write(bytes('x'), 0n), 'bad-descriptor')
    fails(() => reader.writeViaStream(0n), 'bad-descriptor')
    fails(() => reader.appendViaStream(), 'bad-descriptor')
    fails(() => dir.write(bytes('x'), 0n), 'bad-descriptor')
  },
  files,
)
on(
  ['descriptor.read', 'descriptor.open-at', 'descriptor.unlink-file-at', 'descriptor.rename-at'],
  'is-directory: is a directory, similar to EISDIR in POSIX.',
  () => {
    const dir = top()
    fails(() => open('sub').read(1n, 0n), 'is-directory')
    fails(() => open('sub', write), 'is-directory')
    fails(() => open('sub', read, { truncate: true }), 'is-directory')
    fails(() => dir.unlinkFileAt('sub'), 'is-directory')
    fails(() => dir.renameAt('a.txt', dir, 'empty'), 'is-directory')
    fails(() => dir.openAt(follow, 'new/', { create: true }, write), 'is-directory')
  },
  files,
)
on(
  ['descriptor.open-at', 'descriptor.stat-at', 'descriptor.read-directory', 'descriptor.remove-directory-at'],
  'not-directory: not a directory or a symbolic link to a directory, similar to ENOTDIR in POSIX.',
  () => {
    const dir = top()
    const file = open('a.txt')
    fails(() => open('a.txt/x'), 'not-directory')
    fails(() => open('a.txt/'), 'not-directory')
    fails(() => open('a.txt', read, { directory: true }), 'not-directory')
    fails(() => open('x', read, {}, file), 'not-directory')
    fails(() => dir.statAt({}, 'a.txt/..'), 'not-directory')
    fails(() => file.readDirectory(), 'not-directory')
    fails(() => file.createDirectoryAt('x'), 'not-directory')
    fails(() => dir.removeDirectoryAt('a.txt'), 'not-directory')
    fails(() => dir.renameAt('sub', dir, 'a.txt'), 'not-directory')
  },
  files,
)
on(
  ['descriptor.set-size', 'descriptor.write'],
  'file-too-large: file too large, similar to EFBIG in POSIX; insufficient-space: no space left on device, similar to ENOSPC.',
  () => {
    const file = create('large.bin')
    fails(() => file.setSize(1n << 62n), 'file-too-large')
    fails(() => file.write(bytes('x'), 1n << 62n), 'file-too-large')
    // A hole takes no room on a disk, and the one of a run is small.
    fails(() => file.setSize(1n << 39n), 'insufficient-space')
    equal(file.stat().size, 0n)
  },
  files,
)
on(
  ['descriptor.open-at', 'descriptor.create-directory-at', 'descriptor.symlink-at', 'descriptor.link-at'],
  'exist: file exists, similar to EEXIST in POSIX.',
  () => {
    const dir = top()
    dir.symlinkAt('nowhere', 'dangling')
    for (const name of ['a.txt', 'sub', 'dangling']) {
      fails(() => dir.openAt({}, name, { create: true, exclusive: true }, write), 'exist', name)
      fails(() => dir.createDirectoryAt(name), 'exist', name)
      fails(() => dir.symlinkAt('x', name), 'exist', name)
      fails(() => dir.linkAt({}, 'a.txt', dir, name), 'exist', name)
    }
  },
  files,
)
on(
  ['descriptor.open-at', 'descriptor.rename-at', 'descriptor.link-at', 'descriptor.set-size'],
  'invalid: invalid argument, similar to EINVAL in POSIX.',
  () => {
    const dir = top()
    fails(() => open('sub', read, { directory: true, create: true }), 'invalid')
    fails(() => dir.renameAt('sub', dir, 'sub/inner/x'), 'invalid')
    // POSIX, rmdir() and rename(): the last component is dot.
    fails(() => dir.removeDirectoryAt('sub/.'), 'invalid')
    fails(() => open('a.txt').setSize(0n), 'invalid')
  },
  files,
)
on(
  ['descriptor.remove-directory-at', 'descriptor.rename-at'],
  'not-empty: directory not empty, similar to ENOTEMPTY in POSIX.',
  () => {
    const dir = top()
    fails(() => dir.removeDirectoryAt('sub'), 'not-empty')
    fails(() => dir.renameAt('empty', dir, 'sub'), 'not-empty')
    dir.renameAt('sub', dir, 'empty')
    equal(names(open('empty')), ['b.txt', 'inner'])
  },
  files,
)
on(
  ['descriptor.open-at', 'descriptor.stat-at', 'descriptor.set-times-at'],
  'loop: too many levels of symbolic links, similar to ELOOP in POSIX.',
  () => {
    const dir = top()
    dir.symlinkAt('two', 'one')
    dir.symlinkAt('one', 'two')
    fails(() => open('one'), 'loop')
    fails(() => open('one/x'), 'loop')
    fails(() => dir.statAt(follow, 'two'), 'loop')
    fails(() => dir.setTimesAt(follow, 'two', { tag: 'now' }, { tag: 'now' }), 'loop')
    fails(() => dir.openAt({}, 'one', {}, read), 'loop')
    equal(dir.statAt({}, 'one').type, 'symbolic-link')
  },
  files,
)
on(
  ['descriptor.symlink-at', 'descriptor.open-at', 'descriptor.rename-at'],
  'not-permitted: operation not permitted, similar to EPERM in POSIX; no path leads out of a preopened directory.',
  () => {
    const dir = top()
    fails(() => dir.symlinkAt('/etc', 'absolute'), 'not-permitted')
    for (const path of ['..', '../a.txt', 'sub/../../a.txt', '/a.txt', 'sub/inner/../../..'])
      fails(() => open(path), 'not-permitted', path)
    dir.symlinkAt('../..', 'up')
    fails(() => open('up/a.txt'), 'not-permitted')
    fails(() => dir.renameAt('a.txt', dir, '../a.txt'), 'not-permitted')
    // Within it `..` is a name like others.
    equal(contents(open('sub/inner/../../a.txt')), 'Hello')
  },
  files,
)

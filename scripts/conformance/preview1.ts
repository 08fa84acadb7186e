import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Workshop } from '../../src/toolchain/engines/quickjs/testing/component.ts'
import { root } from '../setup.mjs'
import type { Check, Expectation, Settings } from './check.ts'
import { loadCommand } from './components.ts'
import { type Argument, type Errno, Program, scratch } from './preview1-program.ts'

interface Preview1 extends Expectation {
  readonly of: readonly string[]
  readonly says: string
  readonly settings?: Settings
  readonly write: (program: Program) => Program
}

const adapter = join(root, 'node_modules/@bytecodealliance/jco/lib/wasi_snapshot_preview1.command.wasm')
const tree = { 'a.txt': 'Hello', sub: { 'b.txt': 'deep' }, empty: {} }
const files = { dirs: { '/': tree } } satisfies Settings
const readOnly = { dirs: { '/': { readonly: true, ...tree } } } satisfies Settings
const descriptor = (name: string): string => `wasi:filesystem/types#[method]descriptor.${name}`

/** The first preopen, and the rights and the flags that the programs ask for. */
const top = 3
const readRight = 1n << 1n
const writeRight = 1n << 6n
const follow = 1
const create = 1
const directory = 2
const exclusive = 4
const truncate = 8
const fd: Argument = { at: scratch }

interface Opening {
  readonly how?: number
  readonly rights?: bigint
  readonly flags?: number
  readonly look?: number
  readonly gives?: Errno | readonly Errno[]
}

const open = (
  program: Program,
  path: string,
  { how = 0, rights = readRight, flags = 0, look = follow, gives }: Opening = {},
) => program.call('path_open', [top, look, ...program.text(path), how, rights, 0n, flags, scratch], gives)

const programs: readonly Preview1[] = [
  {
    of: ['wasi:cli/run#run'],
    says: 'A program that returns from _start has succeeded.',
    write: (program) => program.call('sched_yield', []),
  },
  {
    of: ['wasi:cli/exit#exit'],
    says: 'proc_exit(0) ends the program with success.',
    exits: 0,
    write: (program) => program.call('proc_exit', [0]).wat('unreachable'),
  },
  {
    of: ['wasi:cli/exit#exit'],
    says: 'proc_exit with another code ends the program with failure.',
    exits: 1,
    write: (program) => program.call('proc_exit', [3]).wat('unreachable'),
  },
  {
    of: ['wasi:cli/environment#get-arguments'],
    says: 'args_sizes_get and args_get give the arguments, each with a zero at its end.',
    settings: { args: ['prog', 'ä'] },
    write: (program) =>
      program
        .call('args_sizes_get', [scratch, scratch + 4])
        .holds(scratch, 2)
        .holds(scratch + 4, 8)
        .call('args_get', [scratch, scratch + 64])
        .holds(scratch + 4, scratch + 69)
        .holdsText(scratch + 64, 'prog\0ä\0'),
  },
  {
    of: ['wasi:cli/environment#get-environment'],
    says: 'environ_sizes_get and environ_get give name=value, each with a zero at its end.',
    settings: { env: { A: '1', B: '=2' } },
    write: (program) =>
      program
        .call('environ_sizes_get', [scratch, scratch + 4])
        .holds(scratch, 2)
        .holds(scratch + 4, 9)
        .call('environ_get', [scratch, scratch + 64])
        .holdsText(scratch + 64, 'A=1\0B==2\0'),
  },
  {
    of: ['wasi:cli/stdout#get-stdout', 'wasi:io/streams#[method]output-stream.blocking-write-and-flush'],
    says: 'fd_write writes, and says how much of it.',
    stdout: `Hello${'\0'.repeat(9000)}`,
    write: (program) =>
      program
        .vector(scratch, program.text('Hello'))
        .call('fd_write', [1, scratch, 1, scratch + 64])
        .holds(scratch + 64, 5)
        // As a library does it: what was not taken is written again.
        .store(scratch + 4, 9000).wat(`(loop $more
      (i32.store (i32.const ${scratch}) (i32.const 30000))
      (if (call $fd_write (i32.const 1) (i32.const ${scratch}) (i32.const 1) (i32.const ${scratch + 64})) (then unreachable))
      (i32.store (i32.const ${scratch + 4}) (i32.sub (i32.load (i32.const ${scratch + 4})) (i32.load (i32.const ${scratch + 64}))))
      (br_if $more (i32.gt_s (i32.load (i32.const ${scratch + 4})) (i32.const 0))))`),
  },
  {
    of: ['wasi:cli/stdin#get-stdin', 'wasi:io/streams#[method]input-stream.blocking-read'],
    says: 'fd_read reads standard input, and nothing after its end.',
    settings: { stdin: 'input' },
    write: (program) =>
      program
        .vector(scratch, [scratch + 128, 100])
        .call('fd_read', [0, scratch, 1, scratch + 64])
        .holds(scratch + 64, 5)
        .holdsText(scratch + 128, 'input')
        .call('fd_read', [0, scratch, 1, scratch + 64])
        .holds(scratch + 64, 0),
  },
  ...(
    [
      [['stdout'], 2],
      [[], 0],
    ] as const
  ).map(([terminal, filetype]): Preview1 => ({
    of: ['wasi:cli/terminal-stdout#get-terminal-stdout'],
    says: `fd_fdstat_get of standard output says ${filetype === 2 ? 'character_device where it is a terminal' : 'nothing of the kind where it is none'}.`,
    settings: { terminal },
    write: (program) => program.call('fd_fdstat_get', [1, scratch]).holds(scratch, filetype, 8),
  })),
  {
    of: ['wasi:clocks/monotonic-clock#now', 'wasi:clocks/monotonic-clock#resolution'],
    says: 'clock_time_get of the monotonic clock does not go back.',
    write: (program) =>
      program
        .call('clock_res_get', [1, scratch])
        .call('clock_time_get', [1, 1n, scratch])
        .call('clock_time_get', [1, 1n, scratch + 8])
        .wat(
          `(if (i64.lt_u (i64.load (i32.const ${scratch + 8})) (i64.load (i32.const ${scratch}))) (then unreachable))`,
        ),
  },
  {
    of: ['wasi:clocks/wall-clock#now', 'wasi:clocks/wall-clock#resolution'],
    says: 'clock_time_get of the real-time clock counts nanoseconds since 1970.',
    settings: { clock: { mode: 'frozen', start: '1970-01-01T00:00:02Z' } },
    write: (program) =>
      program
        .call('clock_res_get', [0, scratch])
        .call('clock_time_get', [0, 1n, scratch])
        .holds(scratch, 2_000_000_000, 64),
  },
  {
    of: ['wasi:random/random#get-random-bytes'],
    says: 'random_get fills the buffer.',
    write: (program) =>
      program
        .call('random_get', [scratch, 16])
        .wat(
          `(if (i64.eqz (i64.or (i64.load (i32.const ${scratch})) (i64.load (i32.const ${scratch + 8})))) (then unreachable))`,
        )
        .holds(scratch + 16, 0),
  },
  {
    of: ['wasi:io/poll#poll', 'wasi:clocks/monotonic-clock#subscribe-duration'],
    says: 'poll_oneoff waits for a clock and gives its event with its userdata.',
    write: (program) =>
      program
        // A subscription: userdata, tag clock, id monotonic, timeout, precision, relative.
        .store(scratch, 77n, 64)
        .store(scratch + 8, 0)
        .store(scratch + 16, 1)
        .store(scratch + 24, 5_000_000n, 64)
        .store(scratch + 32, 0n, 64)
        .store(scratch + 40, 0)
        .call('clock_time_get', [1, 1n, scratch + 256])
        .call('poll_oneoff', [scratch, scratch + 128, 1, scratch + 200])
        .holds(scratch + 200, 1)
        .holds(scratch + 128, 77, 64)
        .call('clock_time_get', [1, 1n, scratch + 264])
        .wat(
          `(if (i64.lt_u (i64.sub (i64.load (i32.const ${scratch + 264})) (i64.load (i32.const ${scratch + 256}))) (i64.const 5000000)) (then unreachable))`,
        ),
  },
  {
    of: ['wasi:io/poll#poll'],
    says: 'poll_oneoff without subscriptions is an error.',
    write: (program) => program.call('poll_oneoff', [scratch, scratch + 128, 0, scratch + 200], 'inval'),
  },
  {
    of: ['wasi:filesystem/preopens#get-directories'],
    says: 'fd_prestat_get and fd_prestat_dir_name give the preopens from descriptor 3 on, then badf.',
    settings: { dirs: { '/data': {}, '/x': {} } },
    write: (program) =>
      program
        .call('fd_prestat_get', [3, scratch])
        .holds(scratch, 0)
        .holds(scratch + 4, 5)
        .call('fd_prestat_dir_name', [3, scratch, 5])
        .holdsText(scratch, '/data')
        .call('fd_prestat_get', [4, scratch])
        .call('fd_prestat_get', [5, scratch], 'badf'),
  },
  {
    of: [descriptor('open-at'), descriptor('read'), descriptor('read-via-stream')],
    says: 'path_open and fd_read read a file from its beginning to its end.',
    settings: files,
    write: (program) =>
      open(program, 'a.txt')
        .vector(scratch + 64, [scratch + 128, 3])
        .call('fd_read', [fd, scratch + 64, 1, scratch + 72])
        .holds(scratch + 72, 3)
        .call('fd_read', [fd, scratch + 64, 1, scratch + 72])
        .holds(scratch + 72, 2)
        .holdsText(scratch + 128, 'lol')
        .call('fd_read', [fd, scratch + 64, 1, scratch + 72])
        .holds(scratch + 72, 0)
        .call('fd_close', [fd])
        .call('fd_close', [fd], 'badf'),
  },
  ...(
    [
      ['none', {}, 'noent'],
      ['a.txt', { how: directory }, 'notdir'],
      ['a.txt/x', {}, 'notdir'],
      ['a.txt', { how: create | exclusive, rights: writeRight }, 'exist'],
      ['sub', { rights: readRight | writeRight }, 'isdir'],
      ['../x', {}, ['perm', 'notcapable']],
      ['sub/../../x', {}, ['perm', 'notcapable']],
      ['/a.txt', {}, ['perm', 'notcapable']],
      ['x'.repeat(300), {}, 'nametoolong'],
    ] as const
  ).map(([path, opening, gives]): Preview1 => ({
    of: [descriptor('open-at')],
    says: `path_open of ${path.slice(0, 20)}${'how' in opening ? ` with flags ${opening.how}` : ''} gives ${[gives].flat().join(' or ')}.`,
    settings: files,
    write: (program) => open(program, path, { ...opening, gives }),
  })),
  {
    of: [descriptor('open-at')],
    says: 'path_open for writing in a directory that may not be changed gives rofs.',
    settings: readOnly,
    write: (program) =>
      open(open(program, 'a.txt', { rights: writeRight, gives: 'rofs' }), 'new', {
        how: create,
        rights: writeRight,
        gives: 'rofs',
      }),
  },
  {
    of: [descriptor('open-at'), descriptor('write'), descriptor('append-via-stream')],
    says: 'path_open with truncate and append: writes go to the end.',
    settings: files,
    write: (program) =>
      open(program, 'a.txt', { how: truncate, rights: readRight | writeRight, flags: 1 })
        .vector(scratch + 64, program.text('abc'))
        .call('fd_write', [fd, scratch + 64, 1, scratch + 72])
        .call('fd_write', [fd, scratch + 64, 1, scratch + 72])
        .call('fd_filestat_get', [fd, scratch + 256])
        .holds(scratch + 256 + 32, 6, 64),
  },
  {
    of: [descriptor('stat')],
    says: 'fd_seek and fd_tell: from the beginning, from here, from the end; before the beginning is inval.',
    settings: files,
    write: (program) =>
      open(program, 'a.txt')
        .call('fd_seek', [fd, 2n, 0, scratch + 64])
        .holds(scratch + 64, 2, 64)
        .call('fd_seek', [fd, 1n, 1, scratch + 64])
        .holds(scratch + 64, 3, 64)
        .call('fd_seek', [fd, -1n, 2, scratch + 64])
        .holds(scratch + 64, 4, 64)
        .call('fd_tell', [fd, scratch + 64])
        .holds(scratch + 64, 4, 64)
        .call('fd_seek', [fd, -9n, 1, scratch + 64], 'inval')
        .call('fd_seek', [1, 0n, 0, scratch + 64], 'spipe'),
  },
  {
    of: [descriptor('read'), descriptor('write')],
    says: 'fd_pread and fd_pwrite use the offset that is given, and a gap is zeros.',
    settings: files,
    write: (program) =>
      open(program, 'a.txt', { rights: readRight | writeRight })
        .vector(scratch + 64, program.text('!'))
        .call('fd_pwrite', [fd, scratch + 64, 1, 7n, scratch + 72])
        .holds(scratch + 72, 1)
        .vector(scratch + 64, [scratch + 128, 100])
        .call('fd_pread', [fd, scratch + 64, 1, 3n, scratch + 72])
        .holds(scratch + 72, 5)
        .holdsText(scratch + 128, 'lo\0\0!')
        .call('fd_tell', [fd, scratch + 80])
        .holds(scratch + 80, 0, 64),
  },
  {
    of: [descriptor('read-directory'), 'wasi:filesystem/types#[method]directory-entry-stream.read-directory-entry'],
    says: 'fd_readdir lists a directory, and goes on at a cookie.',
    settings: { dirs: { '/': { d: { one: '', two: {} } } } },
    write: (program) =>
      open(program, 'd', { how: directory })
        .call('fd_readdir', [fd, scratch + 512, 2048, 0n, scratch + 64])
        // `.` and `..` are entries of preview1: four headers of 24 bytes and their names.
        .holds(scratch + 64, 4 * 24 + 9)
        .holds(scratch + 512 + 16, 1)
        .holdsText(scratch + 512 + 24, '.')
        .call('fd_readdir', [fd, scratch + 512, 2048, 2n, scratch + 64])
        .holds(scratch + 64, 2 * 24 + 6)
        .holdsText(scratch + 512 + 24, 'one')
        .holds(scratch + 512 + 27 + 20, 3, 8),
  },
  {
    of: [descriptor('rename-at')],
    says: 'path_rename: replaces files; noent, isdir, notdir, notempty as renameat of POSIX.',
    settings: files,
    write: (program) => {
      const rename = (from: string, to: string, gives: Errno = 'success') =>
        program.call('path_rename', [top, ...program.text(from), top, ...program.text(to)], gives)
      rename('none', 'x', 'noent')
      rename('a.txt', 'sub', 'isdir')
      rename('sub', 'a.txt', 'notdir')
      rename('empty', 'sub', 'notempty')
      rename('a.txt', 'sub/b.txt')
      rename('sub', 'empty')
      return open(open(program, 'a.txt', { gives: 'noent' }), 'empty/b.txt')
    },
  },
  {
    of: [descriptor('set-times'), descriptor('stat')],
    says: 'fd_filestat_set_times sets what its flags say and leaves the rest.',
    settings: files,
    write: (program) =>
      open(program, 'a.txt', { rights: readRight | writeRight })
        // ATIM and MTIM, then MTIM alone.
        .call('fd_filestat_set_times', [fd, 5_000_000_007n, 6_000_000_008n, 1 | 4])
        .call('fd_filestat_set_times', [fd, 0n, 7_000_000_009n, 4])
        .call('fd_filestat_get', [fd, scratch + 256])
        .holds(scratch + 256 + 40, 5_000_000_007n & 0xffff_ffffn, 64)
        .holds(scratch + 256 + 48, (7_000_000_009n & 0xffff_ffffn) - (1n << 32n) * ((7_000_000_009n >> 31n) & 1n), 64)
        .call('fd_filestat_set_times', [fd, 0n, 0n, 1 | 2], 'inval'),
  },
  {
    of: [descriptor('set-times-at'), descriptor('stat-at')],
    says: 'path_filestat_set_times and path_filestat_get see the same file.',
    settings: files,
    write: (program) =>
      program
        .call('path_filestat_set_times', [top, follow, ...program.text('sub/b.txt'), 0n, 9n, 4])
        .call('path_filestat_get', [top, follow, ...program.text('sub/b.txt'), scratch + 256])
        .holds(scratch + 256 + 16, 4, 8)
        .holds(scratch + 256 + 24, 1, 64)
        .holds(scratch + 256 + 32, 4, 64)
        .holds(scratch + 256 + 48, 9, 64)
        .call('path_filestat_get', [top, follow, ...program.text('none'), scratch + 256], 'noent'),
  },
  {
    of: [descriptor('set-size')],
    says: 'fd_filestat_set_size cuts and grows a file.',
    settings: files,
    write: (program) =>
      open(program, 'a.txt', { rights: readRight | writeRight })
        .call('fd_filestat_set_size', [fd, 2n])
        .call('fd_filestat_set_size', [fd, 4n])
        .vector(scratch + 64, [scratch + 128, 100])
        .call('fd_read', [fd, scratch + 64, 1, scratch + 72])
        .holds(scratch + 72, 4)
        .holdsText(scratch + 128, 'He\0\0'),
  },
  {
    of: [descriptor('create-directory-at'), descriptor('remove-directory-at')],
    says: 'path_create_directory: exist, noent. path_remove_directory: notempty, notdir, noent.',
    settings: files,
    write: (program) => {
      const make = (path: string, gives?: Errno) =>
        program.call('path_create_directory', [top, ...program.text(path)], gives)
      const remove = (path: string, gives?: Errno) =>
        program.call('path_remove_directory', [top, ...program.text(path)], gives)
      make('new')
      make('new', 'exist')
      make('none/new', 'noent')
      remove('sub', 'notempty')
      remove('a.txt', 'notdir')
      remove('none', 'noent')
      return remove('new')
    },
  },
  {
    of: [descriptor('unlink-file-at')],
    says: 'path_unlink_file: isdir for a directory, noent for nothing.',
    settings: files,
    write: (program) => {
      const unlink = (path: string, gives?: Errno) =>
        program.call('path_unlink_file', [top, ...program.text(path)], gives)
      unlink('sub', 'isdir')
      unlink('none', 'noent')
      unlink('a.txt')
      return unlink('a.txt', 'noent')
    },
  },
  {
    of: [descriptor('symlink-at'), descriptor('readlink-at')],
    says: 'path_symlink and path_readlink; a circle of links gives loop; inval for what is no link.',
    settings: files,
    write: (program) => {
      program
        .call('path_symlink', [...program.text('sub/b.txt'), top, ...program.text('link')])
        .call('path_readlink', [top, ...program.text('link'), scratch + 128, 100, scratch + 64])
        .holds(scratch + 64, 9)
        .holdsText(scratch + 128, 'sub/b.txt')
        .call('path_readlink', [top, ...program.text('a.txt'), scratch + 128, 100, scratch + 64], 'inval')
        .call('path_symlink', [...program.text('two'), top, ...program.text('one')])
        .call('path_symlink', [...program.text('one'), top, ...program.text('two')])
      open(program, 'link', { look: 0, gives: 'loop' })
      open(program, 'one', { gives: 'loop' })
      return open(program, 'link')
    },
  },
  {
    of: [descriptor('link-at')],
    says: 'path_link gives a file a second name; exist, noent; perm for a directory.',
    settings: files,
    write: (program) => {
      const link = (from: string, to: string, gives: Errno | readonly Errno[] = 'success') =>
        program.call('path_link', [top, 0, ...program.text(from), top, ...program.text(to)], gives)
      link('a.txt', 'hard')
      link('a.txt', 'hard', 'exist')
      link('none', 'x', 'noent')
      link('sub', 'x', 'perm')
      return program
        .call('path_filestat_get', [top, 0, ...program.text('hard'), scratch + 256])
        .holds(scratch + 256 + 24, 2, 64)
    },
  },
  {
    of: [
      descriptor('sync'),
      descriptor('sync-data'),
      descriptor('advise'),
      descriptor('get-flags'),
      descriptor('get-type'),
    ],
    says: 'fd_sync, fd_datasync, fd_advise and fd_fdstat_get of a file.',
    settings: files,
    write: (program) =>
      open(program, 'a.txt', { rights: readRight | writeRight })
        .call('fd_sync', [fd])
        .call('fd_datasync', [fd])
        .call('fd_advise', [fd, 0n, 5n, 0])
        .call('fd_fdstat_get', [fd, scratch + 256])
        .holds(scratch + 256, 4, 8)
        .call('fd_fdstat_get', [top, scratch + 256])
        .holds(scratch + 256, 3, 8),
  },
  {
    of: [descriptor('open-at')],
    says: 'Descriptors that are none give badf, whatever is done to them.',
    settings: files,
    write: (program) =>
      program
        .call('fd_close', [99], 'badf')
        .vector(scratch, [scratch + 128, 1])
        .call('fd_read', [99, scratch, 1, scratch + 64], 'badf')
        .call('fd_seek', [99, 0n, 0, scratch + 64], 'badf')
        .call('fd_filestat_get', [99, scratch], 'badf')
        .call('path_open', [99, 0, ...program.text('a.txt'), 0, readRight, 0n, 0, scratch], 'badf'),
  },
]

/** Core modules of preview1, made components by the command adapter that comes with jco. */
export const preview1Checks = (workshop: Workshop): readonly Check[] => {
  const adapterBytes = new Uint8Array(readFileSync(adapter))
  const { tools } = workshop
  return programs.map(({ of, says, settings = {}, write, ...expected }) => ({
    of,
    says,
    guest: 'preview1',
    run: async () => {
      const core = tools.parse(write(new Program()).module())
      const component = tools.componentNew(core, [['wasi_snapshot_preview1', adapterBytes]])
      return (await loadCommand(workshop, component)).run(settings, expected)
    },
  }))
}

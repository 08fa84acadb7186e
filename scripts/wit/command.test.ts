import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtinsNamedIn } from '../../src/toolchain/wit/builtin.ts'
import { builtinWit } from '../generate/builtin-wit.ts'
import { runWit } from './command.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witcraft-wit-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Runs with `@` for the folder, in what is asked and in what is answered. */
const wit = (...args: string[]): { status: number; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = runWit(
    args.map((arg) => arg.replace(/^@/, folder)),
    (texts) => builtinsNamedIn(builtinWit(), texts),
  )
  return { status, stdout: stdout.replaceAll(folder, '@'), stderr: stderr.replaceAll(folder, '@') }
}

const good = 'package a:b;\n\ninterface i {\n  f: func();\n}\n'
const bad = 'package a:b;\n\ninterface i {\n  f: func(x: y) -> z;\n  f: func();\n}\n'

test('text without mistakes says nothing', () => {
  put({ 'a.wit': good })
  expect(wit('@/a.wit')).toEqual({ status: 0, stdout: '', stderr: '' })
})

test('mistakes are lines in order, with the path as it was given', () => {
  put({ 'b/a.wit': bad, 'a/a.wit': bad })
  const { status, stdout } = wit('@/b/a.wit', '@/a/')
  expect(status).toBe(1)
  expect(stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^@\/a\/a\.wit:4:14: There is no type `y`/),
    expect.stringMatching(/^@\/a\/a\.wit:4:20: There is no type `z`/),
    expect.stringMatching(/^@\/a\/a\.wit:5:3: The name `f` is defined twice/),
    expect.stringMatching(/^@\/b\/a\.wit:4:14: /),
    expect.stringMatching(/^@\/b\/a\.wit:4:20: /),
    expect.stringMatching(/^@\/b\/a\.wit:5:3: /),
  ])
})

test('a file that is asked for twice is told once', () => {
  put({ 'a.wit': bad })
  expect(wit('@/a.wit', '@/a.wit', '@').stdout.trimEnd().split('\n')).toHaveLength(3)
})

test('the files of a folder are one package, and deps/ has others', () => {
  put({
    'one.wit': 'package a:b;\ninterface i {\n  use c:d/j.{t};\n  use k.{u};\n}\n',
    'two.wit': 'interface k {\n  type u = u8;\n}\n',
    'deps/c/c.wit': 'package c:d;\ninterface j {\n  use e:e/e.{t};\n}\n',
    'deps/e.wit': 'package e:e;\ninterface e {\n  type t = u8;\n}\n',
    'deps/c/tests/other.wit': 'no WIT at all',
    'other/no.wit': 'nor this',
  })
  expect(wit('@')).toEqual({ status: 0, stdout: '', stderr: '' })
})

test('a file is a package of its own beside the packages of deps/, whose mistakes are theirs', () => {
  put({
    'one.wit': 'package a:b;\ninterface i {\n  use c:d/j.{t};\n}\n',
    'two.wit': 'package other:one;\ninterface k {}\n',
    'deps/c.wit': 'package c:d;\ninterface j {\n  type t = missing;\n}\n',
  })
  expect(wit('@/one.wit')).toMatchObject({ status: 0, stdout: '' })
  expect(wit('@').stdout).toContain('@/deps/c.wit:3:12: There is no type `missing`')
})

test('the packages of WASI are known, older patches too', () => {
  put({
    'w.wit':
      'package a:b;\nworld w {\n  include wasi:cli/command@0.2.3;\n  import wasi:clocks/system-clock@0.3.0;\n  import wasi:http/nothing@0.2.12;\n}\n',
  })
  const { status, stdout } = wit('@/w.wit')
  expect(status).toBe(1)
  expect(stdout).toMatch(/^@\/w\.wit:5:20: The package `wasi:http@0\.2\.12` has no interface or world `nothing`.*\n$/)
})

test('a folder without WIT of its own stands for those inside it', () => {
  put({ 'x/a.wit': good, 'y/z/a.wit': bad, '.hidden/a.wit': bad, 'node_modules/m/a.wit': bad })
  expect(wit('@').stdout).toMatch(/^(?:@\/y\/z\/a\.wit:.*\n){3}$/)
})

test('a folder with a witcraft.json is read as a project', () => {
  put({
    'witcraft.json': '{}',
    'world.wit': 'package a:b;\nworld w {\n  import i;\n}\n',
    'more/i.wit': 'interface i {}\n',
  })
  expect(wit('@')).toMatchObject({ status: 0 })
})

test('links that lead nowhere or in a circle do no harm, and are told where WIT is wanted of them', () => {
  put({ 'a.wit': bad, 'p/witcraft.json': '{}', 'p/world.wit': good, 'x/y/b.wit': good })
  for (const at of ['self', 'p/self', 'x/self', 'x/y/self']) symlinkSync('.', join(folder, at))
  for (const at of ['gone', '.#a.wit', 'p/gone', 'x/gone']) symlinkSync('nowhere', join(folder, at))
  symlinkSync('round', join(folder, 'round'))
  expect(wit('@').stdout).toMatch(/^(?:@\/a\.wit:.*\n){3}$/)
  expect(wit('@/p', '@/x')).toEqual({ status: 0, stdout: '', stderr: '' })
  const refused = (path: string): void => {
    const { status, stdout, stderr } = wit(path)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^@\/\S+ is a link that leads (?:nowhere, or is gone|in a circle)\.\n$/)
  }
  symlinkSync('nowhere', join(folder, 'gone.wit'))
  refused('@')
  rmSync(join(folder, 'gone.wit'))
  symlinkSync('round.wit', join(folder, 'p/round.wit'))
  refused('@/p')
})

test('links to files and to folders of deps/ stand for what they lead to', () => {
  put({
    'real/c.wit': 'package c:d;\ninterface j {\n  type t = missing;\n}\n',
    'real.wit': good,
    'w/w.wit': 'package e:f;\n',
  })
  mkdirSync(join(folder, 'w/deps'))
  symlinkSync('../../real', join(folder, 'w/deps/c'))
  symlinkSync('../real.wit', join(folder, 'w/i.wit'))
  const told = wit('@/w').stdout
  expect(told).toContain('@/w/deps/c/c.wit:3:12: ')
  expect(told).toContain('@/w/w.wit:1:9: ')
})

test.each([
  [[], /^Name a file or a folder with WIT\.\n/],
  [['--what', '@'], /^Unknown option '--what'\.\n/],
  [['--json', '--format', '@'], /^--format and --json do not go together\./],
  [['--check', '@'], /^--check goes with --format/],
  [['--feature', 'x', '@'], /^--feature goes with --json/],
  [['@/none.wit'], /^There is no @\/none\.wit\.\n$/],
  [['@/empty'], /^There is no WIT in @\/empty\.\n$/],
  [['@/a.wit', '@/main.ts'], /^@\/main\.ts is no WIT/],
])('%j is wrong usage', (args, message) => {
  put({ 'empty/readme.txt': '', 'a.wit': bad, 'main.ts': '' })
  const { status, stdout, stderr } = wit(...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
})

test('--help says how to ask', () => {
  expect(wit('--help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('--format') })
})

test('--format rewrites what differs, names it, and leaves what it cannot read and what is not asked for', () => {
  const ugly = 'package   a:b;\ninterface i {f:func();}'
  put({ 'a.wit': good, 'b.wit': ugly, 'c.wit': 'interface {', 'deps/d.wit': ugly })
  const asked = wit('--format', '--check', '@')
  expect(asked).toMatchObject({ status: 1, stdout: '@/b.wit\n' })
  expect(readFileSync(join(folder, 'b.wit'), 'utf8')).toBe(ugly)
  const done = wit('--format', '@')
  expect(done.stdout).toBe('@/b.wit\n')
  expect(done.stderr).toMatch(/^@\/c\.wit:1:\d+: Left as it is\. /)
  expect(done.status).toBe(1)
  expect(readFileSync(join(folder, 'b.wit'), 'utf8')).toBe(good)
  expect(readFileSync(join(folder, 'c.wit'), 'utf8')).toBe('interface {')
  expect(readFileSync(join(folder, 'deps/d.wit'), 'utf8')).toBe(ugly)
  rmSync(join(folder, 'c.wit'))
  expect(wit('--format', '@')).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(wit('--format', '--check', '@')).toEqual({ status: 0, stdout: '', stderr: '' })
})

test('--json prints what the packages resolve to, and mistakes elsewhere', () => {
  put({ 'a.wit': good, 'b.wit': bad })
  const { status, stdout, stderr } = wit('--json', '@/a.wit')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({
    worlds: [],
    interfaces: [
      { name: 'i', types: {}, functions: { f: { name: 'f', kind: 'freestanding', params: [] } }, package: 0 },
    ],
    types: [],
    packages: [{ name: 'a:b', interfaces: { i: 0 }, worlds: {} }],
  })
  expect(JSON.parse(wit('--json', '@/a.wit', '@/a.wit').stdout)).toHaveLength(2)
  expect(wit('--json', '@/b.wit')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('@/b.wit:4:14: '),
  })
})

test('--json is silent where a dependency has mistakes, or is not read', () => {
  const refuses = (mistake: RegExp): void => {
    expect(wit('@/one.wit')).toMatchObject({ status: 0 })
    for (const path of ['@', '@/one.wit'])
      expect(wit('--json', path)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(mistake) })
  }
  put({
    'one.wit': 'package a:b;\ninterface i {\n  use c:d/j.{t};\n}\n',
    'deps/c.wit': 'package c:d;\ninterface j {\n  type t = missing;\n}\n',
  })
  refuses(/^@\/deps\/c\.wit:3:12: There is no type `missing`.*\n$/)
  put({
    'one.wit': 'package a:b;\nworld w {\n  import d:d/d;\n}\n',
    'deps/c.wit': 'package c:d;\n',
    'deps/d/d.wasm': '\0asm d:d/d',
  })
  refuses(/^@\/deps\/d\/d\.wasm:1:1: Only WIT is read.* -o @\/deps\/d\/d\.wit`\.\n$/)
})

test('--json writes an object for a package or a file, and an array for several paths or a folder of packages', () => {
  put({ 'x/a/a.wit': good, 'y/b/b.wit': good, 'y/c/c.wit': good })
  const shape = (...paths: string[]): unknown => {
    const found: unknown = JSON.parse(wit('--json', ...paths).stdout)
    return Array.isArray(found) ? found.length : typeof found
  }
  expect(shape('@/x/a')).toBe('object')
  expect(shape('@/x/a/a.wit')).toBe('object')
  expect(shape('@/x')).toBe(1)
  expect(shape('@/y')).toBe(2)
  expect(shape('@/x/a', '@/y/b/b.wit')).toBe(2)
})

test('--feature says what is there of the unstable', () => {
  put({ 'a.wit': 'package a:b;\n@unstable(feature = x)\ninterface i {}\n@unstable(feature = y)\ninterface j {}\n' })
  const interfaces = (...args: string[]): unknown =>
    JSON.parse(wit('--json', '@/a.wit', ...args).stdout).interfaces.map(({ name }: { name: string }) => name)
  expect(interfaces()).toEqual([])
  expect(interfaces('--feature', 'y')).toEqual(['j'])
  expect(interfaces('--all-features')).toEqual(['i', 'j'])
})

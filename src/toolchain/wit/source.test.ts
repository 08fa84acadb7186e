import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtinWit } from '../../../scripts/generate/builtin-wit.ts'
import { $init, tools } from '../../../node_modules/@bytecodealliance/jco-transpile/vendor/wasm-tools.js'
import type { AssembledWit } from './source.ts'
import { listWorlds } from '../../wit/worlds.ts'
import { assembleWit } from './source.ts'

await $init

const builtin = builtinWit()

/** Bytes of the type section that jco makes of it; throws what jco throws. */
const embed = ({ source, world }: AssembledWit): Uint8Array =>
  tools.componentEmbed({ witSource: source, world, dummy: true })

function assembled(files: Record<string, string>, world?: string): AssembledWit {
  const outcome = assembleWit(files, world, builtin)
  if (!outcome.ok) throw new Error(`${outcome.fault.message} ${outcome.fault.next}`)
  return outcome.value
}
function fault(files: Record<string, string>, world?: string) {
  const outcome = assembleWit(files, world, builtin)
  if (outcome.ok) throw new Error('expected a fault')
  return outcome.fault
}

test('several files of one package become one, with equal file-level uses kept once', () => {
  const wit = assembled({
    'world.wit': 'package demo:app@1.0.0;\nuse acme:log/sink@0.1.0;\nworld app { import sink; export run; }',
    'run.wit': 'use acme:log/sink@0.1.0;\ninterface run { use sink.{level}; go: func(l: level); }',
    'deps/log/log.wit': 'package acme:log@0.1.0;\ninterface sink { use levels.{level}; put: func(l: level); }',
    'deps/log/levels.wit': 'interface levels { enum level { low, high } }',
  })
  expect(wit.world).toBe('app')
  expect(wit.source).toMatch(/^package demo:app@1\.0\.0;/)
  expect(wit.source.match(/use acme:log/g)).toHaveLength(1)
  expect(embed(wit).length).toBeGreaterThan(100)
})

test.each(Array.from({ length: 13 }, (_, patch) => `0.2.${patch}`))(
  'WASI %s is built in, with what it needs',
  (version) => {
    const wit = assembled({
      'world.wit': `package demo:app;\nworld app { include wasi:cli/command@${version}; import wasi:http/outgoing-handler@${version}; }`,
    })
    expect(embed(wit).length).toBeGreaterThan(1000)
    expect(wit.source.replaceAll(`@${version}`, '')).not.toMatch(/@0\.2\./)
  },
)

test('WASI 0.3.0 stands beside 0.2, and only what is named is there', () => {
  const wit = assembled({
    'world.wit': 'package demo:app;\nworld app { import wasi:cli/stdout@0.2.3; import wasi:random/random@0.3.0; }',
  })
  expect([...wit.source.matchAll(/^package (\S+) \{/gm)].map(([, id]) => id).toSorted()).toEqual([
    'wasi:cli@0.2.3',
    'wasi:clocks@0.2.3',
    'wasi:filesystem@0.2.3',
    'wasi:io@0.2.3',
    'wasi:random@0.2.3',
    'wasi:random@0.3.0',
    'wasi:sockets@0.2.3',
  ])
  expect(embed(wit).length).toBeGreaterThan(100)
})

test("the project's own copy of a WASI package comes before the built-in one", () => {
  const wit = assembled({
    'world.wit': 'package demo:app;\nworld app { import wasi:random/mine@0.2.12; }',
    'deps/random.wit': 'package wasi:random@0.2.12;\ninterface mine { f: func(); }',
  })
  expect(wit.source).not.toContain('get-random-bytes')
  expect(embed(wit).length).toBeGreaterThan(50)
})

test('nested packages of a dependency stand beside it', () => {
  const wit = assembled({
    'world.wit': 'package demo:app;\nworld app { import a:b/x; import c:d/y; }',
    'deps/all.wit': 'package a:b;\npackage c:d { interface y { f: func(); } }\ninterface x { g: func(); }',
  })
  expect(embed(wit).length).toBeGreaterThan(50)
})

test.each([
  [undefined, 'one'],
  ['one', 'one'],
  ['demo:app/one', 'one'],
  ['demo:app/one@1.0.0', 'one'],
  ['a:b/other@2.0.0', 'a:b/other@2.0.0'],
])('the world %s is found as %s', (wanted, name) => {
  const files = {
    'world.wit': 'package demo:app@1.0.0;\n/* world zero {} */ world one { export f: func(); }',
    'deps/b.wit': 'package a:b@2.0.0;\nworld other { export g: func(); }',
  }
  const wit = assembled(files, wanted)
  expect(wit.world).toBe(name)
  expect(embed(wit).length).toBeGreaterThan(50)
})

test('several worlds without a choice, no such world, no world and no file are faults that say what to do', () => {
  const two = { 'world.wit': 'package a:b;\nworld one {}\nworld two {}' }
  expect(fault(two)).toMatchObject({ message: 'The project has several worlds: one, two.', place: { line: 2 } })
  expect(fault(two, 'three')).toMatchObject({ stage: 'wit', next: 'Choose one of these: one, two.' })
  expect(fault({ 'world.wit': 'package a:b;' }).message).toBe('The project has no world.')
  expect(fault({ 'main.ts': '' })).toMatchObject({ stage: 'project', message: 'The project has no WIT file.' })
})

test.each([
  ['acme:log/sink@1.0.0', 'Add its WIT files under deps/acme-log/, or correct the name.'],
  ['wasi:io/streams', 'Name a version that is built in: wasi:io@0.2.12.'],
  ['wasi:io/streams@0.4.0', 'Name a version that is built in: wasi:io@0.2.12.'],
  ['acme:near/x@1.0.0', 'The project has acme:near@1.1.0: name that version.'],
])('a missing package is named with its place: %s', (reference, next) => {
  const found = fault({
    'world.wit': `package demo:app;\nworld app {\n  import ${reference};\n}`,
    'deps/near.wit': 'package acme:near@1.1.0;',
  })
  expect(found.next).toBe(next)
  expect(found.place).toEqual({ file: 'world.wit', line: 3, column: 10, endLine: 3, endColumn: 10 + reference.length })
})

test('what a file holds of several packages goes to each of them once', () => {
  const wit = assembled({
    'a.wit': '/// About it.\npackage demo:app; interface a {}\nworld w { import b; import c:c/c; import d:d/d; }',
    'b.wit': 'interface b {\n  f: func();\n}',
    'deps/c.wit': 'package c:c;\npackage d:d { interface d {\n  g: func(); } }\ninterface c {}',
  })
  for (const name of ['interface a', 'interface b', 'interface c', 'interface d', 'world w']) {
    expect(wit.source.split(name)).toHaveLength(2)
  }
  expect(embed(wit).length).toBeGreaterThan(50)
})

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

test.each([
  ['empty lines', many(200_000, () => '')],
  ['nested packages', many(5_000, (index) => `package a:c${index} {}`)],
  ['equal uses', many(20_000, () => 'use a:b/i;')],
  ['digits', `interface i { ${'1'.repeat(200_000)} }`],
  ['names with colons', `interface i { ${'a:'.repeat(100_000)}a }`],
  ['references', `interface i { ${many(100_000, () => 'use a:b/i.{x};')} }`],
])('a text with many %s does not grow', (_, lines) => {
  const text = `package a:b;\n${lines}\nworld w {}\n`
  expect(assembled({ 'world.wit': text }).source.length).toBeLessThan(text.length * 1.5)
})

test('the place of one world among many is found', () => {
  const text = `package a:b;\n${many(20_000, (index) => `world w${index} {}`)}`
  expect(fault({ 'world.wit': text })).toMatchObject({ place: { line: 2, column: 7, endColumn: 9 } })
})

const corpus = join(process.env['CORPORA'] ?? '../shared/corpora', 'wit')

test.skipIf(!existsSync(corpus))('every world of the corpus is embedded as jco embeds its own text', () => {
  let worlds = 0
  for (const folder of ['worlds', 'good']) {
    for (const name of readdirSync(join(corpus, folder))) {
      const path = join(corpus, folder, name)
      if (!name.endsWith('.wit') || !statSync(path).isFile()) continue
      const text = readFileSync(path, 'utf8')
      for (const world of listWorlds({ [name]: text })) {
        let expected: Uint8Array
        try {
          expected = tools.componentEmbed({ witSource: text, world: world.name, dummy: true })
        } catch {
          continue
        }
        expect(embed(assembled({ [name]: text }, world.name)), `${name} ${world.name}`).toEqual(expected)
        worlds += 1
      }
    }
  }
  expect(worlds).toBeGreaterThan(50)
})

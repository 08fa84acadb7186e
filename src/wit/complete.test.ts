import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Builtin } from './packages.ts'
import type { Completion } from './complete-words.ts'
import { completionsAt } from './complete.ts'
import { resolveWit } from './check.ts'
import { SymbolIndex } from './symbols.ts'

const builtins: readonly Builtin[] = [
  {
    package: 'wasi:clocks@0.2.0',
    text: 'package wasi:clocks@0.2.0;\n/// Now.\n/// And then.\ninterface wall { record now { s: u64 } }\nworld imports { import wall; }\n',
  },
]
const types = 'package a:b;\n\ninterface types {\n  record item { name: string }\n  resource cart;\n}\n'

/** The completions at `|`, in a file beside one with the interface `types`. */
const at = (marked: string): Completion[] => {
  const files = { 'types.wit': types, 'a.wit': marked.replace('|', '') }
  return completionsAt(new SymbolIndex(resolveWit(files, builtins)), 'a.wit', marked.indexOf('|'))
}
const labels = (marked: string): string[] => at(marked).map(({ label }) => label)
const one = (marked: string, label: string): Completion =>
  at(marked).find((each) => each.label === label) ?? expect.fail(`no ${label} in ${labels(marked).join()}`)

const head = 'package a:b;\n'
const inInterface = (text: string): string =>
  `${head}interface i {\n  use types.{cart};\n  record own-type { a: u8 }\n  ${text}\n}\n`
const inWorld = (text: string): string => `${head}world w {\n  ${text}\n}\nworld other { export log: func(); }\n`

describe('completion', () => {
  it('begins a file with its package', () => {
    expect(labels('|')).toEqual(['package', 'interface', 'world', 'use'])
    expect(labels(`${head}|`)).toEqual(['interface', 'world', 'use'])
    expect(labels(`${head}inter|`)).toContain('interface')
    expect(labels('// Of what this is.\npack|')).toContain('package')
    expect(one('pack|', 'package')).toMatchObject({ insert: 'package ${1:example}:${2:name};\n$0', snippet: true })
  })

  it.each([
    ['above the one that is there', `pack|\n${head}`],
    ['behind other items', 'world w {}\npack|'],
    ['within its own line', 'package |a:b;\n'],
  ])('offers no second package %s', (_, marked) => {
    expect(labels(marked)).not.toContain('package')
  })

  it.each([
    ['pack| a:b;\n', 'package', 'package a:b;\n'],
    ['pack|package a:b;\n', 'package', 'package a:b;\n'],
    [`${head}wor| w {}\n`, 'world', `${head}world w {}\n`],
    [inWorld('exp| f: func();'), 'export', inWorld('export f: func();')],
  ])('writes the word alone where the rest is there: %s', (marked, label, after) => {
    const { insert, snippet, span } = one(marked, label)
    const text = marked.replace('|', '')
    expect(text.slice(0, span.start) + insert + text.slice(span.end)).toBe(after)
    expect(snippet).toBe(false)
  })

  it('writes all of an item where another one stands behind it', () => {
    expect(one(inWorld('exp| import g: func();'), 'export').insert).toBe('export ')
    expect(one(`${head}wor| interface i {}\n`, 'world').snippet).toBe(true)
  })

  it.each([
    [
      'items of an interface',
      inInterface('|'),
      ['function', 'type', 'record', 'variant', 'enum', 'flags', 'resource', 'use'],
    ],
    [
      'items of a world',
      inWorld('|'),
      ['export', 'import', 'include', 'type', 'record', 'variant', 'enum', 'flags', 'resource', 'use'],
    ],
    [
      'items behind annotations',
      inWorld('@since(version = 1.0.0) |'),
      ['export', 'import', 'include', 'type', 'record', 'variant', 'enum', 'flags', 'resource', 'use'],
    ],
    ['functions of a resource', inInterface('resource r {\n |\n}'), ['constructor', 'method', 'static']],
    ['what a name of a function can be', inInterface('f: |'), ['func', 'async func']],
    ['what a method can be', inInterface('resource r { f: | }'), ['func', 'async func', 'static']],
    ['annotations', inInterface('@|'), ['since', 'unstable', 'deprecated']],
    ['names of resources in a handle', inInterface('f: func(a: borrow<|'), ['cart']],
    [
      'types of the interface that is used, but for those that are there',
      `${head}interface i {\n use types.{cart, |};\n}`,
      ['item'],
    ],
    ['a word between two names', inInterface('use types.{item |};'), ['as']],
    ['worlds', inWorld('include |;'), ['other', 'wasi:clocks/imports@0.2.0']],
    ['interfaces in a use', inInterface('use |'), ['types', 'wasi:clocks/wall@0.2.0']],
    ['interfaces at the top', `${head}use |;`, ['types', 'wasi:clocks/wall@0.2.0']],
  ])('offers %s', (_, text, expected) => {
    expect(labels(text)).toEqual(expected)
  })

  it.each([
    ['a parameter', inInterface('f: func(a: |')],
    ['another parameter', inInterface('f: func(a: u8, b: li|)')],
    ['a result', inInterface('f: func() -> |;')],
    ['a field', inInterface('record r { a: | }')],
    ['a payload', inInterface('variant v { a(|) }')],
    ['what is in a list', inInterface('type t = list<|>;')],
    ['a second type argument', inInterface('type t = result<_, |>;')],
    ['an alias', inInterface('type t = |;')],
    ['a static result', inInterface('resource r { f: static func() -> | }')],
  ])('offers types for %s: those in scope first, then those of WIT', (_, text) => {
    const found = at(text)
    expect(found.slice(0, 2).map(({ label }) => label)).toEqual(['cart', 'own-type'])
    expect(found.map(({ label }) => label)).toEqual(expect.arrayContaining(['string', 'list', 'result', 'u8']))
  })

  it.each([
    ['a name', inInterface('record |')],
    ['a name of a parameter', inInterface('f: func(|)')],
    ['a name of a field', inInterface('record r { | }')],
    ['a case', inInterface('enum e { a, | }')],
    ['a comment', inInterface('/// some |')],
    ['what ends an item', inInterface('use types.{cart}|')],
    ['a version', `${head}@since(version = |)`],
  ])('offers nothing for %s', (_, text) => {
    expect(labels(text)).toEqual([])
  })

  it('replaces a whole path by the name of an interface', () => {
    const text = inWorld('import wasi:clo|')
    const found = one(text, 'wasi:clocks/wall@0.2.0')
    expect(found).toMatchObject({ kind: 'interface', detail: 'Now.', docs: 'Now.\nAnd then.' })
    expect(text.slice(found.span.start, found.span.end)).toBe('wasi:clo')
    const behind = inWorld('import wasi:clocks/wall@0.|')
    const { span } = one(behind, 'wasi:clocks/wall@0.2.0')
    expect(behind.slice(span.start, span.end)).toBe('wasi:clocks/wall@0.')
  })

  it('replaces what is typed of a word, and writes the `%` that a name needs', () => {
    const text = `${head}interface i {\n  type %list = u8;\n  f: func() -> li|;\n}`
    const found = one(text, 'list')
    expect(text.slice(found.span.start, found.span.end)).toBe('li')
    expect(
      at(text)
        .filter(({ label }) => label === 'list')
        .map(({ insert }) => insert),
    ).toEqual(['%list', 'list<${1:string}>'])
  })

  it('offers interfaces and functions for an import', () => {
    expect(labels(inWorld('import |'))).toEqual(['name: func', 'name: interface', 'types', 'wasi:clocks/wall@0.2.0'])
    expect(labels(inWorld('import log: |'))).toEqual([
      'types',
      'wasi:clocks/wall@0.2.0',
      'func',
      'async func',
      'interface',
    ])
  })

  it('says of an asynchronous interface that it cannot be built yet, and puts it last', () => {
    const newer: Builtin = {
      package: 'wasi:clocks@0.3.0',
      text: 'package wasi:clocks@0.3.0; interface wall { now: func() -> u64; } interface wait { until: async func(); }',
    }
    const text = inWorld('import |')
    const index = new SymbolIndex(resolveWit({ 'a.wit': text.replace('|', '') }, [newer, ...builtins]))
    const found = completionsAt(index, 'a.wit', text.indexOf('|')).toSorted((a, b) => a.order - b.order)
    expect(found.at(-1)).toMatchObject({ label: 'wasi:clocks/wait@0.3.0', detail: 'asynchronous: cannot be built yet' })
    expect(found.filter(({ detail }) => detail?.includes('cannot'))).toHaveLength(1)
  })

  it('offers nothing in a built-in package or a file that is not there', () => {
    const index = new SymbolIndex(resolveWit({ 'a.wit': inWorld('import wasi:clocks/wall@0.2.0;') }, builtins))
    expect(completionsAt(index, 'wasi:clocks@0.2.0', 30)).toEqual([])
    expect(completionsAt(index, 'none.wit', 0)).toEqual([])
  })

  it('takes any place of any text', () => {
    const text = inWorld(
      'import a: interface { f: func(a: list<u8>) -> result<_, string>; } include other with { log as l }',
    )
    assert(
      property(integer({ min: 0, max: text.length }), integer({ min: 0, max: text.length }), (length, offset) => {
        const index = new SymbolIndex(resolveWit({ 'a.wit': text.slice(0, length) }, builtins))
        for (const { span } of completionsAt(index, 'a.wit', Math.min(offset, length)))
          expect(span.start).toBeLessThanOrEqual(span.end)
      }),
    )
  })
})

describe('completion of what is half written', () => {
  it('offers a function right behind the colon, without taking the name away', () => {
    const text = inWorld('import run:|')
    const found = one(text, 'func')
    const { start, end } = found.span
    expect(text.replace('|', '').slice(start, end)).toBe('')
    expect(found.insert).toMatch(/^ func/)
    expect(one(inWorld('import run: |'), 'func').insert).toMatch(/^func/)
  })

  it('compares with its % what was typed with one, and offers only names', () => {
    const text = inInterface('record %list { a: u8 }\n  f: func(a: %li|')
    const found = one(text, 'list')
    expect(found).toMatchObject({ filter: '%list', insert: '%list' })
    expect(at(text).every(({ kind }) => kind === 'type' || kind === 'resource')).toBe(true)
  })

  it('names an interface of another package in the same file in full', () => {
    const file = (inside: string, outside: string): string =>
      `package a:b;\ninterface one {}\npackage c:d {\n  interface two {}\n  world w { import ${inside}; }\n}\nworld v { import ${outside}; }\n`
    const paths = (text: string): string[] =>
      at(text).flatMap(({ kind, label }) => (kind === 'interface' && !label.startsWith('wasi') ? [label] : []))
    expect(paths(file('|', 'one')).toSorted()).toEqual(['a:b/one', 'a:b/types', 'two'])
    expect(paths(file('two', '|')).toSorted()).toEqual(['c:d/two', 'one', 'types'])
  })
})

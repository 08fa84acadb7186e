import { describe, expect, it } from 'vitest'
import { resolveWit } from './check.ts'
import { completionsAt } from './complete.ts'
import { missingUses } from './missing-uses.ts'
import type { Builtin } from './packages.ts'
import { SymbolIndex } from './symbols.ts'
import { applyEdits } from './text.ts'

const builtins: readonly Builtin[] = [
  {
    package: 'wasi:clocks@0.2.0',
    text: 'package wasi:clocks@0.2.0;\ninterface wall { record now { s: u64 } resource timer; }\n',
  },
  {
    package: 'wasi:clocks@0.3.0',
    text: 'package wasi:clocks@0.3.0;\ninterface wall { record later { s: u64 } }\ninterface wait { type t = u8; f: async func(); }\n',
  },
]
const types = `package a:b;
interface types {
  /// A thing.
  record item { name: string }
  enum %enum { x }
  resource cart;
}
`

const resolved = (text: string) => resolveWit({ 'types.wit': types, 'a.wit': text }, builtins)
const at = (marked: string) =>
  completionsAt(new SymbolIndex(resolved(marked.replace('|', ''))), 'a.wit', marked.indexOf('|')).filter(
    ({ also }) => also !== undefined,
  )
/** The text after one of them was taken. */
function taken(marked: string, label: string): string {
  const found = at(marked).find((each) => each.label === label) ?? expect.fail(`no ${label}`)
  const text = marked.replace('|', '')
  return applyEdits(text, [{ ...found.span, text: found.insert }, ...(found.also ? [found.also] : [])])
}

describe('a type of another interface', () => {
  it('is offered where a type can stand, from its own package first, and one version of the others', () => {
    const found = at('package a:b;\ninterface i {\n  f: func(a: |);\n}\n')
    expect(found.map(({ label, detail, order }) => `${order} ${label} ${detail}`)).toEqual([
      '2 item types',
      '2 enum types',
      '2 cart types',
      '3 now wasi:clocks/wall@0.2.0',
      '3 timer wasi:clocks/wall@0.2.0',
    ])
    expect(found[0]).toMatchObject({ kind: 'type', docs: 'A thing.' })
    expect(at('package a:b;\ninterface i {\n  |\n}\n')).toEqual([])
  })

  it('comes with a use of its own, or among the names of the one that is there', () => {
    const first = taken('package a:b;\ninterface i {\n  f: func(a: it|);\n}\n', 'item')
    expect(first).toBe('package a:b;\ninterface i {\n  use types.{item};\n  f: func(a: item);\n}\n')
    const second = taken(first.replace('item)', 'item) -> |'), 'enum')
    expect(second).toContain('  use types.{item, %enum};\n  f: func(a: item) -> %enum;')
    const third = taken(second.replace('-> %enum', '-> option<n|>'), 'now')
    expect(third).toContain('{\n  use wasi:clocks/wall@0.2.0.{now};\n  use types.{item, %enum};')
    expect(resolved(third).diagnostics).toEqual([])
  })

  it.each(['item', 'enum', 'cart', 'now', 'timer'])('%s is known in an interface and in a world then', (label) => {
    for (const scope of ['interface i', 'world w']) {
      const start = scope === 'world w' ? 'export ' : ''
      const text = taken(`package a:b;\n${scope} {\n  ${start}f: func() -> |;\n}\n`, label)
      expect(resolved(text).diagnostics).toEqual([])
    }
  })

  it('is a resource where a handle is written', () => {
    const labels = at('package a:b;\ninterface i {\n  f: func(a: borrow<|>);\n}\n').map(({ label }) => label)
    expect(labels).toEqual(['cart', 'timer'])
  })

  it('is not offered where it is there, nor from an interface that uses this one', () => {
    const text = `package a:b;
interface other { use i.{own}; record back { own: own } }
interface i {
  use types.{item as thing, cart};
  record item {}
  record own { a: u8 }
  f: func(a: |);
}
`
    expect(at(text).map(({ label }) => label)).toEqual(['enum', 'now', 'timer'])
  })
})

describe('a type whose use would be a mistake is not offered', () => {
  const dependency = 'package x:y;\ninterface z { use a:b/types.{item}; record back { own: item } }\n'
  it.each([
    ['that has the name of a function', 'interface i { item: func(a: |); }', 'item'],
    ['that has the name of an import', 'world i { import item: func(a: |); }', 'item'],
    ['that differs from another name in case alone', 'interface i { record ITEM {} f: func(a: |); }', 'item'],
    [
      'of an interface that uses this one by way of another',
      'interface i { type own = u8; f: func(a: |); } interface by { use i.{own}; } interface far { use by.{own}; type back = own; }',
      'back',
    ],
    ['of a package that needs this one', 'interface i { f: func(a: |); }', 'back'],
    [
      'that is unstable',
      'interface i { f: func(a: |); } interface new { @unstable(feature = q) type later = u8; }',
      'later',
    ],
    [
      'of an unstable interface',
      'interface i { f: func(a: |); } @unstable(feature = q) interface new { type later = u8; }',
      'later',
    ],
  ])('%s: %s', (_, marked, label) => {
    const text = `package a:b;\n${marked.replace('|', '')}`
    const files = { 'types.wit': types, 'a.wit': text, 'deps/x/x.wit': dependency }
    const index = new SymbolIndex(resolveWit(files, builtins))
    const labels = completionsAt(index, 'a.wit', text.indexOf('a: ') + 3).map((each) => each.label)
    expect(labels).toContain('cart')
    expect(labels).not.toContain(label)
  })

  it('is used by what is unstable as it has to be there', () => {
    const text = taken('package a:b;\n@unstable(feature = q)\ninterface i {\n  f: func(a: |);\n}\n', 'item')
    expect(text).toContain('{\n  @unstable(feature = q) use types.{item};\n')
    expect(resolved(text).diagnostics).toEqual([])
  })

  it('is no part of a use that is unstable', () => {
    const body = '  @unstable(feature = q)\n  use types.{item};\n  f: func(a: |);\n'
    const text = taken(`package a:b;\ninterface i {\n${body}}\n`, 'cart')
    expect(text).toContain('{\n  use types.{cart};\n  @unstable')
    expect(resolved(text).diagnostics).toEqual([])
  })
})

describe('a type that is named and unknown', () => {
  const missing = (marked: string): string[] => {
    const text = marked.replace('|', '')
    return missingUses(new SymbolIndex(resolved(text)), 'a.wit', marked.indexOf('|')).map(
      ({ title, edits }) => `${title} ${applyEdits(text, edits).includes(title.slice(4))}`,
    )
  }
  it('is taken from where there is one of that name', () => {
    expect(missing('package a:b;\ninterface i {\n  f: func() -> n|ow;\n}\n')).toEqual([
      'Add use wasi:clocks/wall@0.2.0.{now}; true',
    ])
    expect(missing('package a:b;\ninterface i {\n  f: func() -> never|more;\n}\n')).toEqual([])
    expect(missing('package a:b;\ninterface i {\n  n|ow: func();\n}\n')).toEqual([])
    expect(missing('package a:b;\ninterface i {\n  record now {}\n  f: func() -> n|ow;\n}\n')).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import type { Builtin } from './packages.ts'
import type { Edit, Target } from './navigate.ts'
import { checkWit, resolveWit } from './check.ts'
import { definitionAt, referencesAt, renameAt } from './navigate.ts'
import { applyEdits } from './text.ts'
import { SymbolIndex } from './symbols.ts'
import { goodProjects } from './good.fixture.ts'
import { isReadable, namesIn, namesOf, renames } from './names.fixture.ts'
import { parseWit } from './parse.ts'

const types = `package example:shop@1.0.0;

/// What is sold.
interface types {
  record item { name: string, price: money }
  type money = u64;
  resource cart {
    constructor(owner: string);
    add: func(item: item);
    drop-all: static func(a: borrow<cart>);
  }
  %flags: func(a: u8) -> money;
}
`
const shop = `package example:shop@1.0.0;

use types as t;
use example:other/store;

interface prices {
  use t.{item, money as cents};
  of: func(item: item) -> cents;
  store: func() -> u8;
}

world base {
  import log: func(text: string);
  export prices;
}

world shop {
  include base with { log as write }
  import store;
  export types;
  import wasi:clocks/wall@0.2.0;
}
`
const other = 'package example:other;\n\ninterface store { get: func(); }\n'
const files = { 'shop.wit': shop, 'types.wit': types, 'deps/other.wit': other }
const builtins: Builtin[] = [
  {
    package: 'wasi:clocks@0.2.0',
    text: 'package wasi:clocks@0.2.0;\ninterface wall { record now { s: u64 } get: func() -> now; }\n',
  },
]
const index = new SymbolIndex(resolveWit(files, builtins))
const texts: Readonly<Record<string, string>> = { ...files, 'wasi:clocks@0.2.0': builtins[0]?.text ?? '' }

/** The offset of `|` in a piece of a file's text. */
const offset = (file: string, marked: string): number => {
  const at = texts[file]?.indexOf(marked.replace('|', '')) ?? -1
  return at === -1 ? expect.fail(`no ${marked} in ${file}`) : at + marked.indexOf('|')
}
const shown = ({ file, line, column }: Target): string => `${file} ${line}:${column}`
const definition = (file: string, marked: string): string | undefined => {
  const found = definitionAt(index, file, offset(file, marked))
  return found && shown(found)
}

describe('go to definition', () => {
  it.each([
    ['a type of the same interface', 'types.wit', 'price: mon|ey', 'types.wit 6:8'],
    ['a type, from where it is defined', 'types.wit', 'type mon|ey', 'types.wit 6:8'],
    ['a resource in a borrow', 'types.wit', 'borrow<|cart>', 'types.wit 7:12'],
    ['an interface behind a name that the file gives it', 'shop.wit', 'use |t.', 'shop.wit 3:14'],
    ['the interface itself, from the name that is given', 'shop.wit', 'use types as |t;', 'types.wit 4:11'],
    ['a type in another file, from the list of a use', 'shop.wit', '{it|em,', 'types.wit 5:10'],
    ['a type in another file, from where it is used', 'shop.wit', 'item: it|em)', 'types.wit 5:10'],
    ['the name that a use gives, from where it is used', 'shop.wit', '-> cen|ts', 'shop.wit 7:25'],
    ['the type itself, from the name that a use gives it', 'shop.wit', 'as cen|ts', 'types.wit 6:8'],
    ['an interface, from an export', 'shop.wit', 'export pric|es', 'shop.wit 6:11'],
    ['an interface of a dependency', 'shop.wit', 'import st|ore;', 'deps/other.wit 3:11'],
    ['a package', 'shop.wit', 'use exam|ple:other', 'deps/other.wit 1:9'],
    ['a world that is included', 'shop.wit', 'include ba|se', 'shop.wit 12:7'],
    ['what a renaming renames', 'shop.wit', '{ l|og as', 'shop.wit 13:10'],
    ['a built-in interface', 'shop.wit', 'clocks/wa|ll', 'wasi:clocks@0.2.0 2:11'],
    ['a type inside a built-in package', 'wasi:clocks@0.2.0', '-> no|w', 'wasi:clocks@0.2.0 2:25'],
    ['a function itself', 'types.wit', '%fl|ags', 'types.wit 12:3'],
    ['the name before the cursor', 'types.wit', 'price: money| ', 'types.wit 6:8'],
  ])('finds %s', (_, file, marked, expected) => {
    expect(definition(file, marked)).toBe(expected)
  })

  it.each([
    ['a keyword', 'types.wit', 'rec|ord'],
    ['white space', 'types.wit', ';\n|\n'],
    ['a built-in type', 'types.wit', 'name: str|ing'],
  ])('finds nothing for %s', (_, file, marked) => {
    expect(definition(file, marked)).toBeUndefined()
  })

  it('finds nothing in a file that is not there', () => {
    expect(definitionAt(index, 'none.wit', 0)).toBeUndefined()
  })
})

describe('find references', () => {
  it('finds a type in all files, its definition first, and not under other names', () => {
    expect(referencesAt(index, 'types.wit', offset('types.wit', 'type mon|ey')).map(shown)).toEqual([
      'types.wit 6:8',
      'shop.wit 7:16',
      'types.wit 5:38',
      'types.wit 12:26',
    ])
    expect(referencesAt(index, 'shop.wit', offset('shop.wit', 'as ce|nts')).map(shown)).toEqual([
      'shop.wit 7:25',
      'shop.wit 8:27',
    ])
  })

  it('tells a type from a field and a parameter of its name', () => {
    expect(referencesAt(index, 'types.wit', offset('types.wit', 'record it|em')).map(shown)).toEqual([
      'types.wit 5:10',
      'shop.wit 7:10',
      'shop.wit 8:18',
      'types.wit 9:21',
    ])
  })
})

const rename = (file: string, marked: string, name: string): Record<string, string> | string => {
  const outcome = renameAt(index, file, offset(file, marked), name, (changed) =>
    checkWit({ ...files, ...changed }, builtins),
  )
  return outcome.ok ? applied(files, outcome.edits) : outcome.message
}

const applied = (to: Readonly<Record<string, string>>, edits: readonly Edit[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(to).map(([file, text]) => [
      file,
      applyEdits(
        text,
        edits.filter((edit) => edit.file === file),
      ),
    ]),
  )

it('has symbols of their own for two files of one text', () => {
  const text = 'interface types { record r { a: u8 } }\n'
  const two = {
    'w.wit': 'package a:b; world w { import c:d/types; import e:f/types; }',
    'deps/c/p.wit': 'package c:d;',
    'deps/c/t.wit': text,
    'deps/e/p.wit': 'package e:f;',
    'deps/e/t.wit': text,
  }
  const names = new SymbolIndex(resolveWit(two))
  for (const file of ['deps/c/t.wit', 'deps/e/t.wit'])
    expect(definitionAt(names, file, text.indexOf('a: u8'))?.file).toBe(file)
  expect(definitionAt(names, 'w.wit', two['w.wit'].indexOf('types;'))?.file).toBe('deps/c/t.wit')
})

describe('rename', () => {
  it('changes a type in all files, and no field or parameter of its name', () => {
    expect(rename('types.wit', 'record it|em', 'good')).toEqual({
      ...files,
      'types.wit': types
        .replace('record item', 'record good')
        .replace('add: func(item: item)', 'add: func(item: good)'),
      'shop.wit': shop.replace('{item,', '{good,').replace('(item: item)', '(item: good)'),
    })
  })

  it('changes a name that `as` gives only where it holds', () => {
    expect(rename('shop.wit', 'use |t.', 'all')).toEqual({
      ...files,
      'shop.wit': shop.replace('as t;', 'as all;').replace('use t.', 'use all.'),
    })
  })

  it('writes the `%` that a keyword needs', () => {
    expect(rename('types.wit', 'type mon|ey', '%record')).toMatchObject({
      'shop.wit': shop.replace('{item, money as', '{item, %record as'),
    })
  })

  it.each([
    ['what is no name', 'types.wit', 'type mon|ey', 'a_b', /underscore/],
    [
      'a name that is taken in its interface',
      'types.wit',
      'type mon|ey',
      'ITEM',
      /`ITEM` and `item` \(`types.wit` 5:10\) differ only in case/,
    ],
    [
      'a name that is taken where it is used',
      'types.wit',
      'record it|em',
      'store',
      /`store` is defined twice in the interface `prices`/,
    ],
    ['a name that another interface has', 'types.wit', 'interface ty|pes', 'prices', /two items named `prices`/],
    ['a field that is there', 'types.wit', 'pri|ce', 'name', /`name` is there twice in the record `item`/],
    ['a built-in item', 'shop.wit', 'clocks/wa|ll', 'x', /belongs to `wasi:clocks@0.2.0`/],
    ['a constructor', 'types.wit', 'construc|tor', 'x', /rename its resource/],
    ['a package', 'shop.wit', 'use exam|ple:other', 'x', /by hand/],
    ['nothing', 'types.wit', 'rec|ord', 'x', /Put the cursor on a name/],
  ])('refuses %s', (_, file, marked, name, message) => {
    expect(rename(file, marked, name)).toMatch(message)
  })

  it.each([
    [
      'what an included world has',
      'world base { export bar: func(); } world w { include base; export foo: func(); }',
      'foo',
      'bar',
    ],
    ['what a world imports', 'world w { type t = u8; import x: func() -> t; }', 't =', 'x'],
    ['the word for the resource itself', 'interface i { resource r { f: func(a: u8); } }', 'a: u8', 'self'],
  ])('refuses %s', (_, text, at, name) => {
    const one = { 'a.wit': `package a:b;\n${text}\n` }
    const names = new SymbolIndex(resolveWit(one))
    const found = renameAt(names, 'a.wit', one['a.wit'].lastIndexOf(at), name, checkWit)
    expect(names.resolution.diagnostics).toEqual([])
    expect(found).toMatchObject({ ok: false, message: expect.stringContaining('cannot be the name') })
  })

  it('refuses where a file cannot be read as a whole', () => {
    const one = { 'a.wit': 'package a:b; interface i { type t = u8; f: func() -> t; g func(a: t); }' }
    const names = new SymbolIndex(resolveWit(one))
    const found = renameAt(names, 'a.wit', one['a.wit'].indexOf('t = u8'), 'u', checkWit)
    expect(found).toMatchObject({ ok: false, message: expect.stringContaining('syntax error') })
  })

  it('lets a parameter have the name of one of another function', () => {
    expect(rename('types.wit', 'constructor(own|er', 'item')).toMatchObject({
      'types.wit': types.replace('owner', 'item'),
    })
  })
})

describe('the names of a text', () => {
  it('are no keywords, and nothing that an annotation says', () => {
    const text =
      'package a:b@1.0.0;\n@since(version = 1.0.0)\n@unstable(feature = x)\ninterface %use { f: func(of: version) -> u8; }'
    expect(namesOf(parseWit(text)).map((token) => token.text)).toEqual(['a', 'b', 'use', 'f', 'of', 'version'])
  })
})

describe.skipIf(goodProjects.length === 0)('the good corpus (needs CORPORA)', () => {
  it.each(goodProjects.filter(({ files }) => isReadable(files)))(
    'knows what every name stands for in $name',
    ({ files }) => {
      const names = namesIn(new SymbolIndex(resolveWit(files)))
      expect(names).not.toEqual([])
      const unknown = names.filter(({ isKnown }) => !isKnown)
      expect(unknown.map(({ source, span, text }) => `${source.file}:${span.start} ${text}`)).toEqual([])
    },
  )

  it.each(goodProjects)('stays right when anything is renamed in $name', ({ files }) => {
    for (const { outcome, found } of renames(files, new SymbolIndex(resolveWit(files))))
      if (!outcome.ok) expect(outcome.message).toMatch(/constructor|by hand/)
      else expect(found).toEqual([])
  })
})

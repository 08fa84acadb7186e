import { describe, expect, it } from 'vitest'
import { resolveWit } from './check.ts'
import { hoverAt, type Hover } from './hover.ts'
import { keywords } from './identifier.ts'
import { keywordDoc } from './keyword-docs.ts'
import { builtinTypes } from './builtin-types.ts'
import { SymbolIndex } from './symbols.ts'

const text = `/// The shop.
package example:shop@1.0.0;

/// What is sold.
@since(version = 1.0.0)
interface types {
  /// One thing.
  /// With a price.
  @since(version = 1.0.0)
  record item {
    /// Cents.
    price: u64,
    tags: list<string>,
  }
  /// Many.
  resource cart {
    constructor(owner: string);
    /// Adds one.
    add: func(
      item: item,
      count: u32,
    ) -> result<u64, string>;
    of: static func() -> cart;
  }
  enum large { ${Array.from({ length: 30 }, (_, index) => `\n    case-${index},`).join('')}
  }
}

world shop {
  use types.{item as thing};
  /// Runs.
  export run-all: async func(things: list<thing>) -> option<u8>;
  import logs: interface { log: func(); }
}
`
const index = new SymbolIndex(resolveWit({ 'a.wit': text }))

const hover = (marked: string): Hover => {
  const at = text.indexOf(marked.replace('|', ''))
  return hoverAt(index, 'a.wit', at + marked.indexOf('|')) ?? expect.unreachable()
}

describe('a hover', () => {
  it('shows a type as WIT, as TypeScript, and in memory', () => {
    expect(hover('item as th|ing')).toEqual({
      start: text.indexOf('thing}'),
      end: text.indexOf('thing}') + 5,
      wit: 'record item {\n  /// Cents.\n  price: u64,\n  tags: list<string>,\n}',
      from: 'example:shop/types@1.0.0',
      docs: 'One thing.\nWith a price.',
      typescript: 'interface Item {\n  price: bigint\n  tags: Array<string>\n}',
      throws: undefined,
      layout: { size: 16, align: 8 },
      gates: ['@since(version = 1.0.0)'],
    })
  })

  it('shows a function on one line, with what it throws', () => {
    expect(hover('ad|d: func')).toMatchObject({
      wit: 'add: func(item: item, count: u32) -> result<u64, string>',
      docs: 'Adds one.',
      typescript: 'add(item: Item, count: number): bigint',
      throws: 'string',
      layout: undefined,
    })
  })

  it.each([
    ['of: st|', 'of'],
    ['export run-|all', 'export run-all'],
    ['construc|tor', 'constructor'],
  ])('begins a function as it is written: %s', (marked, start) => {
    const at = marked === 'of: st|' ? 'o|f: static' : marked
    expect(hover(at).wit.startsWith(start)).toBe(true)
  })

  it('shows a field and its type', () => {
    expect(hover('pri|ce:')).toMatchObject({
      wit: 'field price: u64',
      docs: 'Cents.',
      typescript: 'bigint',
      layout: { size: 8 },
    })
  })

  it('shows an interface and a package by their full names', () => {
    expect(hover('use ty|pes')).toMatchObject({
      wit: 'interface types',
      from: 'example:shop/types@1.0.0',
      docs: 'What is sold.',
      gates: ['@since(version = 1.0.0)'],
    })
    expect(hover('exam|ple:shop')).toMatchObject({ wit: 'package example:shop@1.0.0', docs: 'The shop.' })
    expect(hover('import lo|gs')).toMatchObject({ wit: 'import logs' })
  })

  it('sees through names that stand for other types, as the generated types do', () => {
    const files = {
      'a.wit':
        'package a:b; interface c { type r = result<u8, string>; type by = u8; type o = option<u8>; ' +
        'record d { x: o, y: option<o>, z: list<by> } f: func() -> r; }',
    }
    const names = new SymbolIndex(resolveWit(files))
    const at = (piece: string): Hover | undefined => hoverAt(names, 'a.wit', files['a.wit'].indexOf(piece))
    expect(at('f: func')).toMatchObject({ typescript: 'f(): number', throws: 'string' })
    expect(at('d {')?.typescript).toBe('interface D {\n  x?: number\n  y: Option<O>\n  z: Uint8Array\n}')
  })

  it('leaves the documentation of parts to them where there are many', () => {
    const cases = Array.from(
      { length: 10 },
      (_, at) => `    /// The case ${at},\n    /// in two lines.\n    case-${at},`,
    )
    const long = `package a:b;\ninterface i {\n  enum e {\n${cases.join('\n')}\n  }\n}\n`
    const names = new SymbolIndex(resolveWit({ 'a.wit': long }))
    const lines = Array.from({ length: 10 }, (_, at) => `  case-${at},\n`).join('')
    expect(hoverAt(names, 'a.wit', long.indexOf(' e {') + 1)?.wit).toBe(`enum e {\n${lines}}`)
  })

  it('has no trouble with thousands of them', { timeout: 12_000 }, () => {
    const methods = Array.from({ length: 15_000 }, (_, at) => `    /// Does ${at}.\n    do-${at}: func();\n`).join('')
    const long = `package a:b;\ninterface i {\n  resource r {\n${methods}  }\n}\n`
    const names = new SymbolIndex(resolveWit({ 'a.wit': long }))
    const { wit } = hoverAt(names, 'a.wit', long.indexOf(' r {') + 1) ?? expect.unreachable()
    expect(wit).toMatch(/^resource r \{\n {2}do-0: func\(\);\n(?: {2}do-\d+: func\(\);\n){13} {2}\/\/ \.\.\.\n\}$/)
  })

  it('cuts what is long', () => {
    const { wit, layout } = hover('enum lar|ge')
    expect(wit.split('\n')).toHaveLength(17)
    expect(wit).toMatch(/case-13,\n {2}\/\/ \.\.\.\n\}$/)
    expect(layout).toEqual({ size: 1, align: 1 })
  })

  it('says nothing of what stands between names', () => {
    expect(hoverAt(index, 'a.wit', text.indexOf(' {') + 1)).toBeUndefined()
  })

  it('cuts TypeScript that is too long to be read', () => {
    const { typescript = '' } = hover('enum lar|ge')
    expect(typescript).toMatch(/^type Large = 'case-0' \| .*…$/)
    expect(typescript.length).toBeLessThan(300)
  })
})

it('says of a built-in package which version stands for the one that is named', () => {
  const text = 'package a:b;\nworld w { import wasi:io/streams@0.2.3; import wasi:io/poll@0.2.12; }\n'
  const io = (version: string): string => `package wasi:io@${version}; interface streams {} interface poll {}`
  const names = new SymbolIndex(
    resolveWit({ 'a.wit': text }, [
      { package: 'wasi:io@0.2.3', text: io('0.2.3'), release: '0.2.12' },
      { package: 'wasi:io@0.2.12', text: io('0.2.12') },
    ]),
  )
  expect(hoverAt(names, 'a.wit', text.indexOf('streams'))).toMatchObject({
    from: 'wasi:io/streams@0.2.3',
    release: '0.2.12',
  })
  expect(hoverAt(names, 'a.wit', text.indexOf('poll'))).toMatchObject({ release: undefined })
})

describe('a word of WIT itself', () => {
  const of = (text: string, at: number): Hover | undefined =>
    hoverAt(new SymbolIndex(resolveWit({ 'a.wit': text })), 'a.wit', at)
  const file = 'package a:b;\ninterface i {\n  f: func(a: u8) -> result<list<string>, s64>;\n}\n'

  it('says what it stands for, in TypeScript and in memory', () => {
    expect(of(file, file.indexOf('u8'))).toMatchObject({
      wit: 'u8',
      docs: 'A whole number from 0 to 255.',
      typescript: 'number',
      layout: { size: 1, align: 1 },
      start: file.indexOf('u8'),
      end: file.indexOf('u8') + 2,
    })
    expect(of(file, file.indexOf('s64'))).toMatchObject({
      docs: 'A whole number from -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807.',
      typescript: 'bigint',
    })
    expect(of(file, file.indexOf('result'))).toMatchObject({ wit: 'result<T, E>', layout: undefined })
    expect(of(file, file.indexOf('interface'))?.docs).toContain('Types and functions that belong together')
  })

  it('says nothing of what is none, or is spelt like one', () => {
    const named = 'package a:b;\ninterface i { record %list { a: u8 } }\n'
    expect(of(named, named.indexOf('%list') + 1)?.wit).toContain('record %list')
    expect(of('hello', 2)).toBeUndefined()
  })

  it('is there for every word', () => {
    for (const word of keywords) expect(keywordDoc(word)).toMatchObject({ docs: expect.stringMatching(/\.$/) })
    for (const type of builtinTypes) expect(keywordDoc(type)?.typescript).toBeDefined()
  })
})

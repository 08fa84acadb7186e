import { describe, expect, it } from 'vitest'
import type { Interface, World } from './tree.ts'
import { outline } from './outline.ts'
import type { OutlineEntry } from './outline.ts'
import { parseWit } from './parse.ts'

const interfaceOf = (body: string): Interface => {
  const { file, problems } = parseWit(`package example:demo;\ninterface api {\n${body}\n}\n`)
  expect(problems).toEqual([])
  const [item] = file.items
  if (item?.kind !== 'interface') throw new Error('no interface')
  return item
}

const worldOf = (body: string): World => {
  const { file, problems } = parseWit(`package example:demo;\nworld app {\n${body}\n}\n`)
  expect(problems).toEqual([])
  const [item] = file.items
  if (item?.kind !== 'world') throw new Error('no world')
  return item
}

const tree = (entries: readonly OutlineEntry[]): unknown[] =>
  entries.map(({ kind, name, children }) =>
    children.length === 0 ? `${kind} ${name}` : [`${kind} ${name}`, ...tree(children)],
  )

const outlineOf = (text: string): unknown[] => tree(outline(parseWit(text).file, text))

describe('parseWit', () => {
  it('reads package names with versions', () => {
    const { file, problems } = parseWit('/// Docs.\npackage wasi:%type@0.2.0-rc.1+b.2;')
    expect(problems).toEqual([])
    expect(file.package?.docs?.text).toBe('Docs.')
    expect(file.package?.name.namespace.text).toBe('wasi')
    expect(file.package?.name.name.text).toBe('type')
    expect(file.package?.name.version).toMatchObject({ major: 0, minor: 2, patch: 0, pre: ['rc', '1'], build: 'b.2' })
  })

  it.each([
    ['u8', 'primitive'],
    ['error-context', 'primitive'],
    ['thing', 'named'],
    ['%list', 'named'],
    ['list<u8>', 'list'],
    ['list<u8, 4>', 'list'],
    ['option<list<string>>', 'option'],
    ['result', 'result'],
    ['result<u8>', 'result'],
    ['result<_, u8>', 'result'],
    ['result<u8, string>', 'result'],
    ['tuple<>', 'tuple'],
    ['tuple<u8, u16,>', 'tuple'],
    ['map<string, u8>', 'map'],
    ['stream', 'stream'],
    ['stream<u8>', 'stream'],
    ['future', 'future'],
    ['future<result<u8>>', 'future'],
    ['own<file>', 'own'],
    ['borrow<file>', 'borrow'],
  ])('reads the type %s', (text, kind) => {
    const [item] = interfaceOf(`type t = ${text};`).items
    expect(item).toMatchObject({ kind: 'alias', type: { kind } })
  })

  it('reads the parts of a result and the length of a list', () => {
    const { items } = interfaceOf('type a = result<_, string>;\ntype b = list<u8, 16>;')
    expect(items[0]).toMatchObject({ type: { ok: undefined, error: { name: 'string' } } })
    expect(items[1]).toMatchObject({ type: { length: { value: 16 } } })
  })

  it('reads resources with every kind of function', () => {
    const [item] = interfaceOf(`resource file {
      constructor(path: string) -> result<file, string>;
      read: async func(n: u32) -> list<u8>;
      open: static func();
      fetch: static async func() -> file;
    }`).items
    expect(item).toMatchObject({
      kind: 'resource',
      methods: [
        { kind: 'constructor', type: { result: { kind: 'result' } } },
        { kind: 'method', type: { async: true } },
        { kind: 'static', type: { async: false } },
        { kind: 'static', type: { async: true } },
      ],
    })
  })

  it('reads annotations and documentation in any order', () => {
    const [one, two, three] = interfaceOf(`/// First line.
      /// Second line.
      @since(version = 1.2.3)
      @deprecated(version = 1.3.0)
      f: func();
      @unstable(feature = fancy)
      /** Block
       *  docs. */
      g: func();
      @external-id("Foo/0")
      h: func();`).items
    expect(one).toMatchObject({ docs: { text: 'First line.\nSecond line.' } })
    expect(one?.gates.map(({ kind, version }) => [kind, version?.text])).toEqual([
      ['since', '1.2.3'],
      ['deprecated', '1.3.0'],
    ])
    expect(two).toMatchObject({ docs: { text: 'Block\n docs.' }, gates: [{ feature: { text: 'fancy' } }] })
    expect(three).toMatchObject({ gates: [{ kind: 'external-id', id: '"Foo/0"' }] })
  })

  it('tells plain names from paths in worlds', () => {
    const { items } = worldOf(`import a:b/c;
      import a:b/c@1.0.0;
      import d;
      import e: func();
      import f:g;
      export h: a:b/c;
      export i: interface { j: func(); }
      include a:b/w with { x as y, z as w }
      include k;`)
    expect(items).toMatchObject([
      { kind: 'import', name: undefined, type: { kind: 'path', path: { package: { name: { text: 'b' } } } } },
      { type: { path: { package: { version: { text: '1.0.0' } } } } },
      { name: undefined, type: { path: { package: undefined, name: { text: 'd' } } } },
      { name: { text: 'e' }, type: { kind: 'function' } },
      { name: { text: 'f' }, type: { kind: 'path', path: { name: { text: 'g' } } } },
      { kind: 'export', name: { text: 'h' }, type: { kind: 'path' } },
      { name: { text: 'i' }, type: { kind: 'interface', items: [{ kind: 'function' }] } },
      { kind: 'include', renames: [{ as: { text: 'y' } }, { as: { text: 'w' } }] },
      { kind: 'include', renames: [] },
    ])
  })

  it('reads packages in braces, with or without a package of the file', () => {
    const { file, problems } = parseWit('package a:b { interface i {} }\npackage c:d@1.0.0 { world w {} }')
    expect(problems).toEqual([])
    expect(file.package).toBeUndefined()
    expect(file.items.map(({ kind }) => kind)).toEqual(['package-block', 'package-block'])
  })

  it('gives every node the span of its text', () => {
    const text = 'package a:b;\ninterface i {\n  record pair { left: list<u8>, right: u8 }\n}\n'
    const [item] = parseWit(text).file.items
    if (item?.kind !== 'interface') throw new Error('no interface')
    const [record] = item.items
    if (record?.kind !== 'record') throw new Error('no record')
    expect(text.slice(record.start, record.end)).toBe('record pair { left: list<u8>, right: u8 }')
    expect(text.slice(record.fields[0]?.start, record.fields[0]?.end)).toBe('left: list<u8>')
    expect(text.slice(record.fields[0]?.type.start, record.fields[0]?.type.end)).toBe('list<u8>')
    expect(text.slice(item.body.start, item.body.end)).toMatch(/^\{[^]*\}$/)
  })

  describe('after a mistake', () => {
    it('keeps the items around a broken one', () => {
      const text = `package a:b;
interface i {
  one: func();
  two func();
  record r { a: u8, b u8, c: u8 }
  three: func(x: , y: u8);
  four: func();
}
world w { import i; }`
      expect(outlineOf(text)).toEqual([
        [
          'interface i',
          'function one',
          'function two',
          ['record r', 'field a', 'field b', 'field c'],
          'function three',
          'function four',
        ],
        ['world w', 'import i'],
      ])
      expect(parseWit(text).problems).toHaveLength(3)
    })

    it.each([
      ['a missing closing brace', 'interface i {\n  f: func();\n\nworld w {\n  import g: func();\n}', 1],
      ['a missing semicolon', 'interface i {\n  f: func()\n  g: func();\n}\nworld w { import g: func(); }', 1],
      ['a brace too many', 'interface i { f: func(); } }\nworld w { import g: func(); }', 1],
      ['an unclosed list', 'interface i {\n  f: func(a: u8;\n  g: func();\n}\nworld w { import g: func(); }', 1],
      ['an unclosed record', 'interface i {\n  record r { a: u8\n  f: func();\n}\nworld w { import g: func(); }', 1],
      [
        'a missing comma',
        'interface i {\n  f: func();\n  record r {\n    a: u8\n    b: u8\n  }\n}\nworld w { import g: func(); }',
        1,
      ],
      ['garbage between items', 'interface i { f: func(); }\n)) = <\nworld w { import g: func(); }', 1],
    ])('goes on after %s with one message', (_, text, count) => {
      const { problems } = parseWit(text)
      expect(problems).toHaveLength(count)
      expect(JSON.stringify(outlineOf(text))).toContain('world w')
      expect(JSON.stringify(outlineOf(text))).toContain('function f')
    })

    it('ends for text that nests without end', () => {
      for (const piece of [
        'package a:b {',
        'interface i {',
        'type t = list<',
        'f: func(a: tuple<',
        '@since(',
        '/*',
        '{',
        '"',
      ])
        expect(parseWit(`interface x {${piece.repeat(5000)}`).problems.length).toBeGreaterThan(0)
    })
  })
})

import { expect, test } from 'vitest'
import { resolveWit } from './check.ts'
import { resolvedWit } from './resolved.ts'

const resolved = (text: string, ...features: string[]) => resolvedWit(resolveWit({ 'a.wit': text }), new Set(features))

test('resources are passed by handles, and their functions carry their name', () => {
  const { interfaces, types } = resolved(`package a:b;
    interface i {
      resource r {
        constructor(of: list<u8>);
        get: func() -> option<r>;
        make: static async func(other: borrow<r>);
      }
    }`)
  expect(interfaces[0]?.functions).toMatchObject({
    '[constructor]r': { kind: { constructor: 0 }, result: 2 },
    '[method]r.get': { kind: { method: 0 }, params: [{ name: 'self', type: 3 }], result: 4 },
    '[static]r.make': { kind: { 'async-static': 0 }, params: [{ name: 'other', type: 3 }] },
  })
  expect(types.map(({ kind }) => kind)).toEqual([
    'resource',
    { list: 'u8' },
    { handle: { own: 0 } },
    { handle: { borrow: 0 } },
    { option: 2 },
  ])
})

test('a world has what it includes under the names that it gives, and imports what its exports take types from', () => {
  const { worlds, types } = resolved(`package a:b;
    interface types { type t = u8; }
    interface api { use types.{t}; f: func(x: t); }
    world base { resource r { m: func(); } import log: func(of: r); export api; }
    world w { include base with { r as s, log as note } }`)
  const [base, w] = worlds
  expect(Object.keys(base?.imports ?? {})).toEqual(['interface-0', 'r', 'log', '[method]r.m'])
  expect(Object.keys(w?.imports ?? {})).toEqual(['interface-0', 's', 'note', '[method]s.m'])
  expect(Object.keys(w?.exports ?? {})).toEqual(['interface-1'])
  expect(types.filter(({ kind }) => kind === 'resource').map(({ name, owner }) => [name, owner])).toEqual([
    ['r', { world: 0 }],
    ['s', { world: 1 }],
  ])
})

test('a world exports its functions before its interfaces, and imports resources before functions, methods last', () => {
  const { worlds } = resolved(`package a:b;
    world w {
      export y: interface {}
      export f: func();
      resource r { m: func(); }
      import g: func();
      import x: interface {}
    }`)
  expect(Object.keys(worlds[0]?.exports ?? {})).toEqual(['f', 'y'])
  expect(Object.keys(worlds[0]?.imports ?? {})).toEqual(['x', 'r', 'g', '[method]r.m'])
})

test('what is unstable is there only where its feature is on', () => {
  const text = `package a:b@1.0.0;
    @unstable(feature = x) interface i { @unstable(feature = x) type t = u8; }
    world w { @unstable(feature = x) import i; @since(version = 1.0.0) import f: func(); }`
  expect(Object.keys(resolved(text).worlds[0]?.imports ?? {})).toEqual(['f'])
  const { imports } = resolved(text, 'x').worlds[0] ?? {}
  expect(imports).toMatchObject({
    'interface-0': { interface: { id: 0, stability: { unstable: { feature: 'x' } } } },
    f: { function: { stability: { stable: { since: '1.0.0' } } } },
  })
})

test('comments in front of items and members are their documentation', () => {
  const { interfaces, types } = resolved(`package a:b;
    /// About i,
    /// in two lines.
    interface i {
      // A record.
      record r {
        /** Its field. */
        x: u8,
      }
    }`)
  expect(interfaces[0]?.docs).toEqual({ contents: 'About i,\nin two lines.' })
  expect(types[0]).toMatchObject({
    docs: { contents: 'A record.' },
    kind: { record: { fields: [{ name: 'x', type: 'u8', docs: { contents: 'Its field.' } }] } },
  })
})

test('text with mistakes gives what could be read', () => {
  expect(resolved('package a:b; interface i { type t = missing; f: func(x: ) ').packages).toHaveLength(1)
  expect(resolved('').packages).toEqual([])
})

test('worlds that include one world in many ways have it once', { timeout: 10_000 }, () => {
  const levels = Array.from({ length: 22 }, (_, at) => `world w${at + 1} { include w${at}; include w${at}; }`)
  const { worlds } = resolved(`package a:b;
    interface i { type t = u8; }
    world w0 { import i; export i; }
    ${levels.join('\n')}`)
  expect(worlds.at(-1)).toMatchObject({
    name: 'w22',
    imports: { 'interface-0': { interface: { id: 0 } } },
    exports: { 'interface-0': { interface: { id: 0 } } },
  })
})

test('an interface that comes in plain and with an annotation has the annotation', () => {
  const { worlds } = resolved(`package a:b@1.0.0;
    interface i {}
    world plain { import i; }
    world since { @since(version = 1.0.0) import i; }
    world w { include plain; include since; }`)
  const stability = { stable: { since: '1.0.0' } }
  expect(worlds.at(-1)?.imports).toEqual({ 'interface-0': { interface: { id: 0, stability } } })
})

import { expect, test } from 'vitest'
import { resolveWit } from '../../src/wit/check.ts'
import { resolvedWit } from '../../src/wit/resolved.ts'
import { comparable, differences, type Json } from './comparable.ts'

const resolved = (
  types: readonly { name: string | null; kind: unknown }[],
  order: Record<string, number>,
  result: number,
) =>
  JSON.parse(
    JSON.stringify({
      worlds: [],
      interfaces: [
        {
          name: 'i',
          types: order,
          functions: { f: { name: 'f', kind: 'freestanding', params: [], result } },
          package: 0,
        },
      ],
      types: types.map((type) => ({ ...type, owner: type.name === null ? null : { interface: 0 } })),
      packages: [{ name: 'a:b', interfaces: { i: 0 }, worlds: {} }],
    }),
  )

const list = (of: number) => ({ name: null, kind: { list: of } })
const bytes = { name: 'bytes', kind: { type: 'u8' } }
const words = { name: 'words', kind: { type: 'u16' } }

const difference = (found: Json, wanted: Json): string[] =>
  differences(comparable(found), comparable(wanted)).map(({ path, message }) => `${path}: ${message}`)

test('how tables are numbered makes no difference', () => {
  const one = resolved([bytes, words, list(1)], { bytes: 0, words: 1 }, 2)
  const other = resolved([words, list(0), bytes], { bytes: 2, words: 0 }, 1)
  expect(difference(one, other)).toEqual([])
})

test('what they lead to does', () => {
  const one = resolved([bytes, words, list(1)], { bytes: 0, words: 1 }, 2)
  const other = resolved([bytes, words, list(0)], { bytes: 0, words: 1 }, 2)
  expect(difference(one, other)).toEqual([
    'packages.a:b.interfaces.i.functions.f.result.list: "a:b/i#words" instead of "a:b/i#bytes"',
  ])
})

const worlds = (): string =>
  JSON.stringify(
    resolvedWit(
      resolveWit({
        'a.wit': `package a:b;
          interface i { type t = u8; }
          world w {
            use i.{t};
            import x: interface { type t = u8; f: func(a: t); }
            import y: interface { type t = u8; g: func(a: t); }
            import named: i;
            import one: func();
            import two: func();
          }`,
      }),
    ),
  )

const draft = () => {
  const found = JSON.parse(worlds())
  const inline = found.interfaces.filter(({ name }: { name: string | null }) => name === null)
  return { found, x: inline[0], y: inline[1], w: found.worlds[0] }
}

test.each<[string, (model: ReturnType<typeof draft>) => void, RegExp]>([
  [
    'the type of another interface in a world',
    ({ x, y }) => {
      y.functions.g.params[0].type = x.types.t
    },
    /imports\.y\.interface\.functions\.g\.params\.0\.type: "a:b\/w imports x#t" instead of "a:b\/w imports y#t"/,
  ],
  [
    'the owner of a type',
    ({ found, y }) => {
      found.types[y.types.t].owner = { world: 0 }
    },
    /imports\.y\.interface\.types\.t\.owner: /,
  ],
  [
    'the package of a world',
    ({ w }) => {
      w.package = 9
    },
    /worlds\.w\.package: "no package 9"/,
  ],
  [
    'the order of imports',
    ({ w }) => {
      w.imports = Object.fromEntries(Object.entries(w.imports).toReversed())
    },
    /imports: in the order two, one, /,
  ],
  [
    'the name under which an interface is imported',
    ({ w }) => {
      w.imports = Object.fromEntries(
        Object.entries(w.imports).map(([key, item]) => [key === 'named' ? 'called' : key, item]),
      )
    },
    /imports\.(?:named|called): /,
  ],
  [
    'an interface that nothing lists',
    ({ found, x }) => {
      found.interfaces.push(x)
    },
    /^tables\.interfaces: /,
  ],
])('sees %s', (_, change, message) => {
  const changed = draft()
  change(changed)
  const told = difference(changed.found, draft().found)
  expect(told).toContainEqual(expect.stringMatching(message))
})

import { expect, test } from 'vitest'
import { comparable, firstDifference } from './comparable.ts'

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

test('how tables are numbered makes no difference', () => {
  const one = resolved([bytes, words, list(1)], { bytes: 0, words: 1 }, 2)
  const other = resolved([words, list(0), bytes], { bytes: 2, words: 0 }, 1)
  expect(firstDifference(comparable(one), comparable(other))).toBeUndefined()
})

test('what they lead to does', () => {
  const one = resolved([bytes, words, list(1)], { bytes: 0, words: 1 }, 2)
  const other = resolved([bytes, words, list(0)], { bytes: 0, words: 1 }, 2)
  expect(firstDifference(comparable(one), comparable(other))).toBe(
    'a:b.interfaces.i.functions.f.result.list: "a:b/i#words" instead of "a:b/i#bytes"',
  )
})

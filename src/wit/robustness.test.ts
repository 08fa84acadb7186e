/** Whatever the text, the front end gives a tree and diagnostics with places inside the text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { assert, constantFrom, integer, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkWit } from './check.ts'
import { highlightWit } from './highlight.ts'
import { outline } from './outline.ts'
import { parseWit } from './parse.ts'
import { listWorlds } from './worlds.ts'

const example = `/// A shop.
package example:shop@1.2.0;

use types as t;

interface types {
  /// Money in cents.
  type money = u64;
  record item { name: string, price: money, tags: list<string, 4> }
  variant failure { sold-out, too-many(u32), other(option<tuple<u8, string>>) }
  flags options { gift, express }
  enum size { small, large }
  @since(version = 1.1.0)
  resource cart {
    constructor(owner: string) -> result<cart, failure>;
    add: async func(item: item, count: u32) -> result<_, failure>;
    merge: static func(a: cart, b: borrow<cart>) -> cart;
  }
}

world base { import log: func(message: string); export types; }

world shop {
  include base with { log as write }
  use t.{item as thing};
  import prices: interface { use types.{money}; price: func(of: string) -> future<money>; }
  @unstable(feature = lookup)
  export find: func(by: map<string, u8>) -> stream<thing>;
}

package example:nested { interface inner { nothing: func(); } }
`

const everything = (text: string): void => {
  const { file, tokens, problems } = parseWit(text)
  const spans = [...tokens, ...problems, ...highlightWit(text), file]
  for (const { start, end } of spans)
    if (start < 0 || end < start || end > text.length) throw new Error(`a span ${start}-${end} outside the text`)
  outline(file, text)
  const files = { 'a.wit': text }
  listWorlds(files)
  const lines = text.split('\n')
  for (const { place } of checkWit(files)) {
    if (place === undefined) throw new Error('a diagnostic without a place')
    const length = lines[place.line - 1]?.length
    if (length === undefined || place.column > length + 1) throw new Error(`${place.line}:${place.column} is outside`)
  }
}

const corpora = resolve(process.env['CORPORA'] ?? '../shared/corpora')
const folders = ['wit/good', 'wit/worlds', 'wit/parse-fail'].map((name) => join(corpora, name))
const texts = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()))
  .filter(({ name }) => name.endsWith('.wit'))
  .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
  .filter(({ length }) => length < 1500)

const pieces = [...'{}()<>;:,.@/*"%=-_'].concat(
  '->',
  'func',
  'interface',
  'world',
  'package',
  'use',
  'u8',
  '/*',
  '//',
  '\n',
)

const mutation = tuple(integer({ min: 0 }), integer({ min: 0, max: 12 }), constantFrom('', ...pieces))

// Other ones in every run of the tests.
const mutate = (text: string, [at, remove, insert]: readonly [number, number, string]): string => {
  const start = at % (text.length + 1)
  return text.slice(0, start) + insert + text.slice(start + remove)
}

describe('the WIT front end', () => {
  it('finds nothing wrong with the example', () => {
    expect(checkWit({ 'a.wit': example })).toEqual([])
  })

  it('takes every prefix of the example', () => {
    for (let end = 0; end <= example.length; end += 1) everything(example.slice(0, end))
  })

  it('takes 1000 mutations of the example', () => {
    assert(
      property(mutation, mutation, (one, other) => everything(mutate(mutate(example, one), other))),
      { numRuns: 1000 },
    )
  })

  it('takes any text', () => {
    const soup = string({ unit: constantFrom('a', '-', ' ', 'é', '\u202e', ...pieces), maxLength: 80 })
    assert(property(soup, everything), { numRuns: 1000 })
  })

  describe.skipIf(texts.length === 0)('on the corpora (needs CORPORA)', () => {
    it('takes every prefix of small files', () => {
      for (const text of texts.filter(({ length }) => length < 250))
        for (let end = 0; end <= text.length; end += 1) everything(text.slice(0, end))
    })

    it('takes 1000 mutations of small files', () => {
      assert(
        property(constantFrom(...texts), mutation, mutation, (text, one, other) =>
          everything(mutate(mutate(text, one), other)),
        ),
        { numRuns: 1000 },
      )
    })
  })
})

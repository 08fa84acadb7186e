import { describe, expect, it } from 'vitest'
import { resolveWit } from '../../../wit/check.ts'
import { guestNames, guestNamesOf, guestRenamings } from '../../../wit/guest-names.ts'
import { renameAt } from '../../../wit/navigate.ts'
import { SymbolIndex } from '../../../wit/symbols.ts'
import { applyEdits } from '../../../wit/text.ts'
import { guestOf } from '../exports/checked.fixture.ts'
import { codeOf, entry, exportedOf } from './guest-code.fixture.ts'

const wit = `package demo:shop;
interface cart {
  enum size { small, large }
  flags rights { can-read }
  record line { first-name: string, size: size }
  record receipt { lines: list<line>, rights: rights }
  variant refusal { empty, sold-out(line) }
  resource item { constructor(); pay: func() -> result<receipt, refusal>; }
  add: func(no: bool) -> result<line, refusal>;
  all: func() -> list<line>;
}
world shop { export cart; export largest: func() -> option<string>; }
`

/** Nothing in it names a type of the world. */
const main = `class Item {
  pay() {
    if (Math.random() > 2) throw { tag: 'sold-out', val: { firstName: 'a', size: 'large' } }
    return { lines: [{ firstName: 'b', size: 'small' }], rights: { canRead: true } }
  }
}
const add = async (no: boolean) => {
  if (no) throw no ? { tag: 'empty' } : ({ 'tag': 'sold-out', val: { 'firstName': 'c', size: 'large' } })
  const own = () => { throw { tag: 'sold-out' } }
  const other = { firstName: 'd', size: 'large' }
  return no ? { firstName: other.firstName, size: 'large' as const } : { firstName: 'e', size: 'large' }
}
export const cart = {
  Item,
  add,
  all: () => [{ firstName: 'f', size: 'large' }],
}
export const largest = () => 'large'
`

const indexOf = (text: string): SymbolIndex => new SymbolIndex(resolveWit({ 'world.wit': text }, []))
const shop = { wit, main, guest: guestOf(wit) }
const codeIn = async ({ main: text, guest }: typeof shop) => codeOf(text, (await guest).guestTypes)
/** Where the name begins that stands behind the bar. */
const at = (marked: string, text = wit): number => text.indexOf(marked.replace('|', '')) + marked.indexOf('|')

async function renamed(marked: string, name: string, project = shop): Promise<string> {
  const index = indexOf(project.wit)
  const outcome = renameAt(index, 'world.wit', at(marked, project.wit), name, () => [])
  if (!outcome.ok) throw new Error(outcome.message)
  const names = guestNames(index, 'shop')
  const after = guestNames(indexOf(applyEdits(project.wit, outcome.edits)), 'shop')
  const edits = (await codeIn(project)).renames(entry, guestRenamings(names, after), exportedOf(names))
  return applyEdits(
    project.main,
    edits.map(({ start, length, text }) => ({ start, end: start + length, text })),
  )
}

describe('code that names no type of the world follows a renaming in the WIT where the world expects a value', () => {
  it.each<[string, string, (code: string) => string]>([
    [
      '|sold-out',
      'gone',
      (text) =>
        text
          .replace("throw { tag: 'sold-out', val", "throw { tag: 'gone', val")
          .replace("{ 'tag': 'sold-out', val", "{ 'tag': 'gone', val"),
    ],
    ['|empty', 'none', (text) => text.replace("'empty'", "'none'")],
    ['|large', 'huge', (text) => text.replaceAll(/'large'(?! }\n {2}return|\n)/g, "'huge'")],
    [
      '|first-name',
      'given-name',
      (text) =>
        text
          .replaceAll(/firstName(?='?: '[abcef]')/g, 'givenName')
          .replace('{ firstName: other.firstName', '{ givenName: other.firstName'),
    ],
    ['|can-read', 'may-read', (text) => text.replace('canRead', 'mayRead')],
    ['|lines', 'entries', (text) => text.replace('lines:', 'entries:')],
  ])('%s to %s', async (marked, name, change) => {
    const changed = change(main)
    expect(changed).not.toBe(main)
    expect(await renamed(marked, name)).toBe(changed)
  })

  it('finds it as a use', async () => {
    const index = indexOf(wit)
    const source = index.source('world.wit') ?? expect.unreachable()
    const symbol = index.at(source, at('|can-read'))?.symbol ?? expect.unreachable()
    const names = guestNames(index, 'shop')
    const found = (await codeIn(shop)).uses(entry, guestNamesOf(names, symbol), exportedOf(names))
    expect(found.map(({ start, length }) => [start, main.slice(start, start + length)])).toEqual([
      [main.indexOf('canRead'), 'canRead'],
    ])
  })
})

describe('of parts that are alike only those are renamed that stand where the type is expected', () => {
  const alike = `package demo:shop;
interface shapes {
  enum hue { red, green }
  enum light { red, amber }
  record circle { radius: u32, hue: hue }
  record square { radius: u32, light: light }
  variant shape { round(circle), flat(square), lit(light), coloured(hue) }
  draw: func(no: bool) -> shape;
  save: func() -> result<u32, shape>;
  pair: func() -> tuple<circle, square>;
  wrapped: func(no: bool) -> result<result<circle, square>>;
}
world shop { export shapes; }
`
  const own = `export const shapes = {
  draw(no: boolean) {
    if (no) return { tag: 'round', val: { radius: 1, hue: 'red' } }
    if (no) return { tag: 'lit', val: 'red' }
    if (no) return { 'tag': 'coloured', val: 'red' }
    return { val: { radius: 2, light: 'red' }, tag: 'flat' }
  },
  save() { throw { tag: 'flat', val: { radius: 3, light: 'red' } } },
  pair() { return [{ radius: 4, hue: 'red' }, { radius: 5, light: 'red' }] },
  wrapped: (no: boolean) => no ? { tag: 'ok', val: { radius: 6, hue: 'red' } } : { tag: 'err', val: { radius: 7, light: 'red' } },
}
`
  const project = { wit: alike, main: own, guest: guestOf(alike) }
  it.each<[string, RegExp]>([
    ['circle { |radius', /radius(?=: [146])/g],
    ['square { |radius', /radius(?=: [2357])/g],
    ['hue { |red', /(?<=(?:hue|'coloured', val): ')red/g],
    ['light { |red', /(?<=(?:light|'lit', val): ')red/g],
  ])('%s', async (marked, places) => {
    expect(await renamed(marked, 'other', project)).toBe(own.replaceAll(places, 'other'))
  })
})

it('what is named by a variable has another name wherever it is taken from the object', async () => {
  const named = `package demo:shop;
interface cart { add: func(a: u32) -> u32; }
world shop { export cart; }
`
  const own = `function add(a: number) { return a }
export const cart = { add }
cart.add(add(1))
export const { add: other } = cart
`
  const changed = own
    .replace('{ add }', '{ total: add }')
    .replace('cart.add', 'cart.total')
    .replace('{ add: other', '{ total: other')
  expect(await renamed('|add', 'total', { wit: named, main: own, guest: guestOf(named) })).toBe(changed)
})

import { beforeAll, describe, expect, it } from 'vitest'
import { loadTools } from '../../../toolchain/jco/node.ts'
import { resolveWit } from '../../../wit/check.ts'
import {
  guestNames,
  guestNamesOf,
  guestRenamings,
  symbolAt,
  symbolExportedAt,
  type GuestName,
} from '../../../wit/guest-names.ts'
import { renameAt } from '../../../wit/navigate.ts'
import { SymbolIndex } from '../../../wit/symbols.ts'
import { applyEdits } from '../../../wit/text.ts'
import { codeOf, entry, exportedOf } from './guest-code.fixture.ts'
import type { GuestCode } from './guest-code.ts'

const wit = `package demo:cart@1.0.0;

interface types {
  record line-item { first-name: string, how-many: u32 }
  enum colour { dark-red, blue }
  flags rights { can-read }
  variant shape { small-dot, big-circle(f64) }
}

interface host {
  use types.{line-item, colour as hue};
  resource open-file { constructor(path: string); read-all: func() -> string; open-it: static func() -> open-file; }
  log-it: func(text: string, colour: hue);
  delete: func();
}

interface store {
  use types.{line-item, shape, colour, rights};
  resource shelf { constructor(); put-in: func(item: line-item); make-one: static func() -> shelf; }
  all-items: func(shape: shape, colour: colour, rights: rights) -> list<line-item>;
}

world base {
  export old-name: func();
}

world shop {
  include base with { old-name as new-name }
  import host;
  import now-ms: func() -> u64;
  import in-line: interface { do-it: func(); }
  record options { max-size: u32 }
  export store;
  export run-it: func(options: options);
  export my-api: interface { do-this: func(); }
}
`

const main = `import type { LineItem, Colour, Shape, ShapeBigCircle, Rights } from 'demo:cart/types@1.0.0'
import type { Options } from 'demo:cart/shop@1.0.0'
import { logIt, OpenFile, delete as remove } from 'demo:cart/host@1.0.0'
import * as host from 'demo:cart/host@1.0.0'
import nowMs from 'now-ms'
import { doIt } from 'in-line'

class Shelf {
  putIn(item: LineItem): void {
    const { firstName, howMany } = item
    logIt(firstName, 'dark-red')
    const copy: LineItem = { firstName, howMany: howMany + Number(nowMs()) }
    host.logIt(copy.firstName, 'blue')
    doIt()
  }
  static makeOne(): Shelf {
    return new Shelf()
  }
}

function allItems(shape: Shape, colour: Colour, rights: Rights): LineItem[] {
  remove()
  new OpenFile('x').readAll()
  const other = 'dark-red'
  if (colour === 'dark-red' || rights.canRead) return []
  switch (shape.tag) {
    case 'big-circle':
      return [{ firstName: other, howMany: shape.val }]
    default:
      return []
  }
}
export const circle: ShapeBigCircle = { tag: 'big-circle', val: 1 }
export const any: Shape = { tag: 'big-circle', val: 1 }
export const store = { Shelf, allItems }
export function runIt(options: Options): void {
  console.log(options.maxSize, runIt)
}
export function newName(): void {}
export const myApi = { doThis() {} }
`

let generated: Record<string, string>
beforeAll(async () => {
  const files = (await loadTools()).generateTypes('world', {
    wit: { tag: 'source', val: wit },
    guest: true,
    world: 'shop',
  })
  generated = Object.fromEntries(files.map(([file, bytes]) => [file, new TextDecoder().decode(bytes)]))
  generated['world-imports.d.ts'] =
    "declare module 'now-ms' {\n  function nowMs(): bigint;\n  export { nowMs, nowMs as default };\n}\n"
})

let code: GuestCode | undefined
const mainCode = (): GuestCode => (code ??= codeOf(main, generated))

const indexOf = (text: string): SymbolIndex => new SymbolIndex(resolveWit({ 'world.wit': text }))
const namesOf = (text: string, world = 'shop'): GuestName[] => guestNames(indexOf(text), world)

/** The offset of `|` in a piece of a text. */
const at = (text: string, marked: string): number => {
  const found = text.indexOf(marked.replace('|', ''))
  if (found === -1) throw new Error(`no ${marked}`)
  return found + marked.indexOf('|')
}

describe('from TypeScript to WIT', () => {
  it.each([
    ['import { log|It', 'log-it'],
    ['delete as re|move', 'delete'],
    ['host.lo|gIt', 'log-it'],
    ['Line|Item, Colour', 'line-item'],
    ['const { first|Name', 'first-name'],
    ['copy.first|Name', 'first-name'],
    ["'demo:cart/ho|st@1.0.0'\nimport nowMs", 'host'],
    ['Number(now|Ms()', 'now-ms'],
    ["'in-l|ine'", 'in-line'],
    ['    do|It()', 'do-it'],
    ['new Open|File', 'open-file'],
    ['.read|All', 'read-all'],
    ['rights.can|Read', 'can-read'],
    ['shape.v|al', 'big-circle'],
    ['options.max|Size', 'max-size'],
  ])('%s leads to %s', (marked, name) => {
    const [target] = mainCode().definitions(entry, at(main, marked))
    expect(target?.kind).toBe('declared')
    if (target?.kind !== 'declared') return
    expect(symbolAt(namesOf(wit), target)?.text).toBe(name)
  })

  it.each([
    ['function run|It', 'run-it'],
    ['function new|Name', 'new-name'],
    ['class She|lf', 'shelf'],
    ['  put|In(item', 'put-in'],
    ['static make|One', 'make-one'],
    ['const st|ore', 'store'],
    ['function all|Items', 'all-items'],
    ['const my|Api', 'my-api'],
    ['{ do|This', 'do-this'],
  ])('what the world exports, as %s, leads to %s', (marked, name) => {
    const names = namesOf(wit)
    const paths = names.flatMap(({ exported }) => (exported ? [exported] : []))
    const found = mainCode().exportedAt(entry, entry, at(main, marked), paths)
    expect(symbolExportedAt(names, paths[found] ?? [])?.text).toBe(name)
  })

  it('leads from what is no name of the world to its place', () => {
    expect(mainCode().definitions(entry, at(main, 'console.log(options.maxSize, run|It'))).toEqual([
      { kind: 'place', file: entry, start: main.indexOf('runIt(options'), length: 5 },
    ])
  })
})

describe('from WIT to TypeScript', () => {
  const around = (start: number): string => main.slice(main.lastIndexOf('\n', start) + 1, main.indexOf('\n', start))
  const uses = (marked: string): string[] => {
    const index = indexOf(wit)
    const source = index.source('world.wit') ?? expect.unreachable()
    const symbol = index.at(source, at(wit, marked))?.symbol ?? expect.unreachable()
    return mainCode()
      .uses(entry, guestNamesOf(guestNames(index, 'shop'), symbol), exportedOf(guestNames(index, 'shop')))
      .map(({ start }) => around(start).trim())
      .toSorted()
  }

  it('finds where the code uses a function of the world', () => {
    expect(uses('|log-it')).toEqual([
      "host.logIt(copy.firstName, 'blue')",
      "import { logIt, OpenFile, delete as remove } from 'demo:cart/host@1.0.0'",
      "logIt(firstName, 'dark-red')",
    ])
  })

  it('finds the cases of an enum where its type is meant, and not elsewhere', () => {
    expect(uses('{ |dark-red')).toEqual([
      "if (colour === 'dark-red' || rights.canRead) return []",
      "logIt(firstName, 'dark-red')",
    ])
  })

  it('finds the cases of a variant by their tag', () => {
    expect(uses('|big-circle')).toEqual([
      "case 'big-circle':",
      "export const any: Shape = { tag: 'big-circle', val: 1 }",
      "export const circle: ShapeBigCircle = { tag: 'big-circle', val: 1 }",
      "export const circle: ShapeBigCircle = { tag: 'big-circle', val: 1 }",
      "import type { LineItem, Colour, Shape, ShapeBigCircle, Rights } from 'demo:cart/types@1.0.0'",
    ])
  })

  it('finds where the entry has what the world exports', () => {
    const names = namesOf(wit)
    const of = (name: string): string[] => {
      const paths = names.flatMap(({ symbol, exported }) => (symbol.text === name && exported ? [exported] : []))
      return mainCode()
        .implementations(entry, paths)
        .map(({ start }) => around(start).trim())
    }
    expect(of('run-it')).toEqual(['export function runIt(options: Options): void {'])
    expect(of('all-items')).toEqual(['function allItems(shape: Shape, colour: Colour, rights: Rights): LineItem[] {'])
    expect(of('put-in')).toEqual(['putIn(item: LineItem): void {'])
    expect(of('old-name')).toEqual([])
    expect(of('new-name')).toEqual(['export function newName(): void {}'])
  })
})

describe('a renaming in WIT', () => {
  /** The code after it. */
  const renamed = (marked: string, name: string): string => {
    const index = indexOf(wit)
    const outcome = renameAt(index, 'world.wit', at(wit, marked), name, () => [])
    if (!outcome.ok) throw new Error(outcome.message)
    const names = guestNames(index, 'shop')
    const after = namesOf(applyEdits(wit, outcome.edits), marked.includes('world') ? name : 'shop')
    const edits = mainCode().renames(entry, guestRenamings(names, after), exportedOf(names))
    expect(edits.every(({ file }) => file === entry)).toBe(true)
    return applyEdits(
      main,
      edits.map(({ start, length, text }) => ({ start, end: start + length, text })),
    )
  }

  it.each<[string, string, (code: string) => string]>([
    ['|log-it', 'write-line', (code) => code.replaceAll('logIt', 'writeLine')],
    ['  |delete', 'remove', (code) => code.replace('delete as', 'remove as')],
    ['export |run-it', 'start-it', (code) => code.replaceAll('runIt', 'startIt')],
    ['import |now-ms', 'time-ms', (code) => code.replace("'now-ms'", "'time-ms'")],
    ['|put-in', 'add-one', (code) => code.replace('putIn', 'addOne')],
    ['|all-items', 'all', (code) => code.replace('{ Shelf, allItems }', '{ Shelf, all: allItems }')],
    ['resource |shelf', 'rack', (code) => code.replace('{ Shelf, allItems }', '{ Rack: Shelf, allItems }')],
    ['export |my-api', 'api', (code) => code.replace('myApi', 'api')],
    ['|do-this', 'do-that', (code) => code.replace('doThis', 'doThat')],
    ['as |new-name', 'newest', (code) => code.replace('newName', 'newest')],
    ['interface |host', 'outside', (code) => code.replaceAll('/host@', '/outside@')],
    ['interface |store', 'shop-store', (code) => code.replace('const store', 'const shopStore')],
    ['world |shop', 'market', (code) => code.replace('/shop@', '/market@')],
    ['record |line-item', 'entry', (code) => code.replaceAll('LineItem', 'Entry')],
    ['{ |dark-red', 'red', (code) => code.replace(", 'dark-red'", ", 'red'").replace("=== 'dark-red'", "=== 'red'")],
    [
      '|big-circle',
      'disc',
      (code) => code.replaceAll("'big-circle'", "'disc'").replaceAll('ShapeBigCircle', 'ShapeDisc'),
    ],
    [
      'variant |shape',
      'form',
      (code) => code.replaceAll('ShapeBigCircle', 'FormBigCircle').replaceAll(/\bShape\b/g, 'Form'),
    ],
    ['|can-read', 'may-read', (code) => code.replace('canRead', 'mayRead')],
    ['|max-size', 'limit', (code) => code.replace('maxSize', 'limit')],
    [
      '|first-name',
      'given-name',
      (code) =>
        code
          .replace('const { firstName,', 'const { givenName: firstName,')
          .replace('= { firstName,', '= { givenName: firstName,')
          .replace('copy.firstName', 'copy.givenName')
          .replace('[{ firstName:', '[{ givenName:'),
    ],
  ])('of %s to %s is one in the code', (marked, name, change) => {
    const changed = change(main)
    expect(changed).not.toBe(main)
    expect(renamed(marked, name)).toBe(changed)
  })

  it('changes no code where nothing of it is named so', () => {
    expect(renamed('|options: options', 'settings')).toBe(main)
  })
})

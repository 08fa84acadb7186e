import { describe, expect, it } from 'vitest'
import { guestOf, type Guest } from './checked.fixture.ts'

const hello = guestOf('package demo:hello; world hello { export greet: func(name: string) -> string; }')
const many = guestOf(`package demo:many;
interface people {
  record person { name: string, age: u8 }
  variant error { unknown(string), busy }
  enum colour { red, dark-blue }
  find: func(name: string) -> result<person, error>;
  paint: func(who: person, colour: colour) -> option<person>;
}
interface cart {
  use people.{person, error};
  resource item {
    constructor(name: string, owner: person);
    total: func() -> u32;
    pay: func(amount: u64) -> result<_, error>;
    open: static func(name: string) -> item;
  }
  add: func(item: borrow<item>, other: list<item>) -> result<u32, error>;
  take: func(item: item) -> option<item>;
}
world many {
  use people.{person};
  export people;
  export cart;
  export greet: func(who: person, times: u8) -> string;
  export delete: func(ids: list<u64>) -> u32;
  export go: func();
}`)

/** Every fix of every problem, with what is wrong after it. */
async function mendAll(guest: Guest, files: Readonly<Record<string, string>>) {
  const { problems = [] } = await guest.check(files)
  return Promise.all(
    problems.flatMap(({ fixes = [] }) =>
      fixes.map(async (fix) => {
        const { text, problems: left, typeErrors } = await guest.mend(files, fix)
        return { title: fix.title, text, left: left?.length, typeErrors }
      }),
    ),
  )
}

describe('what is missing is written', () => {
  it('where there is nothing', async () => {
    expect(await mendAll(await hello, { 'main.ts': '' })).toEqual([
      {
        title: 'Add greet',
        text: "export function greet(name: string): string {\n  throw new Error('greet is not written yet')\n}\n",
        left: 0,
        typeErrors: [],
      },
    ])
  })

  it.each([
    ['', ''],
    ['\n\n', ''],
    ['// Mine.\n', '// Mine.\n\n'],
    ['\n// Mine.\n', '// Mine.\n\n'],
  ])('apart from the import that it needs: %j', async (before, kept) => {
    const guest = await guestOf(`package a:b;
      interface api { record point { x: u8 } go: func(at: point); }
      world w { use api.{point}; export go: func(at: point); }`)
    const [mended] = await mendAll(guest, { 'main.ts': before })
    expect(mended?.text.split('export ')[0]).toBe(`import type { Point } from 'a:b/api'\n\n${kept}`)
  })

  it('all at once, with the types of the world', async () => {
    const [all, ...singles] = await mendAll(await many, { 'main.ts': '// Mine.\nconst Person = 1\n' })
    expect(all).toMatchObject({ title: 'Add the 5 that are missing', left: 0, typeErrors: [] })
    expect(all?.text).toMatchSnapshot()
    expect(singles.map(({ title }) => title).toSorted()).toEqual([
      'Add cart',
      'Add delete',
      'Add go',
      'Add greet',
      'Add people',
    ])
    for (const { left, typeErrors } of singles) expect({ left, typeErrors }).toEqual({ left: 1, typeErrors: [] })
  })

  it.each([
    [
      'a function',
      'function greet(name: string) { return name }',
      'export function greet(name: string) { return name }',
    ],
    [
      'a constant',
      '/** Kind. */\nconst greet = (name: string) => name',
      '/** Kind. */\nexport const greet = (name: string) => name',
    ],
    [
      'a default',
      'export default function greet(name: string) { return name }',
      'export function greet(name: string) { return name }',
    ],
    ['an import', "import { greet } from './lib.ts'\n", "import { greet } from './lib.ts'\n\nexport { greet }\n"],
  ])('as an export, where it is %s', async (_, before, after) => {
    const lib = 'export const greet = (name: string) => name'
    const title = before.startsWith('import') ? 'Export greet' : 'Write export before greet'
    expect(await mendAll(await hello, { 'main.ts': before, 'lib.ts': lib })).toEqual([
      { title, text: after, left: 0, typeErrors: [] },
    ])
  })

  it('under its name, where it has nearly that', async () => {
    const text = "export const great = (name: string) => (name === '' ? great('you') : name)\n"
    const [rename, add] = await mendAll(await hello, {
      'main.ts': text.replace('great =', 'great: (name: string) => string ='),
    })
    expect(rename).toMatchObject({ title: 'Rename great to greet', left: 0, typeErrors: [] })
    expect(rename?.text).not.toContain('great')
    expect(add?.title).toBe('Add greet')
  })

  describe('under its name, where a member has nearly that', () => {
    const guest = guestOf(`package demo:shop;
      interface cart {
        resource item { constructor(name: string); total: func() -> u32; open: static func() -> item; }
        add: func(many: u32) -> u32;
      }
      world shop { export cart; }`)
    const item = `class Item {
  static open() { return new Item('') }
  constructor(name: string) {}
  total() { return 1 }
}
`
    const add = `${item}const ad = (many: number): number => many\n`
    it.each([
      [
        'a method of an object',
        `${item}export const cart = { Item, ad(many: number): number { return many && cart.ad(many - 1) } }\n`,
        'Rename ad to add',
        `${item}export const cart = { Item, add(many: number): number { return many && cart.add(many - 1) } }\n`,
      ],
      [
        'a property, also where it is taken out',
        `${add}export const cart = { Item, ad: ad }\nconst { ad: other } = cart\n`,
        'Rename ad to add',
        `${add}export const cart = { Item, add: ad }\nconst { add: other } = cart\n`,
      ],
      [
        'the name of a variable, which stays',
        `${add}export const cart = { Item, ad }\ncart.ad(ad(1))\n`,
        'Rename ad to add',
        `${add}export const cart = { Item, add: ad }\ncart.add(ad(1))\n`,
      ],
      [
        'such a name where it is taken out, or written between quotes',
        `${add}export const cart = { Item, ad }\nconst { ad: other } = cart\n{ const { ad } = cart; ad(cart['ad'](1)) }\n`,
        'Rename ad to add',
        `${add}export const cart = { Item, add: ad }\nconst { add: other } = cart\n{ const { add: ad } = cart; ad(cart['add'](1)) }\n`,
      ],
      [
        'a class in an object',
        `${item.replaceAll('Item', 'Itm')}export const cart = { Itm, add: (many: number) => many }\n`,
        'Rename Itm to Item',
        `${item.replaceAll('Item', 'Itm')}export const cart = { Item: Itm, add: (many: number) => many }\n`,
      ],
      [
        'a method of a class',
        `${item.replace('total() {', 'totl(): number { this.totl();')}export const cart = { Item, add: (many: number) => many }\n`,
        'Rename totl to total',
        `${item.replace('total() {', 'total(): number { this.total();')}export const cart = { Item, add: (many: number) => many }\n`,
      ],
      [
        'a static method',
        `${item.replace('open', 'opn')}export const cart = { Item, add: (many: number) => many }\n`,
        'Rename opn to open',
        `${item}export const cart = { Item, add: (many: number) => many }\n`,
      ],
    ])('%s', async (_, text, title, after) => {
      const [first] = await mendAll(await guest, { 'main.ts': text })
      expect(first).toEqual({ title, text: after, left: 0, typeErrors: [] })
    })

    it.each([
      ['no function', `${item}export const cart = { Item, ad: 1 }\n`],
      ['a field', `${item.replace('total() {', 'totals = 1\n  sum() {')}export const cart = { Item, add: () => 1 }\n`],
      [
        'of the class itself',
        `${item.replace('total()', 'static totl()')}export const cart = { Item, add: () => 1 }\n`,
      ],
      ['private', `${item.replace('total()', '#total()')}export const cart = { Item, add: () => 1 }\n`],
      ['computed', `${item}export const cart = { Item, ['ad']: () => 1 }\n`],
    ])('but not what is %s', async (_, text) => {
      const mended = await mendAll(await guest, { 'main.ts': text })
      expect(mended.length).toBeGreaterThan(0)
      expect(mended.filter(({ title }) => title.startsWith('Rename'))).toEqual([])
    })
  })

  const rest = `
export const people: typeof import('demo:many/people') = { find: () => ({ name: '', age: 1 }), paint: (who) => who }
export function greet() { return '' }
function delete_() { return 1 }
export { delete_ as delete }
export function go() {}
`
  const shop = `class Item {
  constructor(name?: string) {}
  total() { return 1 }
  pay(amount: bigint) {}
  static open(name: string) { return new Item() }
}
function take(item: Item): Item | undefined { return item }
export const cart = {
  Item,
  add: (item: Item) => 1,
  take,
}
`
  it.each([
    ['nothing is', shop],
    ['a method', shop.replace('  total() { return 1 }\n', '')],
    ['a static method', shop.replace(/ {2}static.*\n/, '')],
    ['all of a class', shop.replace(/\{\n {2}cons[^]*?\n\}\n/, '{}\n')],
    ['a function of the object', shop.replace(/ {2}add.*\n/, '')],
    ['the last one', shop.replace('  take,\n', '')],
    ['in one line', shop.replace(/cart = [^]*$/, 'cart = { Item }\n')],
    ['in an empty object', shop.replace(/cart = [^]*$/, 'cart = {}\n')],
    [
      'the class',
      shop
        .replace(/class Item [^]*?\n\}\n/, '')
        .replace('  Item,\n', '')
        .replaceAll('Item', 'any'),
    ],
    ['without a comma', shop.replace('  take,\n}', '}').replace('=> 1,', '=> 1 // one')],
  ])('in what has the others: %s', async (missing, text) => {
    const mended = await mendAll(await many, { 'main.ts': text + rest })
    expect(mended.length > 0).toBe(missing !== 'nothing is')
    const [best] = mended
    expect({ left: best?.left ?? 0, typeErrors: best?.typeErrors ?? [] }).toEqual({ left: 0, typeErrors: [] })
    expect(best?.text.replace(rest, '')).toMatchSnapshot()
  })

  it('in a module that is an interface', async () => {
    const text = `export * as cart from './cart.ts'${rest}`
    const lib = 'export class Item {\n  total() { return 1 }\n}\n'
    const { problems = [] } = await (await many).check({ 'main.ts': text, 'cart.ts': lib })
    const titles = problems.flatMap(({ fixes = [] }) => fixes.map(({ title }) => title))
    const [fix] = problems[0]?.fixes?.slice(-1) ?? []
    expect(fix && (await (await many).mend({ 'main.ts': text, 'cart.ts': lib }, fix))).toMatchObject({
      problems: [],
      typeErrors: [],
    })
    expect(titles).toEqual([
      'Add the 2 that are missing',
      'Add pay',
      'Add open',
      'Add all that is missing',
      'Add the 2 that are missing',
      'Add add',
      'Add take',
      'Add all that is missing',
    ])
  })
})

describe('no fix puts an error in the place of another', () => {
  const pair = guestOf('package a:b; world w { export one: func() -> u8; export two: func() -> u8; }')
  const shops = guestOf(`package demo:shops;
interface cart { resource item { total: func() -> u32; } add: func(item: item) -> item; }
interface stock {
  resource item { constructor(name: string); }
  resource error { text: func() -> string; }
  take: func(item: borrow<item>) -> error;
}
world shops { export cart; export stock; export a:x/api@1.0.0; export b:x/api@1.0.0; }
package a:x@1.0.0 { interface api { resource item { size: func() -> u8; } one: func() -> item; } }
package b:x@1.0.0 { interface api { one: func(); } }`)
  const lib = 'export const one = () => 1\nexport const two = () => 2\nexport interface Shape { a: 1 }\n'

  it.each([
    ['one statement', 'const one = () => 1, two = () => 2\n', 'export const one = () => 1, two = () => 2\n'],
    [
      'a pattern',
      "import * as api from './lib.ts'\nconst { one, nested: [two] } = { ...api, nested: [api.two] as const }\n",
      "import * as api from './lib.ts'\nexport const { one, nested: [two] } = { ...api, nested: [api.two] as const }\n",
    ],
    [
      'overloads',
      'function one(): number\nfunction one(a?: string): number\nfunction one() { return 1 }\nconst two = one\n',
      'export function one(): number\nexport function one(a?: string): number\nexport function one() { return 1 }\nexport const two = one\n',
    ],
    [
      'a function with a namespace',
      'function one() { return one.more }\nnamespace one { export const more = 1 }\nclass two {}\ninterface two { a: 1 }\n',
      'export function one() { return one.more }\nexport namespace one { export const more = 1 }\nexport class two {}\nexport interface two { a: 1 }\n',
    ],
    ['a namespace', 'namespace one { export const more = 1 }\n', undefined],
    ['a namespace of types', 'namespace one { export type More = 1 }\ntype two = 1\n', undefined],
    [
      'types that are imported',
      "import type { one } from './lib.ts'\nimport { Shape as two } from './lib.ts'\n",
      undefined,
    ],
    ['variables of a block', 'if (Math.random() > 1) {\n  var one = 1\n}\n', undefined],
    ['a default', 'export default/* a b */function one() { return 1 }\n', undefined],
    ['what is declared', 'declare function one(): number\ndeclare const two: () => number\n', undefined],
    [
      'names that are nearly right',
      'type one = 1\nexport const onne = () => 1\nexport const twoo = () => 2\n',
      undefined,
    ],
  ])('%s', async (_, text, after) => {
    const files = { 'main.ts': text, 'lib.ts': lib }
    const before = (await (await pair).check(files)).typeErrors
    const mended = await mendAll(await pair, files)
    expect(mended.length).toBeGreaterThan(0)
    for (const { title, typeErrors } of mended) expect({ title, typeErrors }).toEqual({ title, typeErrors: before })
    if (after !== undefined) expect(mended.find(({ title }) => title.includes('the 2'))?.text).toBe(after)
  })

  it.each([
    ['nothing', ''],
    ['objects', 'export const cart = {}\nexport const stock = {}\n'],
    ['objects in one statement', 'const cart = {}, stock = {}\nexport { cart }\n'],
    ['types of their names', 'interface Item { a: 1 }\ntype CartItem = 1\nexport const cart = {}\n'],
    ['one of the classes', 'class Item { total() { return 1 } }\nexport const cart = {}\nexport const stock = {}\n'],
    ['modules', "export * as cart from './cart.ts'\nexport * as stock from './stock.ts'\n"],
  ])('where interfaces have classes of one name: %s', async (_, text) => {
    const files = { 'main.ts': text, 'cart.ts': 'const add = (item: any) => item\n', 'stock.ts': 'interface Item {}\n' }
    const mended = await mendAll(await shops, files)
    expect(mended.length).toBeGreaterThan(1)
    for (const { title, typeErrors } of mended) expect({ title, typeErrors }).toEqual({ title, typeErrors: [] })
    if (text === '') expect(mended[0]).toMatchObject({ title: 'Add the 4 that are missing', left: 0 })
  })
})

it.each([
  ['export const cart = {\n  // TODO: the shop\n}\n'],
  ['export const cart = {\n  // TODO: { the } shop\n}\n'],
  ['export const cart = { /* mine: { */ }\n'],
  ['class Item { total() { return 1 } }\nexport const cart = { Item /* mine */ }\n'],
  ['class Item { total() { return 1 } }\nexport const cart = { Item, /* mine */ }\n'],
  ['class Item { total() { return 1 } }\nexport const cart = {\n  Item, // mine\n  // and {\n\n}\n'],
  ['class Item {\n  // mine { }\n}\nexport const cart = { Item, add: (item: Item) => item }\n'],
  ['class Item { /* mine { */ }\nexport const cart = { Item, add: (item: Item) => item }\n'],
  ['class Item {\n  a = 1 // mine }\n}\nexport const cart = { Item, add: (item: Item) => item }\n'],
])('keeps the comments of %j', async (text) => {
  const guest = await guestOf(`package demo:cart;
interface cart { resource item { total: func() -> u32; } add: func(item: item) -> item; }
world shop { export cart; }`)
  const mended = await mendAll(guest, { 'main.ts': text })
  expect(mended.length).toBeGreaterThan(0)
  for (const { title, text: after, typeErrors } of mended) {
    expect({ title, typeErrors }).toEqual({ title, typeErrors: [] })
    // Only white space goes: all else is there still, in its order.
    let at = 0
    for (const sign of text.replaceAll(/\s/g, '')) {
      at = after.indexOf(sign, at) + 1
      expect(at).toBeGreaterThan(0)
    }
    for (const [comment] of text.matchAll(/\/\/.*|\/\*.*?\*\//g)) expect(after).toContain(comment)
  }
})

describe('a signature is corrected', () => {
  it.each([
    [
      'export function greet(name: number): number { return 1 }',
      'export function greet(name: string): string { return 1 }',
    ],
    ['export const greet = (who: number) => `${who}`', 'export const greet = (who: string) => `${who}`'],
    [
      "export const greet = (who: string, more: bigint, last = 1) => ''",
      "export const greet = (who: string, last = 1) => ''",
    ],
    [
      'export async function greet(name: string) { return 1 }',
      'export async function greet(name: string): Promise<string> { return 1 }',
    ],
    [
      'const greet = function (name: boolean) { return `${name}` }\nexport { greet }',
      'const greet = function (name: string) { return `${name}` }\nexport { greet }',
    ],
    [
      'export function greet({ length }: number[]) { return `${length}` }',
      'export function greet({ length }: string) { return `${length}` }',
    ],
    [
      'export function greet(this: void, name?: number) { return "" }',
      'export function greet(this: void, name: string) { return "" }',
    ],
  ])('%s', async (before, after) => {
    const [mended, ...others] = await mendAll(await hello, { 'main.ts': before })
    expect(mended).toMatchObject({ title: 'Correct the signature of greet', text: after, left: 0 })
    expect(others).toEqual([])
  })

  it.each([
    [
      'export function greet(\n  // Who is greeted.\n  name: number,\n): string { return `${name}` }',
      'export function greet(\n  // Who is greeted.\n  name: string,\n): string { return `${name}` }',
    ],
    [
      'export function greet(/* who */ name /* of them */ : /* as */ number /* yet */) { return `${name}` }',
      'export function greet(/* who */ name /* of them */ : /* as */ string /* yet */) { return `${name}` }',
    ],
    [
      'export const greet = (/** Who. */ name?: number, /* how */ times = 1) => `${name}${times}`',
      'export const greet = (/** Who. */ name: string, /* how */ times = 1) => `${name}${times}`',
    ],
    [
      'export const greet = (/* all */ ...names: number[]) => names.join()',
      'export const greet = (/* all */ names: string) => names.join()',
    ],
    ['export const greet = (name /* is */ ? /* a */: number) => `${name}`', undefined],
    ['export const greet = (name: string, /* and */ more: bigint) => `${name}${more}`', undefined],
    [
      'export const greet = (name: string): /* a */ number => 1',
      'export const greet = (name: string): /* a */ string => 1',
    ],
    ['export const greet = (name: string): Array<number /* a */> => []', undefined],
    ["export const greet = (name: '//' | 1) => `${name}`", 'export const greet = (name: string) => `${name}`'],
  ])('without a loss of comments: %s', async (before, after) => {
    const texts = (await mendAll(await hello, { 'main.ts': before })).map(({ text }) => text)
    expect(texts).toEqual(after === undefined ? [] : [after])
  })

  it('in a class and an object, with types that are imported for it', async () => {
    const text = `import type { Colour } from 'demo:many/people'
export class Item {
  constructor(private readonly name: number, other: Colour) {}
  total(): string { return '' }
  pay = (amount: number) => {}
  static open(name: string) { return new Item(1, 'red') }
}
export const cart = { Item, add: (item: Item) => 1, take: (item: Item) => item }
export const people = {
  find: (name: string): string => '',
  paint(who: number, colour: 'red') { return undefined },
}
export function greet() { return '' }
function delete_() { return 1 }
export { delete_ as delete }
export function go() {}
`
    const guest = await many
    let files: Readonly<Record<string, string>> = { 'main.ts': text }
    const titles: string[] = []
    for (let turn = 0; turn < 10; turn++) {
      const [problem] = (await guest.check(files)).problems ?? []
      const [fix] = problem?.fixes ?? []
      if (!fix) break
      titles.push(fix.title)
      files = { 'main.ts': (await guest.mend(files, fix)).text }
    }
    expect(titles.toSorted()).toEqual(
      ['Item', 'find', 'paint', 'pay', 'total'].map((name) => `Correct the signature of ${name}`),
    )
    expect((await guest.check(files)).problems).toEqual([])
    expect(files['main.ts']).toMatchSnapshot()
  })
})

it('offers no more than somebody reads, where a thousand are missing', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `g${index}`)
  const guest = await guestOf(`package a:b; world w { ${names.map((name) => `export ${name}: func();`).join(' ')} }`)
  const [problem] = (await guest.check({ 'main.ts': '' })).problems ?? []
  expect(problem?.fixes?.length).toBeLessThan(12)
  const [all] = problem?.fixes ?? []
  expect(all?.title).toBe('Add the 1000 that are missing')
  if (all) expect((await guest.mend({ 'main.ts': '' }, all)).problems).toEqual([])
})

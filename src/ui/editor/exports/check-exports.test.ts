import { describe, expect, it } from 'vitest'
import { exampleProject } from '../../../project/examples/example.ts'
import { examples } from '../../../project/examples/index.ts'
import { readExample } from '../../../project/examples/read.ts'
import { guestOf } from './checked.fixture.ts'
import { withExports } from './with-exports.ts'

const hello = guestOf('package demo:hello; world hello { export greet: func(name: string) -> string; }')
const sum = guestOf('package demo:sum; world sum { export sum: func(a: u32, b: u64) -> u64; }')
const cart = guestOf(`package demo:shop;
interface cart {
  enum size { small, large }
  record line { name: string, count: u32 }
  variant refusal { empty, sold-out(string) }
  resource item {
    constructor(name: string);
    total: func() -> u32;
    open: static func(name: string) -> item;
  }
  add: func(item: borrow<item>, lines: list<line>) -> result<u32, refusal>;
  take: func(item: item) -> option<size>;
  every: func() -> list<item>;
}
world shop { export cart; }`)

const where = ({ place }: { place?: { file: string; line: number; column: number } }): string =>
  place ? `${place.file}:${place.line}:${place.column}` : ''

const lib = 'export function greet(name: string): string { return name }\nexport const wrong = 3n\n'
const wellMade = `export class Item {
  #secret = 1
  private cents = 2
  constructor(name?: string) {}
  total() { return this.#secret + this.cents }
  static open(name: string) { return new Item(name) }
}
`
const others = `
function add(item: Item, lines: { name: string }[]) { return item.total() + lines.length }
function take(item: Item) { return item.total() > 3 ? 'large' as const : undefined }
const every = (): Item[] => []
export const cart = { Item, add, take, every }
`

describe('what fits its world is not accused', () => {
  it.each([
    'export function greet(name: string): string { return name }',
    "export function greet() { return '' }",
    'export const greet = (name: string | number, more?: boolean) => `${name}${more}`',
    'export const greet = (...names: string[]) => names.join()',
    'export function greet(...all: [string, ...number[]]) { return all[0] }',
    'export async function greet(name: string) { return name }',
    'export const greet = (name: string): Promise<string> => Promise.resolve(name)',
    'export const greet: any = 1',
    'export function greet(name: any): any { return name }',
    'export function greet(name: unknown): never { throw name }',
    'export function greet<T>(name: T): T { return name }',
    'export function greet(a: string): string\nexport function greet(a: number): number\nexport function greet(a: any) { return a }',
    "export { greet } from './lib.ts'",
    "export * from './lib.ts'",
    "import { greet } from './nowhere.ts'; export { greet }",
    "import { greet as other } from './lib.ts'; export { other as greet }",
    "export const greet: typeof import('demo:hello/hello').greet = (name) => name",
    'declare const f: Function; export { f as greet }',
    "const f = (name: string) => name; export { f as 'greet' }",
    'export const greet = String',
    'export const greet = (x => x) as (x: string) => string',
  ])('%s', async (text) => {
    expect((await (await hello).check({ 'main.ts': text, 'lib.ts': lib })).problems).toEqual([])
  })

  it.each([
    ['a class with private members', wellMade + others],
    [
      'the types of the world',
      `${wellMade}import type * as Cart from 'demo:shop/cart'\nexport const cart: typeof Cart = { Item: Item as any, add: (item, lines) => lines.length, take: () => undefined, every: () => [] }`,
    ],
    ['a module as the interface', "export * as cart from './cart.ts'"],
    ['a function that is promised to the world', `${wellMade}${others.replace('function add', 'async function add')}`],
    ['an object of any members', 'export const cart: Record<string, any> = {}'],
  ])('%s', async (_, text) => {
    const files = {
      'main.ts': text,
      'cart.ts': `${wellMade}${others.replace(/export const cart.*/, 'export { add, take, every }')}`,
    }
    expect((await (await cart).check(files)).problems).toEqual([])
  })

  it('a handler of requests', async () => {
    const guest = await guestOf('package a:b; world w { export wasi:http/incoming-handler@0.2.12; }')
    const text = `import { OutgoingResponse, ResponseOutparam, Fields, type IncomingRequest } from 'wasi:http/types@0.2.12'
export const incomingHandler = {
  async handle(request: IncomingRequest, out: ResponseOutparam) {
    ResponseOutparam.set(out, { tag: 'ok', val: new OutgoingResponse(new Fields()) })
  },
}
`
    expect(await guest.check({ 'main.ts': text })).toEqual({ problems: [], typeErrors: [] })
    const { problems } = await guest.check({
      'main.ts': text.replace('out: ResponseOutparam', 'out: Fields').replace(/ {4}Resp.*\n/, ''),
    })
    expect(problems).toMatchObject([
      { message: expect.stringContaining('it takes Fields as responseOut where handle: func(') },
    ])
  })

  it('the err of an import, which is the payload of what it throws', async () => {
    const guest = await guestOf(
      'package a:b; interface store { get: func() -> result<string, u8>; } world w { import store; export f: func() -> string; }',
    )
    const caught = (payload: string): string => `import { get } from 'a:b/store'
export function f(): string {
  try {
    return get()
  } catch (error) {
    const { payload } = error as ComponentError<number>
    return ${payload}
  }
}
`
    expect(await guest.check({ 'main.ts': caught('String(payload + 1)') })).toEqual({ problems: [], typeErrors: [] })
    expect((await guest.check({ 'main.ts': caught('payload') })).typeErrors).toEqual([
      "main.ts:7 Type 'number' is not assignable to type 'string'.",
    ])
    expect(Object.values(guest.guestTypes).join('')).toContain('@throws {ComponentError<number>} Its `payload`')
  })

  it('an import without its version, which has the same types', async () => {
    const guest = await guestOf('package a:b; world w { import wasi:cli/stdout@0.2.12; export f: func(); }')
    const bare = (text: string): Record<string, string> => ({
      'main.ts': `import { getStdout } from 'wasi:cli/stdout'
import type { OutputStream } from 'wasi:io/streams'
const out: OutputStream = getStdout()
export const f = (): void => out.blockingWriteAndFlush(${text})
`,
    })
    expect(await guest.check(bare('new Uint8Array()'))).toEqual({ problems: [], typeErrors: [] })
    expect((await guest.check(bare('1'))).typeErrors).toEqual([
      "main.ts:4 Argument of type 'number' is not assignable to parameter of type 'Uint8Array<ArrayBufferLike>'.",
    ])
  })

  it('an array of which nothing is known for a tuple', async () => {
    const guest = await guestOf('package a:b; world w { export pair: func(a: u8) -> tuple<u8, string>; }')
    expect((await guest.check({ 'main.ts': 'export const pair = (a: any) => [a, a]' })).problems).toEqual([])
  })

  it('an array for a typed one, which a run takes as well', async () => {
    const guest = await guestOf('package a:b; world w { export bytes: func() -> list<u8>; }')
    expect((await guest.check({ 'main.ts': 'export const bytes = () => [1, 2]' })).problems).toEqual([])
    const { problems } = await guest.check({ 'main.ts': "export const bytes = async () => ['1']" })
    expect(problems?.map(({ message }) => message)).toEqual([
      'bytes does not fit the world: it returns Promise<string[]> where bytes: func() -> list<u8> wants Uint8Array<ArrayBufferLike>.',
    ])
  })

  it.each(examples)('the example $id', async (example) => {
    const { files } = exampleProject(example, (await readExample(example)).files)
    const guest = await guestOf(files['world.wit'] ?? '')
    const { problems, typeErrors } = await guest.check(files)
    expect({ problems, typeErrors }).toEqual({ problems: [], typeErrors: [] })
  })
})

describe('what does not fit is said at its name, in words of the world', () => {
  it.each([
    [
      'export function greet(name: number): string { return `${name}` }',
      'it takes number where greet: func(name: string) -> string gives string.',
    ],
    [
      "export const greet = (name: 'Ada' | 'Bob') => name",
      'it takes "Ada" | "Bob" where greet: func(name: string) -> string gives string.',
    ],
    [
      'export function greet(name: string) { return name.length }',
      'it returns number where greet: func(name: string) -> string wants string.',
    ],
    [
      'export async function greet(name: string) { return 1n }',
      'it returns Promise<bigint> where greet: func(name: string) -> string wants string.',
    ],
    [
      'export function greet(name: string): string | undefined { return name }',
      'it returns string | undefined where greet: func(name: string) -> string wants string.',
    ],
    [
      'export function greet(name: string, title: string) { return name + title }',
      'it needs 2 parameters where greet: func(name: string) -> string gives 1.',
    ],
    ['export class greet {}', 'it is a class where greet: func(name: string) -> string wants a function.'],
    [
      'export function greet<T extends number>(name: T): T { return name }',
      'it is <T extends number>(name: T) => T where greet: func(name: string) -> string wants (name: string) => string.',
    ],
  ])('%s', async (text, words) => {
    const { problems } = await (await hello).check({ 'main.ts': `\n${text}` })
    expect(problems).toMatchObject([
      { stage: 'types', severity: 'error', message: `greet does not fit the world: ${words}` },
    ])
    expect(problems?.map(where)).toEqual([`main.ts:2:${text.indexOf('greet') + 1}`])
  })

  it('says which of several parameters', async () => {
    const { problems } = await (await sum).check({ 'main.ts': 'export const sum = (one: number, two: number) => 1n' })
    expect(problems?.map(({ message, next }) => `${message} ${next}`)).toEqual([
      'sum does not fit the world: it takes number as b where sum: func(a: u32, b: u64) -> u64 gives bigint. Write `b: bigint`, or run anyway.',
    ])
  })

  it('of another file, there', async () => {
    const { problems } = await (
      await hello
    ).check({ 'main.ts': "export { wrong as greet } from './lib.ts'", 'lib.ts': lib })
    expect(problems?.map((each) => `${where(each)} ${each.message}`)).toEqual(['lib.ts:2:14 greet is not a function.'])
  })

  it.each([
    [
      'Item.total',
      wellMade.replace('total() {', 'total(): string { return ""\n'),
      'cart.Item.total',
      'it returns string where total: func() -> u32 wants number.',
    ],
    [
      'Item.open',
      wellMade.replace('open(name: string)', 'open(name: bigint)').replace('new Item(name)', 'new Item()'),
      'cart.Item.open',
      'it takes bigint where open: static func(name: string) -> item gives string.',
    ],
    [
      'Item',
      wellMade
        .replace('constructor(name?: string)', 'constructor(name: number)')
        .replace('new Item(name)', 'new Item(1)'),
      'cart.Item',
      'it takes number where constructor(name: string) gives string.',
    ],
  ])('of a class: %s', async (_, item, name, words) => {
    const { problems } = await (await cart).check({ 'main.ts': item + others })
    expect(problems?.map(({ message }) => message)).toEqual([`${name} does not fit the world: ${words}`])
  })

  it('of an enum, at the function that gives it', async () => {
    const { problems } = await (await cart).check({ 'main.ts': wellMade + others.replace("'large'", "'huge'") })
    expect(problems?.map(({ message }) => message)).toEqual([
      'cart.take does not fit the world: it returns "huge" | undefined where take: func(item: item) -> option<size> wants Size | undefined.',
    ])
    expect(problems?.map(where)).toEqual(['main.ts:10:10'])
  })

  it('of what is missing, at what lacks it', async () => {
    const text =
      wellMade.replace(/ {2}total.*\n/, '').replace('this.', '') +
      others.replaceAll('item.total()', '1').replace(', take', '')
    const { problems } = await (await cart).check({ 'main.ts': text })
    expect(problems?.map((each) => `${where(each)} ${each.message}`)).toEqual([
      'main.ts:1:14 main.ts does not export cart.Item.total.',
      'main.ts:11:14 main.ts does not export cart.take.',
    ])
  })
})

describe('what nobody outside calls', () => {
  const greet = 'export const greet = (name: string) => name\n'
  it.each([
    ['a function', 'export function helper() {}', '2:17'],
    ['a constant function', 'export const helper = () => 1', '2:14'],
    ['an object with one', 'export const helper = { a: 1, help() {} }', '2:14'],
    ['one that is exported elsewhere in the file', 'function helper() {}\nexport { helper }', '3:10'],
  ])('is a hint, and no mistake: %s', async (_, text, place) => {
    const { problems } = await (await hello).check({ 'main.ts': greet + text })
    expect(problems).toMatchObject([
      {
        stage: 'source',
        severity: 'hint',
        message: 'helper is not in the world hello: nobody outside calls it.',
        next: 'Remove `export`, or add it to the world.',
      },
    ])
    expect(problems?.map(where)).toEqual([`main.ts:${place}`])
  })

  it.each([
    ['a type', 'export type Helper = () => void\nexport interface Other { (): void }'],
    ['a class', 'export class Helper { help() {} }'],
    ['what is no function', 'export const helper = 1, names = [() => 1], text = { a: 1 }, any: any = 1'],
    ['what another file has', "export * from './lib.ts'\nexport { wrong } from './lib.ts'"],
    ['what another file uses', 'export function used() {}'],
    ['a default', 'export default function () {}'],
    ['a default with a name', 'export default function helper() {}'],
  ])('is not %s', async (_, text) => {
    const files = {
      'main.ts': greet + text,
      'lib.ts': 'export const wrong = () => 3n\n',
      'test.ts': "import { used } from './main.ts'\nused()\n",
    }
    expect((await (await hello).check(files)).problems).toEqual([])
  })

  it('is not what may be misspelt', async () => {
    const { problems } = await (await hello).check({ 'main.ts': 'export const great = (name: string) => name\n' })
    expect(problems).toMatchObject([{ severity: 'error', message: 'main.ts does not export greet.' }])
  })
})

describe('what TypeScript says already is not said again', () => {
  it('but is told what mends it', async () => {
    const text =
      "import type * as Cart from 'demo:shop/cart'\nexport const cart: Partial<typeof Cart> & Pick<typeof Cart, 'take'> = { take: (item: string) => undefined }\n"
    const { problems } = await (await cart).check({ 'main.ts': text })
    const said = problems?.filter((each) => each.message.includes('cart.take does'))
    expect(said).toMatchObject([{ said: { file: 'main.ts', line: 2 } }])
  })

  it('where that is another mistake at the same name', async () => {
    const text = 'export function greet(name: number) { return `${name}` }\nconst greet = 3\n'
    const { problems = [], typeErrors } = await (await hello).check({ 'main.ts': text })
    expect(typeErrors).toHaveLength(2)
    expect(problems).toHaveLength(1)
    expect(problems[0]?.said).toBeUndefined()
  })

  it('beside another mistake at the same place', () => {
    const place = { file: 'main.ts', line: 2, column: 3 }
    const said = ['Duplicate identifier.', "Type 'A' is not assignable to type 'B'."].map((message) => ({
      stage: 'types' as const,
      severity: 'error' as const,
      message,
      next: 'Change it, or run anyway.',
      place,
    }))
    const own = { stage: 'types' as const, severity: 'error' as const, message: 'It does not fit.', next: 'Write B.' }
    const message = "Type 'A' is not assignable to type 'B'"
    expect(withExports(said, [{ ...own, said: { ...place, message } }])).toEqual({
      byTypeScript: [said[0], { ...said[1], next: 'Write B.', fixes: [] }],
      own: [],
    })
    expect(withExports(said.slice(0, 1), [{ ...own, said: { ...place, message } }])).toEqual({
      byTypeScript: said.slice(0, 1),
      own: [own],
    })
  })
})

it('says nothing of what cannot be read', async () => {
  expect((await (await hello).check({ 'main.ts': 'export function greet( {' })).problems).toBeUndefined()
})

describe('what is thrown for the err of a result', () => {
  const errors = guestOf(`package demo:errors;
interface api {
  enum level { low, very-high }
  record fault { code: u16, text: option<string>, at: list<u8> }
  variant refusal { sold-out(list<u8>), empty }
  flags marks { a, b-c }
  record long { first-of-all: string, second-of-all: string, third-of-all: string, fourth-of-all: string, last: string }
  record deep { a: tuple<u8, list<tuple<u8, list<long>>>> }
  resource held { constructor(); }
  variant holding { held(held), none }
  one: func() -> result<_, level>;
  two: func() -> result<_, fault>;
  three: func() -> result<u8, refusal>;
  four: func() -> result<u8, marks>;
  five: func() -> result<u8, list<u64>>;
  six: func() -> result<u8>;
  seven: func() -> result<_, long>;
  eight: func() -> result<_, option<deep>>;
  nine: func() -> result<_, held>;
  ten: func() -> result<_, holding>;
}
world errors { export api; }`)

  it('can be copied from the types, and is checked', async () => {
    const { guestTypes, check } = await errors
    const samples = Object.values(guestTypes).flatMap((text) =>
      [...text.matchAll(/@throws .*`(throw .*)`/g)].map(([, sample = '']) => sample),
    )
    expect(samples).toHaveLength(8)
    expect(samples.join()).not.toContain('…')
    const uses = samples.map(
      (sample, index) => `export function f${index}() { ${sample.replace(/satisfies (\w+)/, 'satisfies Api.$1')} }`,
    )
    const source = `import type * as Api from 'demo:errors/api'\n${uses.join('\n')}\n`
    expect((await check({ 'main.ts': source })).typeErrors).toEqual([])
    const wrong = source.replace("tag: 'sold-out'", "tag: 'sold'").replace("'low'", "'lowest'")
    expect((await check({ 'main.ts': wrong })).typeErrors).toHaveLength(2)
  })
})

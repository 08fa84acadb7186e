import { beforeAll, describe, expect, it } from 'vitest'
import { callableExports, parseCall, printCall } from './call-expression.ts'
import { decodeWorld } from './decode-world.ts'
import { loadWasmTools } from './testing/wasm-tools.ts'
import type { World } from './types.ts'
import { numberedHandles } from './value-tree.ts'

const witSource = `package demo:cart@1.0.0;
interface cart {
  record item { sku: string, count: u32 }
  resource cart {
    constructor(owner: string);
    total: func(currency: option<string>) -> u64;
    merge: static func(a: cart, b: borrow<cart>) -> cart;
  }
  add-item: func(item: item, note: option<string>) -> result<u32, string>;
  clear: func();
}
interface other { clear: func(); feed: func(bytes: stream<u8>); }
world shop {
  export cart;
  export other;
  export api: interface { %list: func() -> list<string>; }
  export greet: func(name: string, %type: option<option<u8>>) -> string;
}`

let world: World

beforeAll(async () => {
  const tools = await loadWasmTools()
  world = decodeWorld(tools.componentEmbed({ witSource, dummy: true }))
})

function call(text: string) {
  const outcome = parseCall(text, world, numberedHandles)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.call
}

const canonical = (text: string): string => printCall(call(text), numberedHandles)

describe('parseCall', () => {
  it.each([
    ['greet("Ada")', 'greet("Ada", none)'],
    [' greet ( "Ada" , some(some(1)) ) // hello', 'greet("Ada", some(some(1)))'],
    [
      'demo:cart/cart@1.0.0#add-item({sku: "a", count: 1})',
      'demo:cart/cart@1.0.0#add-item({sku: "a", count: 1}, none)',
    ],
    [
      'demo:cart/cart#add-item({count: 1, sku: "a"}, "x")',
      'demo:cart/cart@1.0.0#add-item({sku: "a", count: 1}, some("x"))',
    ],
    ['cart#add-item({sku: "", count: 1})', 'demo:cart/cart@1.0.0#add-item({sku: "", count: 1}, none)'],
    ['add-item({sku: "", count: 1})', 'demo:cart/cart@1.0.0#add-item({sku: "", count: 1}, none)'],
    ['[constructor]cart("ada")', 'demo:cart/cart@1.0.0#[constructor]cart("ada")'],
    ['new cart("ada")', 'demo:cart/cart@1.0.0#[constructor]cart("ada")'],
    [' new  cart#cart("ada")', 'demo:cart/cart@1.0.0#[constructor]cart("ada")'],
    ['cart#[method]cart.total(%1)', 'demo:cart/cart@1.0.0#[method]cart.total(%1, none)'],
    ['cart.total(%1, "EUR")', 'demo:cart/cart@1.0.0#[method]cart.total(%1, some("EUR"))'],
    ['cart.merge(%1, %2)', 'demo:cart/cart@1.0.0#[static]cart.merge(%1, %2)'],
    ['demo:cart/other.clear@1.0.0()', 'demo:cart/other@1.0.0#clear()'],
    ['api#list()', 'api#list()'],
    ['%list()', 'api#list()'],
  ])('%s', (text, expected) => {
    expect(canonical(text)).toBe(expected)
    expect(canonical(expected)).toBe(expected)
  })

  it('gives the values and where they were written', () => {
    const text = 'greet("Ada", some(none))'
    const { name, args, ranges, type } = call(text)
    expect(name).toBe('greet')
    expect(args).toStrictEqual(['Ada', { tag: 'some', val: undefined }])
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['"Ada"', 'some(none)'])
    expect(type.params.map((param) => param.name)).toEqual(['name', 'type'])
    expect(call('greet("Ada")').args).toStrictEqual(['Ada', { tag: 'none' }])
  })

  it.each([
    ['', 'A call starts with the name of an export.'],
    ['("Ada")', 'A call starts with the name of an export.'],
    ['cart("ada")', 'There is no export “cart”. Did you mean new cart?'],
    ['gret("Ada")', 'There is no export “gret”. Did you mean greet?'],
    ['addItem({})', 'There is no export “addItem”. Did you mean add-item?'],
    ['cart#ad-item({})', 'There is no export “cart#ad-item”. Did you mean add-item?'],
    [
      'demo:cart/cart@2.0.0#clear()',
      'There is no export “demo:cart/cart@2.0.0#clear”. Did you mean demo:cart/cart@1.0.0#clear?',
    ],
    ['clear()', '“clear” names more than one export: demo:cart/cart@1.0.0#clear and demo:cart/other@1.0.0#clear.'],
    ['greet', 'Expected ( and the arguments, found the end of the text.'],
    ['greet()', 'Argument 1 of 2 is missing: name: string.'],
    ['greet(1)', 'Expected a string in double quotes, found “1”.'],
    ['greet("a" "b")', 'Expected , and the next argument, or ), found “"b"”.'],
    ['greet("a", none, 1)', 'Expected ) after 2 arguments, found “1”.'],
    ['greet("a") + 1', 'Expected the end of the call, found “+”.'],
    ['api#list(1)', 'Expected ) after 0 arguments, found “1”.'],
    ['api#list(', 'Expected ) after 0 arguments, found the end of the text.'],
  ])('refuses %s', (text, message) => {
    const outcome = parseCall(text, world)
    expect(outcome.ok ? 'accepted' : outcome.error.message).toBe(message)
  })

  it('lists the exports where no name is near, and says so where there are none', () => {
    const outcome = parseCall('completely-different()', world)
    expect(outcome.ok ? '' : outcome.error.message).toMatch(
      /^There is no export “completely-different”. The exports are: .* and 3 more\.$/,
    )
    const none = parseCall('f()', { imports: [], exports: [] })
    expect(none.ok ? '' : none.error.message).toBe('This world exports no functions.')
  })
})

describe('callableExports', () => {
  it('lists every export with its paths and signature', () => {
    expect(callableExports(world).map(({ path, short, signature }) => [path, short, signature])).toEqual([
      ['greet', 'greet', 'func(name: string, %type: option<option<u8>>) -> string'],
      ['demo:cart/cart@1.0.0#[constructor]cart', '[constructor]cart', 'func(owner: string) -> cart'],
      [
        'demo:cart/cart@1.0.0#[method]cart.total',
        '[method]cart.total',
        'func(self: borrow<cart>, currency: option<string>) -> u64',
      ],
      ['demo:cart/cart@1.0.0#[static]cart.merge', '[static]cart.merge', 'func(a: cart, b: borrow<cart>) -> cart'],
      ['demo:cart/cart@1.0.0#add-item', 'add-item', 'func(item: item, note: option<string>) -> result<u32, string>'],
      ['demo:cart/cart@1.0.0#clear', 'cart#clear', 'func()'],
      ['demo:cart/other@1.0.0#clear', 'other#clear', 'func()'],
      ['demo:cart/other@1.0.0#feed', 'feed', 'func(bytes: stream<u8>)'],
      ['api#list', 'list', 'func() -> list<string>'],
    ])
  })

  it('gives short paths that name the same export', () => {
    for (const { short, path, obstacle } of callableExports(world)) {
      const outcome = parseCall(`${short}(`, world)
      expect(outcome.ok ? '' : outcome.error.message, path).not.toMatch(/There is no export|more than one/)
      expect(obstacle).toBe(
        path.endsWith('feed') ? 'Parameter bytes contains a stream, which cannot be written as text.' : undefined,
      )
    }
  })
})

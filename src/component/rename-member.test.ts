import { beforeAll, describe, expect, it } from 'vitest'
import { decodeWorld } from './decode-world.ts'
import { renameMember, type Member } from './rename-member.ts'
import { loadWasmTools } from './testing/wasm-tools.ts'
import type { World } from './types.ts'

const witSource = `package demo:shop@1.0.0;

interface types {
  record person { first-name: string, age: u8 }
  enum hue { red, green }
}

interface shop {
  use types.{person as buyer, hue};
  record person { first-name: string }
  variant choice { none-of-it, of-hue(hue), of(buyer) }
  flags access { read, write-it }
  resource item { constructor(name: person); }
  add: func(who: buyer, more: list<option<buyer>>) -> string;
  choose: func(choice: choice, may: access, note: option<string>) -> string;
  give: func(who: person, item: item);
}

world shopping {
  record size { width: u32 }
  export shop;
  export fit: func(size: size) -> u32;
}
`
const types = 'demo:shop/types@1.0.0'
const shop = 'demo:shop/shop@1.0.0'
let world: World

beforeAll(async () => {
  const tools = await loadWasmTools()
  world = decodeWorld(tools.componentEmbed({ witSource, world: 'shopping', dummy: true }))
})

describe('a call in a world in which a member has another name', () => {
  it.each<readonly [Member, string, string, string]>([
    [
      { interface: types, type: 'person', name: 'first-name' },
      'given',
      'add({first-name: "first-name",  age: 3}, [none, some({age: 1, first-name: ""})]) // first-name: usual',
      'add({given: "first-name", age: 3}, [none, some({given: "", age: 1})]) // first-name: usual',
    ],
    [
      { interface: types, type: 'hue', name: 'red' },
      'pink',
      'choose(of-hue( red ), {}, none)',
      'choose(of-hue(pink), {}, none)',
    ],
    [
      { interface: shop, type: 'choice', name: 'none-of-it' },
      'nothing',
      'choose(none-of-it,{read})',
      'choose(nothing,{read})',
    ],
    [
      { interface: shop, type: 'choice', name: 'of' },
      'for',
      'shop#choose(of({first-name: "a", age: 1}), { read }, some("of"))',
      'shop#choose(for({first-name: "a", age: 1}), { read }, some("of"))',
    ],
    [
      { interface: shop, type: 'access', name: 'write-it' },
      'write',
      'choose(none-of-it, {write-it, read})',
      'choose(none-of-it, {read, write})',
    ],
    [
      { interface: shop, type: 'person', name: 'first-name' },
      'name',
      'give({first-name: "a"}, %12)',
      'give({name: "a"}, %12)',
    ],
    [
      { interface: shop, type: 'person', name: 'first-name' },
      'name',
      'new item({first-name: "a"})',
      'new item({name: "a"})',
    ],
    [{ interface: undefined, type: 'size', name: 'width' }, 'wide', ' fit({width: 1})', ' fit({wide: 1})'],
  ])('%o to %s: %s', (member, to, before, after) => {
    const { forth, back } = renameMember(world, member, to)
    expect(forth(before)).toBe(after)
    // As when it is undone: the same value, though not the same spaces.
    expect(back(after)).not.toBe(after)
    expect(forth(back(after))).toBe(after)
  })

  it.each([
    // The type of another interface that has the same name, and what is no call of this world.
    'give({first-name: "a"}, %1)',
    'add({first-name: 7, age: 3}, [])',
    'add({first-name: "a"',
    'gone({first-name: "a"})',
    '',
  ])('is left alone where it is not about that, or cannot be read: %s', (call) => {
    const { forth } = renameMember(world, { interface: types, type: 'person', name: 'first-name' }, 'given')
    expect(forth(call)).toBe(call)
  })

  it('loses nothing of a value that is longer than what is shown of one', () => {
    const { forth } = renameMember(world, { interface: types, type: 'person', name: 'first-name' }, 'given')
    // The text alone is as much as is shown: nothing of the list would be.
    const call = (name: string): string =>
      `add({${name}: "${'a'.repeat(1 << 20)}", age: 1}, [${Array.from({ length: 100 }, () => `some({${name}: "a", age: 1})`).join(', ')}])`
    expect(forth(call('first-name')) === call('given')).toBe(true)
  })
})

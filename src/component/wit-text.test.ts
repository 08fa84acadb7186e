import { beforeAll, describe, expect, it } from 'vitest'
import { resolveWit } from '../wit/check.ts'
import { formatWit } from '../wit/format.ts'
import { parseWit } from '../wit/parse.ts'
import { decodeWorld } from './decode-world.ts'
import { loadWasmTools, type WasmTools } from './testing/wasm-tools.ts'
import type { EnumType, FunctionItem, InterfaceItem, RecordType, ResourceType, ValueType, World } from './types.ts'
import { interfaceText, worldText } from './wit-text.ts'

let tools: WasmTools

beforeAll(async () => {
  tools = await loadWasmTools()
})

const decoded = (witSource: string): World => decodeWorld(tools.componentEmbed({ witSource, dummy: true }))

/** Texts that stay as they are when a world is made of them. */
const texts = {
  'uses, renamed types, and resources with their functions': `package demo:shop@1.2.0;

world shop {
  import types;

  export checkout;
}

interface types {
  type price = u64;

  record item {
    sku: string,
    price: u64,
  }

  resource cart {
    constructor(owner: string);
    add: func(item: item) -> result<u32, string>;
    drain: async func() -> stream<item>;
    merge: static func(a: cart, b: borrow<cart>) -> cart;
  }

  resource token;
  type goods = item;
  type names = list<string>;
}

interface checkout {
  use types.{price, item as article, cart};

  type things = article;

  pay: func(cart: cart, extra: list<article>) -> result<_, string>;
}
`,
  'every kind of type': `package a:b;

world w {
  import i;
}

interface i {
  record r {
    %list: s8,
    b-c: f32,
  }

  variant v {
    none,
    some(r),
    %result(result<_, r>),
  }

  flags fl {
    x,
    READ-only,
  }

  enum %type {
    low,
    high,
  }

  type e = error-context;

  f: func(
    a: bool,
    b: tuple<u8, char>,
    c: option<v>,
    d: result,
    e: list<u8, 4>,
    f: map<string, fl>,
    g: stream,
    h: future<v>
  ) -> future;
  g: func(a: e, b: %type);
}
`,
  'what a world has itself': `package a:b;

world w {
  import c:d/other@2.0.0-rc.1;

  import notes: interface {
    use c:d/other@2.0.0-rc.1.{p as point};

    note: func(p: point);
  }

  import again: c:d/other@2.0.0-rc.1;

  use c:d/other@2.0.0-rc.1.{p};

  enum level {
    low,
    high,
  }

  resource handle {
    constructor(p: p);
    close: static func(h: handle) -> level;
  }

  import log: func(text: string);

  export run: async func(level: level) -> result<p>;

  export empty: interface {}
}

package c:d@2.0.0-rc.1 {
  interface other {
    record p {
      x: u8,
    }
  }
}
`,
  'one interface on both sides, and two versions of another': `package a:b;

world w {
  import c:d/i@1.0.0;
  import c:d/i@2.0.0;

  export c:d/i@1.0.0;
}

package c:d@1.0.0 {
  interface i {
    resource r;

    f: func(r: r);
  }
}

package c:d@2.0.0 {
  interface i {
    resource r;

    f: func(r: r);
  }
}
`,
  'lists that are too long for one line': `package a:b;

world w {
  import many;
  import few;
}

interface many {
  type first-of-the-long-names = u8;
  type second-of-the-long-names = list<u8>;
  type third-of-the-long-names = list<u16>;
  type fourth-of-the-long-names = list<u32>;
}

interface few {
  use many.{
    first-of-the-long-names,
    second-of-the-long-names,
    third-of-the-long-names,
    fourth-of-the-long-names,
  };

  type deep = tuple<
    result<list<second-of-the-long-names>, option<third-of-the-long-names>>,
    map<string, fourth-of-the-long-names>
  >;
}
`,
} as const

describe('the text of a world', () => {
  it.each(Object.entries(texts))('writes %s', (_, text) => {
    expect(formatWit(parseWit(text))).toBe(text)
    expect(worldText(decoded(text))).toBe(text)
  })

  it('gives one interface with full names', () => {
    const world = decoded(texts['uses, renamed types, and resources with their functions'])
    const [checkout] = world.exports
    if (checkout?.kind !== 'interface') throw new Error('no interface')
    expect(interfaceText(checkout, world)).toBe(`interface checkout {
  use demo:shop/types@1.2.0.{price, item as article, cart};

  type things = article;

  pay: func(cart: cart, extra: list<article>) -> result<_, string>;
}
`)
  })
})

const level: EnumType = { kind: 'enum', name: 'level', cases: ['low'] }
const point: RecordType = { kind: 'record', name: 'point', fields: [{ name: 'l', type: level }] }
const types = (...all: (EnumType | RecordType | ResourceType)[]): InterfaceItem['types'] =>
  all.map((type) => ({ kind: 'type', name: type.name ?? '', type }))

/** What components may be and WIT worlds are not. */
describe('the text of what no WIT was', () => {
  it('names a world that has no name, and gives names that its functions need', () => {
    const world: World = {
      imports: [{ kind: 'interface', name: 'a:b/i@0.2', types: types(level), functions: [] }],
      exports: [
        {
          kind: 'function',
          name: 'f',
          type: { async: false, params: [{ name: 'p', type: { kind: 'list', element: point } }] },
        },
      ],
    }
    const text = worldText(world)
    expect(text).toBe(`package root:component;

world root {
  import a:b/i@0.2.0;

  use a:b/i@0.2.0.{level};

  record point {
    l: level,
  }

  export f: func(p: list<point>);
}

package a:b@0.2.0 {
  interface i {
    enum level {
      low,
    }
  }
}
`)
    expect(resolveWit({ 'a.wit': text }).diagnostics).toEqual([])
  })

  it('says which names have no form', () => {
    const type = { async: false, params: [] }
    const world: World = {
      name: 'a:b/w',
      imports: [{ kind: 'interface', name: 'url=<https://a.b/c>', types: [], functions: [] }],
      exports: [
        { kind: 'function', name: 'a\nb', type },
        { kind: 'interface', name: 'i', types: [], functions: [{ kind: 'function', name: '[method]x.y', type }] },
      ],
    }
    const text = worldText(world)
    expect(text.match(/\/\/.*/g)).toEqual([
      '// WIT has no form for "url=<https://a.b/c>".',
      String.raw`// WIT has no form for "a\nb".`,
      '// WIT has no form for "[method]x.y".',
    ])
    expect(resolveWit({ 'a.wit': text }).diagnostics).toEqual([])
    expect(formatWit(parseWit(text))).toBe(text)
  })

  it('gives a name to what needs one, and to what is too large without', () => {
    const pair = (type: ValueType): ValueType => ({ kind: 'tuple', types: [type, type] })
    const point: ValueType = { kind: 'record', fields: [{ name: 'x', type: { kind: 'u8' } }] }
    const doubled = (times: number): ValueType => Array.from({ length: times }).reduce<ValueType>(pair, point)
    let deep: ValueType = { kind: 'u8' }
    for (let depth = 0; depth < 20_000; depth += 1) deep = { kind: 'list', element: deep }
    const worldOf = (type: ValueType): World => {
      const f: FunctionItem = { kind: 'function', name: 'f', type: { async: false, params: [], result: type } }
      return { imports: [], exports: [{ kind: 'interface', name: 'a:b/i', types: [], functions: [f] }] }
    }
    const text = worldText(worldOf(doubled(12)))
    expect(text).toContain('record %record {')
    expect(text).toContain('type %tuple = tuple<')
    expect(resolveWit({ 'a.wit': text }).diagnostics).toEqual([])
    // Written out, these would have as many parts as there are numbers of 60 bits.
    expect(worldText(worldOf(doubled(60))).length).toBeLessThan(100_000)
    expect(worldText(worldOf(deep))).toMatch(/f: func\(\) -> (?:%list|list-n\d+|list<)/)
  })

  it('is there for every world that damaged bytes still give', () => {
    const witSource = texts['what a world has itself']
    const bytes = tools.componentEmbed({ witSource, dummy: true })
    let written = 0
    for (let index = 8; index < bytes.length; index += 5) {
      const damaged = bytes.slice()
      damaged[index] = (damaged[index] ?? 0) ^ (1 << (index % 8))
      let world: World
      try {
        world = decodeWorld(damaged)
      } catch {
        continue
      }
      expect(worldText(world)).toMatch(/^package \S/)
      written += 1
    }
    expect(written).toBeGreaterThan(50)
  })

  it('takes types from each other one way only, in whatever order interfaces come', () => {
    const r: ResourceType = { kind: 'resource', side: 'export', interface: 'a:b/types', name: 'r' }
    const world: World = {
      name: 'a:b/w',
      imports: [],
      exports: [
        { kind: 'interface', name: 'a:b/user', types: types(r, level), functions: [] },
        { kind: 'interface', name: 'a:b/types', types: types(level, r), functions: [] },
      ],
    }
    const text = worldText(world)
    expect(text).toContain('use types.{r, level};')
    expect(resolveWit({ 'a.wit': text }).diagnostics).toEqual([])
  })
})

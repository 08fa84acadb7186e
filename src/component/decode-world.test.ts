import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeWorld, functionsOf, UnknownEncoding } from './decode-world.ts'
import { arbitraryWorld } from './testing/arbitraries.ts'
import { hasCorpora, listCorpus, packageBlock, readCorpus, worldNames } from './testing/corpora.ts'
import { loadWasmTools, type WasmTools } from './testing/wasm-tools.ts'
import type { FunctionType, InterfaceItem, ResourceType, ValueType, World } from './types.ts'

let tools: WasmTools

beforeAll(async () => {
  tools = await loadWasmTools()
})

function world(witSource: string, name?: string): World {
  return decodeWorld(tools.componentEmbed({ witSource, dummy: true, ...(name === undefined ? {} : { world: name }) }))
}

function interfaceOf(items: World['imports'], name: string): InterfaceItem {
  const found = items.find((item) => item.kind === 'interface' && item.name === name)
  if (found?.kind !== 'interface') throw new Error(`no interface ${name}`)
  return found
}

function functionOf(items: InterfaceItem['functions'] | World['imports'], name: string): FunctionType {
  for (const item of items) if (item.kind === 'function' && item.name === name) return item.type
  throw new Error(`no function ${name}`)
}

function typeOf(item: InterfaceItem, name: string): ValueType | ResourceType {
  const found = item.types.find((type) => type.name === name)
  if (!found) throw new Error(`no type ${name}`)
  return found.type
}

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}

function payResource(items: World['imports']): ResourceType | undefined {
  const type = functionOf(interfaceOf(items, 'demo:shop/checkout@1.2.0').functions, 'pay').params[0]?.type
  return type?.kind === 'own' ? type.resource : undefined
}

/** The world where wasm-tools accepts it, undefined where it does not: some files need features or other files. */
async function decoded(witSource: string, name: string): Promise<World | undefined> {
  let bytes: Uint8Array
  try {
    bytes = tools.componentEmbed({ witSource, world: name, dummy: true })
  } catch (error) {
    // After a trap it answers no more; a refusal is an answer.
    if (error instanceof WebAssembly.RuntimeError) tools = await loadWasmTools()
    return undefined
  }
  return decodeWorld(bytes)
}

const cart = `package demo:shop@1.2.0;
interface types {
  record item { sku: string, price: u64 }
  resource cart {
    constructor(owner: string);
    add: func(item: item) -> result<u32, string>;
    merge: static func(a: cart, b: borrow<cart>) -> cart;
  }
  type goods = item;
}
interface checkout {
  use types.{item as article, cart};
  pay: func(cart: cart, extra: list<article>) -> result<_, string>;
}
`

describe('decodeWorld', () => {
  it('gives names, directions and order as they were written', () => {
    const shop = world(`${cart}
      world shop {
        import types;
        import log: func(text: string);
        enum level { low, high }
        import notes: interface { note: func(l: u8); }
        export checkout;
        export run: async func(level: level) -> bool;
      }`)
    expect(shop.name).toBe('demo:shop/shop@1.2.0')
    expect(shop.imports.map((item) => `${item.kind} ${item.name}`)).toEqual([
      'interface demo:shop/types@1.2.0',
      'interface notes',
      'type level',
      'function log',
    ])
    expect(shop.exports.map((item) => `${item.kind} ${item.name}`)).toEqual([
      'function run',
      'interface demo:shop/checkout@1.2.0',
    ])
    expect(functionOf(shop.exports, 'run')).toEqual({
      async: true,
      params: [{ name: 'level', type: { kind: 'enum', name: 'level', cases: ['low', 'high'] } }],
      result: { kind: 'bool' },
    })
    expect([...functionsOf(shop, 'import')].map(({ interface: owner, item }) => [owner, item.name])).toEqual([
      ['demo:shop/types@1.2.0', '[constructor]cart'],
      ['demo:shop/types@1.2.0', '[method]cart.add'],
      ['demo:shop/types@1.2.0', '[static]cart.merge'],
      ['notes', 'note'],
      [undefined, 'log'],
    ])
  })

  it('decodes every kind of type', () => {
    const all = world(`package a:b;
      interface i {
        record r { a: s8, b-c: f32 }
        variant v { none-here, some-here(r) }
        flags fl { x, y }
        f: func(
          a: bool, b: u16, c: s64, d: f64, e: char, g: tuple<u8, string>, h: option<v>, i: result<u8, v>, j: result<_, u8>,
          k: result, l: list<r>, m: list<u8, 4>, n: map<string, fl>, o: stream<u8>, p: stream, q: future<v>, r: future,
          s: error-context) -> option<option<u32>>;
      }
      world w { export i; }`)
    const i = interfaceOf(all.exports, 'a:b/i')
    const r = {
      kind: 'record',
      name: 'r',
      fields: [
        { name: 'a', type: { kind: 's8' } },
        { name: 'b-c', type: { kind: 'f32' } },
      ],
    }
    const v = { kind: 'variant', name: 'v', cases: [{ name: 'none-here' }, { name: 'some-here', type: r }] }
    const u8 = { kind: 'u8' }
    const f = functionOf(i.functions, 'f')
    expect(f.async).toBe(false)
    expect(f.params.map(({ type }) => type)).toEqual([
      { kind: 'bool' },
      { kind: 'u16' },
      { kind: 's64' },
      { kind: 'f64' },
      { kind: 'char' },
      { kind: 'tuple', types: [u8, { kind: 'string' }] },
      { kind: 'option', some: v },
      { kind: 'result', ok: u8, err: v },
      { kind: 'result', err: u8 },
      { kind: 'result' },
      { kind: 'list', element: r },
      { kind: 'fixed-length-list', element: u8, length: 4 },
      { kind: 'map', key: { kind: 'string' }, value: { kind: 'flags', name: 'fl', labels: ['x', 'y'] } },
      { kind: 'stream', element: u8 },
      { kind: 'stream' },
      { kind: 'future', value: v },
      { kind: 'future' },
      { kind: 'error-context' },
    ])
    expect(f.result).toEqual({ kind: 'option', some: { kind: 'option', some: { kind: 'u32' } } })
  })

  it('keeps one object per type, through use and under a second name', () => {
    const shop = world(`${cart} world shop { import checkout; export go: func(a: list<string>, b: list<string>); }`)
    const types = interfaceOf(shop.imports, 'demo:shop/types@1.2.0')
    const checkout = interfaceOf(shop.imports, 'demo:shop/checkout@1.2.0')
    const item = typeOf(types, 'item')
    expect(item).toMatchObject({ kind: 'record', name: 'item' })
    expect(typeOf(types, 'goods')).toBe(item)
    expect(typeOf(checkout, 'article')).toBe(item)
    expect(at(functionOf(types.functions, '[method]cart.add').params, 1).type).toBe(item)
    expect(at(functionOf(checkout.functions, 'pay').params, 1).type).toMatchObject({ kind: 'list', element: item })
    const [a, b] = functionOf(shop.exports, 'go').params
    expect(a?.type).toBe(b?.type)
  })

  it('gives a name to a named list and none to an anonymous one of the same shape', () => {
    const w = world(`package a:b; interface i { type names = list<string>; f: func(a: names, b: list<string>); }
      world w { import i; }`)
    const [a, b] = functionOf(interfaceOf(w.imports, 'a:b/i').functions, 'f').params
    expect(a?.type).toEqual({ kind: 'list', name: 'names', element: { kind: 'string' } })
    expect(b?.type).toEqual({ kind: 'list', element: { kind: 'string' } })
  })

  it('tells the two sides of a resource apart', () => {
    const w = world(`${cart} world w { import types; export types; }`)
    const imported = typeOf(interfaceOf(w.imports, 'demo:shop/types@1.2.0'), 'cart')
    const exported = typeOf(interfaceOf(w.exports, 'demo:shop/types@1.2.0'), 'cart')
    expect(imported).toEqual({ kind: 'resource', side: 'import', interface: 'demo:shop/types@1.2.0', name: 'cart' })
    expect(exported).toEqual({ ...imported, side: 'export' })
  })

  it.each([
    ['import types; export types; export checkout;', 'export'],
    ['export types; export checkout;', 'export'],
    ['export checkout; export types;', 'export'],
    // Here the encoder shares one alias of the import; the component that it builds takes the export all the same.
    ['import types; import checkout; export types; export checkout;', 'export'],
    ['import types; export checkout;', 'import'],
    ['export checkout;', 'import'],
  ])('takes the resource that an exported interface uses from the right side: %s', (items, side) => {
    const shop = world(`${cart} world w { ${items} }`)
    const owner = interfaceOf(side === 'export' ? shop.exports : shop.imports, 'demo:shop/types@1.2.0')
    expect(payResource(shop.exports)?.side).toBe(side)
    expect(payResource(shop.exports)).toBe(typeOf(owner, 'cart'))
    if (items.includes('import checkout')) expect(payResource(shop.imports)?.side).toBe('import')
  })

  it('follows a chain of uses to the type at its end', () => {
    const w = world(`package a:b;
      interface one { resource r; record p { held: r } }
      interface two { use one.{p as q}; }
      interface three { use two.{q as z}; f: func(z: z); }
      world w { export three; }`)
    const p = typeOf(interfaceOf(w.imports, 'a:b/one'), 'p')
    expect(at(functionOf(interfaceOf(w.exports, 'a:b/three').functions, 'f').params, 0).type).toBe(p)
    expect(p).toMatchObject({ name: 'p', fields: [{ type: { kind: 'own', resource: { side: 'import' } } }] })
  })

  it('takes in included worlds, their types and resources of the world itself', () => {
    const w = world(
      `package a:b;
      interface i { record p { x: u8 } }
      world base { use i.{p}; resource r { constructor(); m: func(p: p); } import f: func(r: borrow<r>); export g: func(p: p) -> r; }
      world w { include base; }`,
      'w',
    )
    expect(w.name).toBe('a:b/w')
    const resource = { kind: 'resource', side: 'import', name: 'r' }
    expect(w.imports.find((item) => item.name === 'r')).toEqual({ kind: 'type', name: 'r', type: resource })
    expect(functionOf(w.imports, 'f').params).toEqual([{ name: 'r', type: { kind: 'borrow', resource } }])
    expect(functionOf(w.exports, 'g').result).toEqual({ kind: 'own', resource })
    expect(functionOf(w.imports, '[method]r.m').params[1]?.type).toBe(typeOf(interfaceOf(w.imports, 'a:b/i'), 'p'))
  })

  it('keeps two versions of an interface apart', () => {
    const w = world(`package root:t;
      world w { import my:dep/a@0.1.0; export my:dep/a@0.2.0; }
      package my:dep@0.1.0 { interface a { resource r; x: func(r: r); } }
      package my:dep@0.2.0 { interface a { resource r; x: func(r: r); } }`)
    expect(w.imports.map((item) => item.name)).toEqual(['my:dep/a@0.1.0'])
    expect(w.exports.map((item) => item.name)).toEqual(['my:dep/a@0.2.0'])
    expect(typeOf(interfaceOf(w.exports, 'my:dep/a@0.2.0'), 'r')).toMatchObject({ interface: 'my:dep/a@0.2.0' })
  })

  it('keeps apart the plain names under which one interface is imported', () => {
    const w = world(`package a:b@1.0.0; interface i { resource r; f: func(r: r); }
      world w { import one: i; import two: i; }`)
    const named = w.imports.map((each) => each.kind === 'interface' && [each.name, each.implements])
    expect(named).toEqual([
      ['one', 'a:b/i@1.0.0'],
      ['two', 'a:b/i@1.0.0'],
    ])
    expect(typeOf(interfaceOf(w.imports, 'two'), 'r')).toMatchObject({ interface: 'two', name: 'r' })
  })

  it('makes plain data', () => {
    const w = world(`${cart} world w { import types; export checkout; }`)
    expect(structuredClone(w)).toEqual(w)
    expect(JSON.parse(JSON.stringify(w))).toEqual(w)
  })
})

describe('decodeWorld on random worlds', () => {
  it('gives back the types that the text was made of', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const random = arbitraryWorld(seed, { size: 4, extensions: true })
      const decoded = world(random.wit)
      expect(decoded.name).toBe(random.world)
      for (const [items, name] of [
        [decoded.imports, 'fuzz:random/host'],
        [decoded.exports, 'fuzz:random/api'],
      ] as const) {
        const functions = interfaceOf(items, name).functions
        if (!isDeepStrictEqual(functions, random.functions)) throw new Error(`seed ${seed}: ${random.wit}`)
      }
    }
  })
})

describe('decodeWorld on bytes that are not a world', () => {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

  it('refuses what is not a core module, or has no section', () => {
    expect(() => decodeWorld(new Uint8Array())).toThrow(UnknownEncoding)
    expect(() => decodeWorld(new Uint8Array(header))).toThrow('no component-type section')
  })

  it('refuses types that are nested beyond the stack', () => {
    // Each type is a list of the one before it; indices are numbers with a sign, of three bytes here.
    const index = (value: number): number[] => [(value & 127) | 128, ((value >> 7) & 127) | 128, value >> 14]
    const sized = (bytes: readonly number[]): number[] => [...index(bytes.length), ...bytes]
    const nested = (depth: number): Uint8Array => {
      const lists = Array.from({ length: depth }, (_, at) => [1, 0x70, ...index(at)]).flat()
      const imported = [1, 0x40, 1, 1, 0x78, ...index(depth), 1, 0, 3, 0, 1, 0x66, 1, ...index(depth + 1)]
      const named = [0x41, ...index(depth + 3), 1, 0x70, 0x7d, ...lists, ...imported]
      const wrapper = [1, 0x41, 2, 1, ...named, 4, 0, 5, ...new TextEncoder().encode('a:b/w'), 4, 0]
      const component = [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 7, ...sized(wrapper)]
      return new Uint8Array([...header, 0, ...sized([14, ...new TextEncoder().encode('component-type'), ...component])])
    }
    expect(decodeWorld(nested(100)).imports).toHaveLength(1)
    expect(() => decodeWorld(nested(20_000))).toThrow('types are nested too deeply')
    const scopes = Array.from({ length: 20_000 }, () => [0x41, 1, 1]).flat()
    const component = [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 7, ...sized([1, ...scopes])]
    const core = [...header, 0, ...sized([14, ...new TextEncoder().encode('component-type'), ...component])]
    expect(() => decodeWorld(new Uint8Array(core))).toThrow('nested too deeply')
  })

  it('gives an UnknownEncoding, or a world, for every damaged byte', () => {
    const bytes = tools.componentEmbed({ witSource: `${cart} world w { import types; export checkout; }`, dummy: true })
    let refused = 0
    for (let index = 8; index < bytes.length; index += 1) {
      const damaged = bytes.slice()
      damaged[index] = (damaged[index] ?? 0) ^ (1 << (index % 8))
      try {
        decodeWorld(damaged)
      } catch (error) {
        expect(error).toBeInstanceOf(UnknownEncoding)
        refused += 1
      }
    }
    expect(refused).toBeGreaterThan(0)
    for (let length = 0; length < bytes.length; length += 7) {
      try {
        decodeWorld(bytes.subarray(0, length))
      } catch (error) {
        expect(error).toBeInstanceOf(UnknownEncoding)
      }
    }
  })
})

describe.skipIf(!hasCorpora)('decodeWorld on the corpora', () => {
  it.each(['wit/worlds', 'wit/good'])('decodes every world of %s', async (directory) => {
    let count = 0
    for (const file of listCorpus(directory).filter((name) => name.endsWith('.wit'))) {
      const text = readCorpus(`${directory}/${file}`)
      for (const name of worldNames(text)) if (await decoded(text, name)) count += 1
    }
    expect(count).toBeGreaterThan(directory === 'wit/worlds' ? 40 : 15)
  })

  it.each(listCorpus('wasi'))('decodes every world of WASI %s', async (version) => {
    const packages = listCorpus(`wasi/${version}`).map((directory) => packageBlock(`wasi/${version}/${directory}`))
    const all = packages.map(({ text }) => text).join('\n')
    for (const { name, worlds } of packages) {
      for (const each of worlds) {
        const path = name.replace('@', `/${each}@`)
        const found = await decoded(`package root:test;\nworld t { include ${path}; }\n${all}`, 't')
        expect(found?.imports.length, path).toBeGreaterThan(0)
      }
    }
  })
})

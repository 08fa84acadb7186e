import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Made, Workshop } from '../testing/component.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await Workshop.open()
}, 120_000)
afterAll(() => workshop.close())

const disposeSymbol: symbol = Reflect.get(Symbol, 'dispose') ?? Symbol.for('dispose')
const dispose = (object: object): void => {
  const method: unknown = Reflect.get(object, disposeSymbol)
  if (typeof method !== 'function') throw new TypeError('this object cannot be disposed of')
  method.call(object)
}

/** A host's resource that counts how many of its objects there are. */
class Host {
  live = 0
  readonly Blob = blobClass(this)
}
function blobClass(host: Host) {
  return class Blob {
    readonly bytes: Uint8Array
    constructor(bytes: Uint8Array) {
      this.bytes = bytes
      host.live++
      Object.defineProperty(this, disposeSymbol, { value: () => host.live-- })
    }
    size(): number {
      return this.bytes.length
    }
    static join(a: Blob, b: Blob): Blob {
      return new Blob(Uint8Array.of(...a.bytes, ...b.bytes))
    }
  }
}

describe('a resource of the host', () => {
  const wit = `package t:t;
    interface files { resource blob { constructor(bytes: list<u8>); size: func() -> u32; join: static func(a: blob, b: borrow<blob>) -> blob; } give-away: func(b: blob); }
    interface api { use files.{blob}; record holder { b: blob }
      size-of: func(b: borrow<blob>) -> u32; remember: func(b: borrow<blob>) -> u32; recall: func() -> string;
      moved: func(b: blob) -> string; borrowed-away: func(b: borrow<blob>) -> string; disposed: func() -> string; wrong: func() -> list<string>;
      make: func(n: u32) -> u32; keep: func(h: holder); drop-kept: func() -> u32; extended: func() -> string; }
    world w { import files; export api; }`
  const source = `import { Blob, giveAway } from 't:t/files'
    const message = (work) => { try { return 'fine: ' + work() } catch (error) { return error.name + ': ' + error.message } }
    let remembered
    let kept = []
    export const api = {
      sizeOf: (b) => b.size(),
      remember(b) { remembered = b; return b.size() },
      recall: () => message(() => remembered.size()),
      moved(b) { giveAway(b); return message(() => b.size()) },
      borrowedAway: (b) => message(() => giveAway(b)),
      disposed() { const b = new Blob([1]); b[Symbol.dispose](); b[Symbol.dispose](); return message(() => b.size()) },
      wrong: () => [message(() => Blob.join({}, new Blob([]))), message(() => Blob.prototype.size.call(1)), message(() => giveAway())],
      make(n) { let sum = 0; for (let i = 0; i < n; i++) sum += new Blob([i]).size(); return sum },
      keep({ b }) { kept.push(b) },
      dropKept() { const n = kept.length; kept = []; return n },
      extended() { class Named extends Blob { name = 'named' } const b = new Named([1, 2]); return b.name + b.size() + (b instanceof Named) },
    }`
  const start = async (): Promise<{ host: Host; api: Made['exports'] }> => {
    const host = new Host()
    const made = await workshop.make(wit, source, { 't:t/files': { Blob: host.Blob, giveAway: () => {} } })
    return { host, api: made.exports.api }
  }

  it('has a class with constructor, methods and statics, which can be extended', async () => {
    const { api } = await start()
    expect(api.extended()).toBe('named2true')
  })

  it('is dropped when the guest lets go of it', async () => {
    const { host, api } = await start()
    expect(api.make(50)).toBe(50)
    expect(host.live).toBe(0)
    for (let index = 0; index < 3; index++) api.keep({ b: new host.Blob(Uint8Array.of(1)) })
    expect(host.live).toBe(3)
    expect(api.dropKept()).toBe(3)
    expect(host.live).toBe(0)
  })

  it('that was borrowed is dead when the export has returned', async () => {
    const { host, api } = await start()
    const blob = new host.Blob(Uint8Array.of(1, 2))
    expect(api.remember(blob)).toBe(2)
    expect(api.recall()).toBe('TypeError: this Blob was lent for one call, which is over, and cannot be used any more')
    expect(api.sizeOf(blob)).toBe(2)
  })

  it('that was given away, disposed of or only borrowed says so', async () => {
    const { host, api } = await start()
    expect(api.moved(new host.Blob(Uint8Array.of(1)))).toBe(
      'TypeError: this Blob was given away and cannot be used any more',
    )
    expect(api.borrowedAway(new host.Blob(Uint8Array.of(1)))).toBe(
      'TypeError: b: this Blob was only lent for this call and cannot be given away',
    )
    expect(api.disposed()).toBe('TypeError: this Blob was disposed of and cannot be used any more')
  })

  it('is not just any object', async () => {
    const { api } = await start()
    expect(api.wrong()).toEqual([
      'TypeError: a: expected an object of Blob, got an object',
      'TypeError: expected an object of Blob, got 1',
      'TypeError: b: expected an object of Blob, got undefined',
    ])
  })
})

describe('a resource of WASI', () => {
  const wit = `package t:t; world w { import wasi:things/tree@0.2.0; export go: func(how: string); }
    package wasi:things@0.2.0 { interface tree { resource root { constructor(); leaf: func() -> result<leaf>; } resource leaf { bud: func() -> option<tuple<u8, bud>>; } resource bud { } } }`
  const source = `import { Root } from 'wasi:things/tree@0.2.0'
    export function go(how) {
      if (how === 'together') { const root = new Root(); const leaf = root.leaf(); const [, bud] = leaf.bud(); return }
      if (how === 'by hand') { const root = new Root(); const leaf = root.leaf(); root[Symbol.dispose](); return }
      const root = new Root()
      let leaf = root.leaf()
      leaf = root.leaf()
      const holder = { leaf, root }
    }`
  const start = async () => {
    const order: string[] = []
    const named = (name: string): object => Object.defineProperty({}, disposeSymbol, { value: () => order.push(name) })
    class Root {
      constructor() {
        Object.defineProperty(this, disposeSymbol, { value: () => order.push('root') })
      }
      leaf(): object {
        return Object.setPrototypeOf(named('leaf'), Leaf.prototype)
      }
    }
    class Leaf {
      bud(): [number, object] {
        return [1, Object.setPrototypeOf(named('bud'), Bud.prototype)]
      }
    }
    // oxlint-disable-next-line no-extraneous-class
    class Bud {}
    const { exports } = await workshop.make(wit, source, { 'wasi:things/tree': { Root, Leaf, Bud } }, 'w')
    return { order, go: (how: string) => exports.go(how) }
  }

  it('is dropped after what was made of it, where both are let go of together', async () => {
    const { order, go } = await start()
    go('together')
    expect(order).toEqual(['bud', 'leaf', 'root'])
    order.length = 0
    go('one after the other')
    expect(order).toEqual(['leaf', 'leaf', 'root'])
  })

  it('is dropped when the guest says so', async () => {
    const { order, go } = await start()
    go('by hand')
    expect(order).toEqual(['root', 'leaf'])
  })
})

describe('a resource of the guest', () => {
  const wit = `package t:t;
    interface carts { resource cart { constructor(name: string); total: func() -> u32; add: func(n: u32) -> u32; join: static func(a: cart, b: borrow<cart>) -> cart; same: func() -> cart; open: static func(n: u32) -> result<cart, string>; later: func() -> string; }
      take: func(c: cart) -> string; all: func(n: u32) -> list<cart>; total-of: func(c: list<borrow<cart>>) -> u32; disposed: func() -> u32; live: func() -> u32; wrong: func() -> cart; }
    world w { export carts; }`
  const source = `let disposed = 0
    let live = 0
    class Cart {
      #items = []
      constructor(name) { if (name === '') throw new Error('a cart needs a name'); this.name = name; live++ }
      total() { return this.#items.reduce((a, b) => a + b, 0) }
      add(n) { this.#items.push(n); return this.total() }
      static join(a, b) { const c = new this(a.name + b.name); c.add(a.total() + b.total()); return c }
      same() { return this }
      static open(n) { if (n === 0) throw 'closed'; return new Cart('opened') }
      async later() { await null; return this.name }
      [Symbol.dispose]() { disposed++; live-- }
    }
    export const carts = {
      Cart,
      take: (cart) => cart instanceof Cart ? cart.name + cart.total() : 'something else',
      all: (n) => Array.from({ length: n }, (_, i) => new Cart('n' + i)),
      totalOf: (all) => all.reduce((sum, cart) => sum + cart.total(), 0),
      disposed: () => disposed,
      live: () => live,
      wrong: () => 5,
    }`
  const start = () => workshop.make(wit, source)

  it('has constructor, methods, statics and results', async () => {
    const { carts } = (await start()).exports
    const [a, b] = [new carts.Cart('a'), new carts.Cart('b')]
    a.add(3)
    expect([a.add(4), b.add(10), a.total()]).toEqual([7, 10, 7])
    const joined = carts.Cart.join(a, b)
    expect([joined.total(), b.total(), joined.later()]).toEqual([17, 10, 'ab'])
    expect(carts.totalOf([joined, b])).toBe(27)
    expect(carts.Cart.open(1).later()).toBe('opened')
    expect(() => carts.Cart.open(0)).toThrow('closed')
  })

  it('is disposed of when the host drops the last handle, and not when it hands it back', async () => {
    const { carts } = (await start()).exports
    const cart = new carts.Cart('x')
    const same = cart.same()
    dispose(cart)
    expect([carts.disposed(), same.total()]).toEqual([0, 0])
    dispose(same)
    expect(carts.disposed()).toBe(1)
    expect(carts.take(new carts.Cart('back'))).toBe('back0')
    expect(carts.disposed()).toBe(1)
    for (const one of carts.all(20)) carts.take(one)
    expect(carts.disposed()).toBe(1)
  })

  it('in a list is dropped by itself, and no other one for it', async () => {
    const { carts } = (await start()).exports
    const [first, second, third] = carts.all(3)
    dispose(first)
    expect([carts.disposed(), second.later(), third.later()]).toEqual([1, 'n1', 'n2'])
    expect(() => first.total()).toThrow('Not a valid')
    // Its handle may be another one's by now.
    expect(carts.take(third)).toBe('n20')
    dispose(third)
    expect(carts.disposed()).toBe(1)
    dispose(second)
    expect([carts.disposed(), carts.live()]).toEqual([2, 1])
  })

  it('leaves nothing behind in 3,000 lives', async () => {
    const made = await start()
    const { carts } = made.exports
    const live = (count: number) => {
      for (let index = 0; index < count; index++) {
        const cart = new carts.Cart('x')
        if (index % 2 === 0) dispose(cart)
        else carts.take(cart)
      }
    }
    live(300)
    const pages = made.memoryPages()
    live(3000)
    expect(made.memoryPages()).toBe(pages)
  })

  it('reports what its constructor throws, and a value that is no object', async () => {
    const made = await start()
    expect(() => new made.exports.carts.Cart('')).toThrow(WebAssembly.RuntimeError)
    expect(made.uncaught()).toMatchObject({ kind: 'exception', message: 'Error: a cart needs a name' })
    const other = await made.again()
    expect(() => other.exports.carts.wrong()).toThrow(WebAssembly.RuntimeError)
    expect(other.uncaught()).toMatchObject({
      kind: 'bad-result',
      message: 'TypeError: expected an object of Cart, got 5',
    })
  })
})

describe('one interface on both sides', () => {
  it('has two resources that are not mixed up', async () => {
    const host = new Host()
    const made = await workshop.make(
      `package t:t; interface files { resource blob { constructor(bytes: list<u8>); size: func() -> u32; } hand: func(b: blob) -> blob; }
       world w { import files; export files; }`,
      `import { Blob as Outer, hand } from 't:t/files'
       class Blob { constructor(bytes) { this.outer = new Outer(bytes) } size() { return 100 + this.outer.size() } }
       export const files = { Blob, hand(b) { hand(b.outer); b.outer = new Outer([]); return b } }`,
      { 't:t/files': { Blob: host.Blob, hand: (blob: unknown) => blob } },
    )
    const blob = new made.exports.files.Blob(Uint8Array.of(1, 2))
    expect(blob.size()).toBe(102)
    expect(made.exports.files.hand(blob).size()).toBe(100)
  })
})

describe('a resource of the world itself', () => {
  it('comes from the module of its name and from that of the world', async () => {
    const host = new Host()
    const made = await workshop.make(
      `package t:t; world w { resource blob { constructor(bytes: list<u8>); size: func() -> u32; } import a-log: func(text: string) -> u32; export run: func() -> u32; }`,
      `import Blob, { Blob as Same } from 'blob'
       import { Blob as Again } from 't:t/w'
       import log, { aLog } from 'a-log'
       export const run = () => (Blob === Same && Same === Again ? new Blob([1, 2]).size() : 0) + log('abc') + aLog('d')`,
      { blob: { default: host.Blob }, 'a-log': { default: (text: string) => text.length } },
    )
    expect(made.exports.run()).toBe(6)
  })
})

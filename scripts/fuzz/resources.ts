import { structureText, typeText } from '../../src/component/type-text.ts'
import type { ResourceType, ValueType } from '../../src/component/types.ts'
import { Random } from '../../src/component/testing/arbitraries.ts'
import type { Made, Workshop } from '../../src/toolchain/engines/quickjs/testing/component.ts'
import { difference, show } from './equal.ts'
import { refusal, type WorldReport } from './report.ts'

/**
 * A world with a resource on each side: `item` is the host's, `thing` the guest's. Handles travel alone and inside
 * records, lists, options, tuples, variants and results, as own and as borrow; the guest makes, forwards, keeps and drops
 * them. In the end the counts must balance: whatever was made was dropped once, or is still in somebody's hands.
 */
export async function fuzzResources(workshop: Workshop, seed: number, calls: number): Promise<WorldReport> {
  const random = new Random(seed ^ 0x7e50)
  const shapes = random.times(4, (index) => new Shape(random, `s${index}`))
  const wit = worldText(shapes)
  const host = new Host()
  let made: Made
  try {
    made = await workshop.make(wit, guestSource(shapes), { 'fuzz:resources/host': host.imports(shapes) })
  } catch (error) {
    return refusal(error, wit)
  }
  const run = new Run(made.exports['fuzz:resources/api'], host, shapes, random)
  const mismatches: string[] = []
  let call = 0
  while (call < calls && mismatches.length === 0) {
    const found = attempt(call === calls - 1 ? () => run.balance() : () => run.step())
    call++
    if (found === undefined) continue
    const uncaught = made.uncaught()
    mismatches.push(
      `call ${call}: ${found}${uncaught ? ` (${uncaught.kind}: ${uncaught.message} ${uncaught.stack})` : ''}`,
    )
  }
  return { wit, calls: call, mismatches }
}

function attempt(work: () => string | undefined): string | undefined {
  try {
    return work()
  } catch (error) {
    return `it threw ${error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error)}`
  }
}

const placeholder: ResourceType = { kind: 'resource', side: 'import', name: 'leaf' }
const leafType: ValueType = { kind: 'own', resource: placeholder }

/** A random type around handles, used with each resource as own and as borrow. */
class Shape {
  readonly name: string
  readonly #type: ValueType
  readonly #definitions: (ValueType & { name: string })[] = []

  constructor(random: Random, name: string) {
    this.name = name
    this.#type = this.#make(random, 1 + random.below(3))
  }

  #make(random: Random, depth: number): ValueType {
    if (depth === 0 || random.chance(0.15)) return leafType
    const inner = (): ValueType => this.#make(random, depth - 1)
    switch (random.below(6)) {
      case 0:
        return { kind: 'list', element: inner() }
      case 1:
        return { kind: 'option', some: inner() }
      case 2:
        return { kind: 'tuple', types: [{ kind: 'string' }, ...random.times(1 + random.below(9), inner)] }
      case 3: {
        const fields = random.times(1 + random.below(4), (at) => ({ name: `field-${at}`, type: inner() }))
        return this.#define({ kind: 'record', fields: [...fields, { name: 'n', type: { kind: 's8' } }] })
      }
      case 4: {
        const cases = [
          { name: 'none' },
          { name: 'one', type: inner() },
          { name: 'number', type: { kind: 'f64' as const } },
        ]
        return this.#define({ kind: 'variant', cases })
      }
      default:
        return { kind: 'result', ok: inner(), err: inner() }
    }
  }

  #define(type: ValueType): ValueType {
    const named = Object.assign(type, { name: `${this.name}-t${this.#definitions.length}` })
    this.#definitions.push(named)
    return named
  }

  /** The shape with another leaf: `item`, `borrow<item>`, `thing`, `borrow<thing>`. */
  text(leaf: string): string {
    return replaceLeaf(wrapped(this.#type), leaf, this.#suffix(leaf))
  }

  definitions(leaf: string): string {
    const suffix = this.#suffix(leaf)
    return this.#definitions
      .map((type) => {
        const text = replaceLeaf(structureText(type), leaf, suffix)
        return `  ${text.replace(/^(\w+)/, `$1 ${type.name}${suffix}`)}\n`
      })
      .join('')
  }

  #suffix(leaf: string): string {
    return `-${leaf.replace('borrow<', 'b-').replace('>', '')}`
  }

  /** A value whose handles `next` gives. */
  value(random: Random, next: () => unknown): unknown {
    return build(this.#type, random, next)
  }

  leaves(value: unknown): unknown[] {
    const found: unknown[] = []
    collect(this.#type, value, found)
    return found
  }

  get type(): ValueType {
    return this.#type
  }
}

/** A `result` in front would be thrown: it is tested with values. */
const wrapped = (type: ValueType): string => (type.kind === 'result' ? `tuple<${typeText(type)}>` : typeText(type))

const replaceLeaf = (text: string, leaf: string, suffix: string): string =>
  text.replace(/\bs\d-t\d+\b/g, (name) => name + suffix).replace(/\bleaf\b/g, leaf)

function build(type: ValueType, random: Random, next: () => unknown): unknown {
  const inner = (part: ValueType): unknown => build(part, random, next)
  switch (type.kind) {
    case 'list':
      return random.times(random.below(4), () => inner(type.element))
    case 'option':
      return optionOf(type.some, random.chance(0.7), () => inner(type.some))
    case 'tuple':
      return type.types.map(inner)
    case 'record':
      return Object.fromEntries(type.fields.map((field) => [field.name.replace(/-(\d)/, '$1'), inner(field.type)]))
    case 'variant': {
      const chosen = random.pick(type.cases)
      return chosen.type ? { tag: chosen.name, val: inner(chosen.type) } : { tag: chosen.name }
    }
    case 'result': {
      const tag = random.pick(['ok', 'err'] as const)
      const part = type[tag]
      return { tag, val: part && inner(part) }
    }
    case 'string':
      return random.pick(['', 'a', 'ß☃'])
    case 's8':
      return random.below(256) - 128
    case 'f64':
      return random.below(1000) / 8
    default:
      return next()
  }
}

const mayBeUndefined = (type: ValueType): boolean => type.kind === 'option' && !mayBeUndefined(type.some)
function optionOf(some: ValueType, is: boolean, value: () => unknown): unknown {
  if (!mayBeUndefined(some)) return is ? value() : undefined
  return is ? { tag: 'some', val: value() } : { tag: 'none' }
}

function collect(type: ValueType, value: unknown, into: unknown[]): void {
  const part = (key: string | number): unknown => Reflect.get(Object(value), key)
  switch (type.kind) {
    case 'list':
      if (Array.isArray(value)) for (const one of value) collect(type.element, one, into)
      return
    case 'option':
      if (mayBeUndefined(type.some)) {
        if (part('tag') === 'some') collect(type.some, part('val'), into)
      } else if (value !== undefined) collect(type.some, value, into)
      return
    case 'tuple':
      for (const [at, member] of type.types.entries()) collect(member, part(at), into)
      return
    case 'record':
      for (const field of type.fields) collect(field.type, part(field.name.replace(/-(\d)/, '$1')), into)
      return
    case 'variant': {
      const chosen = type.cases.find((one) => one.name === part('tag'))
      if (chosen?.type) collect(chosen.type, part('val'), into)
      return
    }
    case 'result': {
      const chosen = part('tag') === 'ok' ? type.ok : type.err
      if (chosen) collect(chosen, part('val'), into)
      return
    }
    case 'own':
      into.push(value)
  }
}

function worldText(shapes: readonly Shape[]): string {
  const functions = (prefix: string, leaf: string): string =>
    shapes
      .map((shape) => {
        const own = shape.text(leaf)
        const pass = `  ${prefix}-pass-${shape.name}: func(v: ${own}) -> ${own};\n`
        return `${pass}  ${prefix}-ids-${shape.name}: func(v: ${shape.text(`borrow<${leaf}>`)}) -> list<u32>;\n`
      })
      .join('')
  const definitions = (leaf: string): string =>
    shapes.map((shape) => shape.definitions(leaf) + shape.definitions(`borrow<${leaf}>`)).join('')
  const uses = shapes.flatMap((shape) =>
    [...(shape.definitions('item') + shape.definitions('borrow<item>')).matchAll(/^ {2}\w+ (\S+)/gm)].map(
      ([, name]) => name,
    ),
  )
  return `package fuzz:resources;
interface host {
  resource item {
    constructor(id: u32);
    id: func() -> u32;
    peek: func(other: borrow<item>) -> u32;
    absorb: func(other: item) -> u32;
    join: static func(a: item, b: borrow<item>) -> item;
    try-make: static func(id: u32) -> result<item, string>;
  }
${definitions('item')}${functions('item', 'item')}}
interface api {
  use host.{${['item', ...uses].join(', ')}};
  resource thing {
    constructor(id: u32);
    id: func() -> u32;
    peek: func(other: borrow<thing>) -> u32;
    absorb: func(other: thing) -> u32;
    join: static func(a: thing, b: borrow<thing>) -> thing;
    try-make: static func(id: u32) -> result<thing, string>;
    again: func() -> thing;
  }
${definitions('thing')}${functions('item', 'item')}${functions('thing', 'thing')}
  item-pass-many: func(a: borrow<item>, b: item, c: option<borrow<item>>, d: string) -> tuple<u32, item>;
  keep: func(v: item);
  release: func() -> list<item>;
  churn: func(n: u32) -> u32;
  eat: func(v: thing) -> u32;
  disposed: func() -> u32;
}
world w { import host; export api; }
`
}

function guestSource(shapes: readonly Shape[]): string {
  const members = shapes.flatMap(({ name, type }) => {
    const suffix = name.toUpperCase()
    const unwrap = type.kind === 'result' ? '([value])' : '(value)'
    const ids = `${unwrap} => leaves(${JSON.stringify(type)}, value).map((one) => one.id())`
    return [
      `itemPass${suffix}: (value) => host.itemPass${suffix}(value)`,
      `itemIds${suffix}: (value) => { const mine = (${ids})(value); const theirs = host.itemIds${suffix}(value); if (mine.join() !== [...theirs].join()) throw new Error('ids differ'); return mine }`,
      `thingPass${suffix}: (value) => value`,
      `thingIds${suffix}: ${ids}`,
    ]
  })
  return `import * as host from 'fuzz:resources/host'
const { Item } = host
// What the test was compiled with may mark functions with their names.
const __name = (value) => value
const mayBeUndefined = ${mayBeUndefined.toString()}
${collect.toString()}
const leaves = (type, value) => { const found = []; collect(type, value, found); return found }
let disposed = 0
let kept = []
class Thing {
  #id
  constructor(id) { this.#id = id }
  id() { return this.#id }
  peek(other) { return this.#id + other.#id }
  absorb(other) { this.#id = (this.#id + other.#id) >>> 0; return this.#id }
  static join(a, b) { return new this((a.#id + b.#id) >>> 0) }
  static tryMake(id) { if (id % 2 === 0) throw Object.assign(new Error('even'), { payload: 'even' }); return new this(id) }
  again() { return this }
  [Symbol.dispose]() { disposed++ }
}
export const api = {
  Thing,
  ${members.join(',\n  ')},
  itemPassMany: (a, b, c, d) => [(a.id() + b.id() + (c ? c.id() : 0) + d.length) >>> 0, b],
  keep(item) { kept.push(item) },
  release() { const all = kept; kept = []; return all },
  churn(n) {
    let sum = 0
    for (let i = 0; i < n; i++) {
      const a = new Item(i)
      const b = new Item(i + 1)
      sum += a.peek(b)
      if (i % 4 === 0) sum += a.absorb(b)
      else if (i % 4 === 1) { const c = Item.join(b, a); sum += c.id(); c[Symbol.dispose]() }
      else if (i % 4 === 2) { a[Symbol.dispose](); try { a.id(); sum = -1 } catch (error) { if (!(error instanceof TypeError)) sum = -2 } }
      try { Item.tryMake(i); } catch (error) { if (error.payload !== 'even') sum = -3 }
    }
    return sum >>> 0
  },
  eat: (thing) => thing.id(),
  disposed: () => disposed,
}
`
}

const disposeSymbol: symbol = Reflect.get(Symbol, 'dispose') ?? Symbol.for('dispose')

interface Item {
  id(): number
}

class Host {
  made = 0
  disposed = 0
  /** Items that came to the host for good and are not in the hands of the test. */
  readonly taken = new Set<unknown>()
  readonly Item: new (id: number) => Item

  constructor() {
    this.Item = itemClass(this)
  }

  imports(shapes: readonly Shape[]): Record<string, unknown> {
    const functions = shapes.flatMap((shape) => {
      const suffix = shape.name.toUpperCase()
      const ids = (value: unknown): number[] => shape.leaves(unwrapped(shape, value)).map((one) => idOf(one))
      return [
        [`itemPass${suffix}`, (value: unknown) => value],
        [`itemIds${suffix}`, ids],
      ] as const
    })
    return { Item: this.Item, ...Object.fromEntries(functions) }
  }
}

/** The resource as the host implements it; `host` keeps count. */
function itemClass(host: Host): Host['Item'] {
  return class HostItem implements Item {
    readonly #id: number
    constructor(id: number) {
      this.#id = id
      host.made++
      Object.defineProperty(this, disposeSymbol, { value: () => host.disposed++ })
    }
    id(): number {
      return this.#id
    }
    peek(other: HostItem): number {
      return (this.#id + other.#id) >>> 0
    }
    absorb(other: HostItem): number {
      host.taken.add(other)
      return (this.#id + other.#id) >>> 0
    }
    static join(a: HostItem, b: HostItem): HostItem {
      host.taken.add(a)
      return new HostItem((a.#id + b.#id) >>> 0)
    }
    static tryMake(id: number): HostItem {
      if (id % 2 === 0) throw Object.assign(new Error('even'), { payload: 'even' })
      return new HostItem(id)
    }
  }
}

const wrap = (shape: Shape, value: unknown): unknown => (shape.type.kind === 'result' ? [value] : value)
const unwrapped = (shape: Shape, value: unknown): unknown =>
  shape.type.kind === 'result' && Array.isArray(value) ? value[0] : value

const idOf = (value: unknown): number => {
  const id: unknown = Reflect.get(Object(value), 'id')
  return typeof id === 'function' ? Number(id.call(value)) : Number.NaN
}

class Run {
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly #api: any
  readonly #host: Host
  readonly #shapes: readonly Shape[]
  readonly #random: Random
  #things = 0
  #thingsGone = 0
  #expectDisposed = 0

  constructor(api: unknown, host: Host, shapes: readonly Shape[], random: Random) {
    this.#api = api
    this.#host = host
    this.#shapes = shapes
    this.#random = random
  }

  /** One call, or a few that belong together. */
  step(): string | undefined {
    const random = this.#random
    const shape = random.pick(this.#shapes)
    switch (random.below(9)) {
      case 0:
        return this.#passItems(shape)
      case 1:
        return this.#borrowItems(shape)
      case 2:
        return this.#passThings(shape)
      case 3:
        return this.#borrowThings(shape)
      case 4:
        return this.#methods()
      case 5:
        return this.#churn()
      case 6:
        return this.#keep()
      case 7:
        return this.#many()
      default:
        return this.#again()
    }
  }

  #item(): Item {
    return new this.#host.Item(this.#random.below(1000))
  }

  #thing(): unknown {
    this.#things++
    return new this.#api.Thing(this.#random.below(1000))
  }

  #passItems(shape: Shape): string | undefined {
    const value = wrap(
      shape,
      shape.value(this.#random, () => this.#item()),
    )
    const sent = shape.leaves(unwrapped(shape, value))
    const back = this.#api[`itemPass${shape.name.toUpperCase()}`](value)
    const got = shape.leaves(unwrapped(shape, back))
    if (got.some((one, at) => one !== sent[at])) return `item-pass-${shape.name}: other objects came back`
    return got.length === sent.length ? undefined : `item-pass-${shape.name}: ${got.length} of ${sent.length} came back`
  }

  #borrowItems(shape: Shape): string | undefined {
    const value = wrap(
      shape,
      shape.value(this.#random, () => this.#item()),
    )
    const sent = shape.leaves(unwrapped(shape, value)).map(idOf)
    return difference(sent, [...this.#api[`itemIds${shape.name.toUpperCase()}`](value)], `item-ids-${shape.name}`)
  }

  #passThings(shape: Shape): string | undefined {
    const value = wrap(
      shape,
      shape.value(this.#random, () => this.#thing()),
    )
    const sent = shape.leaves(unwrapped(shape, value)).map(idOf)
    const back = this.#api[`thingPass${shape.name.toUpperCase()}`](value)
    const got = shape.leaves(unwrapped(shape, back))
    const found = difference(sent, got.map(idOf), `thing-pass-${shape.name}`)
    for (const one of got) this.#eat(one)
    return found
  }

  #borrowThings(shape: Shape): string | undefined {
    const value = wrap(
      shape,
      shape.value(this.#random, () => this.#thing()),
    )
    const things = shape.leaves(unwrapped(shape, value))
    const got = [...this.#api[`thingIds${shape.name.toUpperCase()}`](value)]
    const found = difference(things.map(idOf), got, `thing-ids-${shape.name}`)
    for (const one of things) this.#dispose(one)
    return found
  }

  /** Given away as own: its destructor must not run. */
  #eat(thing: unknown): void {
    this.#api.eat(thing)
    this.#thingsGone++
  }

  #dispose(thing: unknown): void {
    const dispose: unknown = Reflect.get(Object(thing), disposeSymbol)
    if (typeof dispose === 'function') dispose.call(thing)
    this.#thingsGone++
    this.#expectDisposed++
  }

  #methods(): string | undefined {
    const { Thing } = this.#api
    const [a, b, c] = [new Thing(7), new Thing(11), new Thing(100)]
    this.#things += 3
    const peeked: unknown = a.peek(b)
    const joined = Thing.join(b, a)
    const absorbed: unknown = joined.absorb(c)
    const made = Thing.tryMake(5)
    this.#things += 2
    this.#thingsGone += 2
    let refused: unknown
    try {
      Thing.tryMake(4)
    } catch (error) {
      refused = error instanceof Error ? Reflect.get(error, 'payload') : undefined
    }
    const found = difference([18, 118, 118, 5, 'even'], [peeked, absorbed, joined.id(), made.id(), refused], 'methods')
    for (const one of [a, joined, made]) this.#dispose(one)
    return found
  }

  #churn(): string | undefined {
    const count = this.#random.below(8)
    const before = this.#held()
    const taken = this.#host.taken.size
    const sum: unknown = this.#api.churn(count)
    const after = this.#held() - (this.#host.taken.size - taken)
    if (typeof sum !== 'number' || sum > 0xffff_0000) return `churn: ${show(sum)}`
    return after === before ? undefined : `churn(${count}): ${after - before} items were not dropped`
  }

  #keep(): string | undefined {
    const items = this.#random.times(this.#random.below(5), () => this.#item())
    for (const item of items) this.#api.keep(item)
    const back: readonly unknown[] = this.#api.release()
    return back.length === items.length && back.every((one, at) => one === items[at]) ? undefined : 'keep: not the same'
  }

  #many(): string | undefined {
    const [a, b] = [this.#item(), this.#item()]
    const c = this.#random.chance(0.5) ? this.#item() : undefined
    const text = this.#random.pick(['', 'text', 'ünï'])
    const [sum, back] = this.#api.itemPassMany(a, b, c, text)
    if (back !== b) return 'item-pass-many: another object came back'
    return difference(a.id() + b.id() + (c?.id() ?? 0) + text.length, sum, 'item-pass-many')
  }

  /** Two handles to one object: disposed of when the second is gone. */
  #again(): string | undefined {
    const first = new this.#api.Thing(3)
    const second = first.again()
    this.#things += 2
    const before: number = this.#api.disposed()
    this.#dispose(first)
    this.#expectDisposed--
    const between: number = this.#api.disposed()
    const id: unknown = second.id()
    this.#dispose(second)
    return difference([before, 3, before + 1], [between, id, this.#api.disposed()], 'again')
  }

  /** Items that exist: made and not disposed of. */
  #held(): number {
    return this.#host.made - this.#host.disposed
  }

  balance(): string | undefined {
    if (this.#things !== this.#thingsGone) return `the test itself: ${this.#things} things, ${this.#thingsGone} gone`
    return difference(this.#expectDisposed, this.#api.disposed(), 'things disposed of')
  }
}

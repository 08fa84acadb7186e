import { camelCase, integerRange, isTaggedOption, listValue } from '../host-conventions.ts'
import { definitionText, typeText } from '../type-text.ts'
import {
  type FunctionItem,
  integerKinds,
  type PrimitiveKind,
  primitiveKinds,
  type TypeItem,
  type ValueType,
} from '../types.ts'

/**
 * Random types, values and worlds for tests. Everything follows from a seed, so that a failure can be repeated; `size`
 * bounds how deep and wide types become, so that small failures can be looked for with small sizes.
 */

/** A small generator of good enough quality (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** 0 to `limit` - 1 */
  below(limit: number): number {
    return Math.floor((this.#next() / 2 ** 32) * limit)
  }

  chance(part: number): boolean {
    return this.#next() / 2 ** 32 < part
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)]
    if (choice === undefined) throw new Error('nothing to pick from')
    return choice
  }

  /** 64 random bits */
  bits(): bigint {
    return (BigInt(this.#next()) << 32n) | BigInt(this.#next())
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index))
  }
}

export interface TypeOptions {
  /** How many layers types have at most. */
  readonly size: number
  /** Types that not every tool supports: `map` and fixed-length lists. */
  readonly extensions?: boolean
}

export function arbitraryType(random: Random, options: TypeOptions): ValueType {
  return new TypeMaker(random, options).type(options.size)
}

const bigCounts = [1, 2, 3, 4, 5, 7, 255, 256, 257, 300]
const flagCounts = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32]

/** Words that mean something in WIT, WAVE or JavaScript. */
const hardLabels = (
  'true false some none ok err inf nan type list record func own resource constructor to-string value-of ' +
  'has-own-property class default this tag val length HTTP a-B2 x-1 READ-only then async static import undefined null'
).split(' ')

class TypeMaker {
  readonly definitions: TypeItem[] = []
  readonly #random: Random
  readonly #extensions: boolean

  constructor(random: Random, options: TypeOptions) {
    this.#random = random
    this.#extensions = options.extensions ?? false
  }

  type(size: number): ValueType {
    const random = this.#random
    if (size <= 0 || random.chance(0.25)) return { kind: random.pick(primitiveKinds) }
    const earlier = this.definitions.length > 0 && random.chance(0.2) ? random.pick(this.definitions).type : undefined
    if (earlier && earlier.kind !== 'resource') return earlier
    const inner = (): ValueType => this.type(size - 1)
    const kinds = ['list', 'tuple', 'option', 'option', 'result', 'record', 'variant', 'enum', 'flags'] as const
    const kind = random.pick(this.#extensions ? [...kinds, 'map' as const, 'fixed-length-list' as const] : kinds)
    switch (kind) {
      case 'list':
        return { kind, element: inner() }
      case 'tuple':
        return { kind, types: random.times(1 + random.below(4), inner) }
      case 'option':
        return { kind, some: inner() }
      case 'result':
        return { kind, ...(random.chance(0.7) ? { ok: inner() } : {}), ...(random.chance(0.6) ? { err: inner() } : {}) }
      case 'map':
        return { kind, key: { kind: random.pick(keyKinds) }, value: inner() }
      case 'fixed-length-list':
        return { kind, element: inner(), length: 1 + random.below(4) }
      case 'record': {
        const names = this.#labels(1 + random.below(size > 2 ? 6 : 20))
        return this.#define({ kind, fields: names.map((name) => ({ name, type: inner() })) })
      }
      case 'variant': {
        const names = this.#labels(random.pick(bigCounts))
        // Cases with a payload are rare in large variants, so that types do not explode.
        const share = Math.min(0.6, 6 / names.length)
        return this.#define({
          kind,
          cases: names.map((name) => (random.chance(share) ? { name, type: inner() } : { name })),
        })
      }
      case 'enum':
        return this.#define({ kind, cases: this.#labels(random.pick(bigCounts)) })
      case 'flags':
        return this.#define({ kind, labels: this.#labels(random.pick(flagCounts)) })
    }
  }

  #define<T extends ValueType>(type: T): T & { name: string } {
    const name = `t${this.definitions.length}`
    const named = { ...type, name }
    this.definitions.push({ kind: 'type', name, type: named })
    return named
  }

  /** Different labels, also when they are JavaScript names. */
  #labels(count: number): string[] {
    const labels = new Map<string, string>()
    while (labels.size < count) {
      const label = this.#random.chance(0.15) ? this.#random.pick(hardLabels) : this.#label()
      labels.set(camelCase(label).toLowerCase(), label)
    }
    return [...labels.values()]
  }

  #label(): string {
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const word = (index: number): string => {
      const rest = this.#random.times(this.#random.below(4), () => this.#random.pick([...letters, ...'0123456789']))
      const text =
        (index === 0 ? '' : this.#random.pick(['', '', '1'])) + this.#random.pick([...letters]) + rest.join('')
      return this.#random.chance(0.1) ? text.toUpperCase() : text
    }
    return this.#random.times(1 + this.#random.below(3), word).join('-')
  }
}

const keyKinds = [...integerKinds, 'bool', 'char', 'string'] as const

const edgeFloats = [0, -0, 1, -1, 0.1, 1.5, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 3.4028234663852886e38, 1e-45]
const specialFloats = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, ...edgeFloats]
const edgeCharacters = ['\0', '\n', '\r', '\t', '"', "'", '\\', '\u2028', '\uFEFF', '\u202E', '☃', '\uD7FF', '\uE000']
const characters = [
  ...edgeCharacters,
  '\uFFFD',
  '\uFFFF',
  '🌊',
  '\u{10000}',
  '\u{10FFFF}',
  'a',
  'Z',
  ' ',
  '/',
  '{',
  'é',
]

/** A value of `type` as jco's host code takes it; types must be without resources, streams and futures. */
export function arbitraryValue(type: ValueType, random: Random): unknown {
  const inner = (part: ValueType): unknown => arbitraryValue(part, random)
  switch (type.kind) {
    case 'list': {
      const length = random.chance(0.05) ? 50 : random.below(5)
      return listValue(
        type,
        random.times(length, () => inner(type.element)),
      )
    }
    case 'fixed-length-list':
      return random.times(type.length, () => inner(type.element))
    case 'map':
      return new Map(random.times(random.below(4), () => [inner(type.key), inner(type.value)]))
    case 'tuple':
      return type.types.map(inner)
    case 'record':
      return Object.fromEntries(type.fields.map((field) => [camelCase(field.name), inner(field.type)]))
    case 'flags':
      return Object.fromEntries(type.labels.map((label) => [camelCase(label), random.chance(0.5)]))
    case 'enum':
      return random.pick(type.cases)
    case 'variant': {
      const payloads = type.cases.filter((each) => each.type)
      const chosen = payloads.length > 0 && random.chance(0.5) ? random.pick(payloads) : random.pick(type.cases)
      return chosen.type ? { tag: chosen.name, val: inner(chosen.type) } : { tag: chosen.name }
    }
    case 'option': {
      const tagged = isTaggedOption(type)
      if (random.chance(0.4)) return tagged ? { tag: 'none' } : undefined
      return tagged ? { tag: 'some', val: inner(type.some) } : inner(type.some)
    }
    case 'result': {
      const tag = random.pick(['ok', 'err'] as const)
      const payload = type[tag]
      return { tag, val: payload && inner(payload) }
    }
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      throw new Error(`no random values of ${type.kind}`)
    default:
      return primitiveValue(type.kind, random)
  }
}

function primitiveValue(kind: PrimitiveKind, random: Random): unknown {
  switch (kind) {
    case 'bool':
      return random.chance(0.5)
    case 'char':
      return character(random)
    case 'string':
      return random.times(random.chance(0.05) ? 300 : random.below(9), () => character(random)).join('')
    case 'f32':
      return Math.fround(float(random))
    case 'f64':
      return float(random)
    default: {
      const { lowest, highest } = integerRange(kind)
      const count = highest - lowest + 1n
      const value = random.chance(0.3) ? random.pick([lowest, highest, 0n, 1n]) : lowest + (random.bits() % count)
      return kind === 's64' || kind === 'u64' ? value : Number(value)
    }
  }
}

function character(random: Random): string {
  if (random.chance(0.4)) return random.pick(characters)
  const code = random.below(0x110000 - 0x800)
  return String.fromCodePoint(code < 0xd800 ? code : code + 0x800)
}

function float(random: Random): number {
  if (random.chance(0.4)) return random.pick(specialFloats)
  const value = new Float64Array(new BigUint64Array([random.bits()]).buffer)[0] ?? 0
  // All NaNs are one value to the component model.
  return Number.isNaN(value) ? Number.NaN : value
}

export interface ArbitraryWorld {
  /** A package with the interfaces `host`, which the world imports, and `api`, which it exports. */
  readonly wit: string
  /** `fuzz:random/w` */
  readonly world: string
  /** The same functions in both interfaces, `f0` and so on: a guest can pass each call on to the host. */
  readonly functions: readonly FunctionItem[]
  readonly types: readonly TypeItem[]
}

/** A world of `count` functions over random types. */
export function arbitraryWorld(seed: number, options: TypeOptions & { readonly count?: number }): ArbitraryWorld {
  const random = new Random(seed)
  const maker = new TypeMaker(random, options)
  const type = (): ValueType => maker.type(random.below(options.size + 1))
  const functions = random.times(options.count ?? 8, (index): FunctionItem => {
    // Beyond 16 flat parameters a call goes through memory: CanonicalABI.md#flattening.
    const count = random.chance(0.1) ? 20 : random.below(4)
    const params = random.times(count, (each) => ({ name: `p${each}`, type: type() }))
    const result = random.chance(0.9) ? { result: type() } : {}
    return { kind: 'function', name: `f${index}`, type: { async: false, params, ...result } }
  })
  const types = maker.definitions
  const indent = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('')
  const blockOf = (item: TypeItem): string => {
    const text = definitionText(item)
    return text.startsWith('type ') ? `${text};` : text
  }
  const signatures = functions.map((item) => {
    const params = item.type.params.map((param) => `${param.name}: ${typeText(param.type)}`).join(', ')
    return `${item.name}: func(${params})${item.type.result ? ` -> ${typeText(item.type.result)}` : ''};`
  })
  const use = types.length > 0 ? [`use types.{${types.map((item) => item.name).join(', ')}};`] : []
  const wit = [
    'package fuzz:random;',
    `interface types {\n${indent(types.map(blockOf))}}`,
    `interface host {\n${indent([...use, ...signatures])}}`,
    `interface api {\n${indent([...use, ...signatures])}}`,
    'world w {\n  import host;\n  export api;\n}\n',
  ].join('\n')
  return { wit, world: 'fuzz:random/w', functions, types }
}

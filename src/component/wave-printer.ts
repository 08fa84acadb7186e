import { camelCase, integerRange, isTaggedOption } from './host-conventions.ts'
import { structureText, typeText } from './type-text.ts'
import type { BorrowType, FlagsType, IntegerKind, OptionType, OwnType } from './types.ts'
import type { RecordType, ResultType, ValueType, VariantType } from './types.ts'
import { escapeLabel } from './wave-lexer.ts'
import { escapeText, floatText, isScalar } from './wave-text.ts'
import { Unfinished } from './unfinished-value.ts'
import { arrayLike, describe, mapEntries, mapSize, property } from './foreign-value.ts'

/** Gives resources their numbers, `%1`. */
export interface HandleTable {
  /** The number of a JavaScript value that stands for a resource; the same value may get the same number again. */
  register(value: unknown, type: OwnType | BorrowType): number
}

export interface PrintOptions {
  /** About how many UTF-16 code units may come out. What is left out is counted: `[1, 2, … 998 more]`. */
  readonly maximum?: number
  /** Told of what is printed though it is no value yet, and where: UTF-16 code units from the start. */
  readonly onUnfinished?: (found: Unfinished, at: number) => void
}

/** A JavaScript value that is not one of the type. */
export class UnexpectedValue extends Error {
  /** Where in the value: `items[2].price`; empty for the value itself. */
  readonly path: string
  readonly expected: string
  readonly found: string

  constructor(path: readonly string[], expected: string, found: string) {
    const place = path.join('').replace(/^\./, '')
    super(`Expected ${expected}, found ${found}${place === '' ? '' : ` in ${place}`}.`)
    this.name = 'UnexpectedValue'
    this.path = place
    this.expected = expected
    this.found = found
  }
}

/** Resources of values that are not part of a run have no number. */
export const noHandleTable: HandleTable = {
  register() {
    throw new UnexpectedValue([], 'a value without resources', 'a resource')
  },
}

/**
 * The text of a value that follows jco's conventions. The value is checked as it is read, since it may come from a
 * hostile guest: each property is read once, no function of the value is called except through a proxy's traps, and the
 * depth is that of the type. Throws `UnexpectedValue` where the value does not fit.
 */
export function printWave(
  value: unknown,
  type: ValueType,
  handles: HandleTable = noHandleTable,
  options: PrintOptions = {},
): string {
  const printer = new WavePrinter(handles, options)
  printer.print(value, type)
  return printer.text()
}

const defaultMaximum = 1 << 20

class WavePrinter {
  readonly #handles: HandleTable
  readonly #parts: string[] = []
  readonly #path: string[] = []
  readonly #onUnfinished: PrintOptions['onUnfinished']
  #left: number

  constructor(handles: HandleTable, { maximum = defaultMaximum, onUnfinished }: PrintOptions) {
    this.#handles = handles
    this.#left = maximum
    this.#onUnfinished = onUnfinished
  }

  text(): string {
    return this.#parts.join('')
  }

  print(value: unknown, type: ValueType): void {
    if (this.#onUnfinished && value instanceof Unfinished) {
      this.#onUnfinished(value, this.text().length)
      return this.#emit(value.wave)
    }
    switch (type.kind) {
      case 'bool':
        if (typeof value !== 'boolean') throw this.#mismatch(type, value)
        return this.#emit(String(value))
      case 'f32':
      case 'f64':
        if (typeof value !== 'number') throw this.#mismatch(type, value)
        return this.#emit(floatText(value, type.kind))
      case 'char':
        return this.#char(value)
      case 'string':
        return this.#string(value)
      case 'list':
        return this.#list(value, type, type.element)
      case 'fixed-length-list':
        return this.#list(value, type, type.element, type.length)
      case 'map':
        return this.#map(value, type.key, type.value)
      case 'tuple':
        return this.#tuple(value, type.types)
      case 'record':
        return this.#record(value, type)
      case 'flags':
        return this.#flags(value, type)
      case 'enum':
        if (typeof value !== 'string' || !type.cases.includes(value)) throw this.#mismatch(type, value)
        return this.#emit(escapeLabel(value))
      case 'variant':
        return this.#variant(value, type)
      case 'option':
        return this.#option(value, type)
      case 'result':
        return this.#result(value, type)
      case 'own':
      case 'borrow':
        if (typeof value !== 'object' || value === null) throw this.#mismatch(type, value)
        return this.#emit(`%${this.#handles.register(value, type)}`)
      case 'stream':
      case 'future':
      case 'error-context':
        throw new UnexpectedValue(this.#path, 'a type that can be written as text', `a ${type.kind}`)
      default:
        return this.#integer(value, type.kind)
    }
  }

  #emit(text: string): void {
    this.#parts.push(text)
    this.#left -= text.length
  }

  /** `count` members between two marks, as many as there is room for. */
  #members(open: string, close: string, count: number, print: (index: number) => void): void {
    this.#emit(open)
    for (let index = 0; index < count; index += 1) {
      if (index > 0) this.#emit(', ')
      if (this.#left <= 0) {
        this.#emit(`… ${count - index} more`)
        break
      }
      print(index)
    }
    this.#emit(close)
  }

  #within(step: string, value: unknown, type: ValueType): void {
    this.#path.push(step)
    this.print(value, type)
    this.#path.pop()
  }

  #list(value: unknown, type: ValueType, element: ValueType, length?: number): void {
    const items = arrayLike(value)
    if (!items) throw this.#mismatch(type, value)
    const count: unknown = items.length
    if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) throw this.#mismatch(type, value)
    if (length !== undefined && count !== length)
      throw new UnexpectedValue(this.#path, `${length} elements`, String(count))
    this.#members('[', ']', count, (index) => this.#within(`[${index}]`, items[index], element))
  }

  #map(value: unknown, key: ValueType, entry: ValueType): void {
    if (!(value instanceof Map)) throw new UnexpectedValue(this.#path, 'a Map', describe(value))
    const entries = mapEntries(value)
    this.#members('[', ']', mapSize(value), (index) => {
      const [name, held] = entries.next().value ?? []
      this.#emit('(')
      this.#within(`[${index}].key`, name, key)
      this.#emit(', ')
      this.#within(`[${index}].value`, held, entry)
      this.#emit(')')
    })
  }

  #tuple(value: unknown, types: readonly ValueType[]): void {
    const expected = `an array of ${types.length}`
    if (!Array.isArray(value)) throw new UnexpectedValue(this.#path, expected, describe(value))
    const items: readonly unknown[] = value
    const count = items.length
    if (count !== types.length) throw new UnexpectedValue(this.#path, expected, `an array of ${count}`)
    this.#members('(', ')', count, (index) => {
      const type = types[index]
      if (type) this.#within(`[${index}]`, items[index], type)
    })
  }

  /** Fields that are `none` are left out, as in `{name: "a"}`; where nothing is left that gives `{:}`. */
  #record(value: unknown, type: RecordType): void {
    if (typeof value !== 'object' || value === null) throw this.#mismatch(type, value)
    const present: { readonly label: string; readonly type: ValueType; readonly value: unknown }[] = []
    for (const field of type.fields) {
      const held = property(value, camelCase(field.name))
      if (held === undefined && field.type.kind === 'option' && !isTaggedOption(field.type)) continue
      present.push({ label: field.name, type: field.type, value: held })
    }
    if (present.length === 0) return this.#emit('{:}')
    this.#members('{', '}', present.length, (index) => {
      const field = present[index]
      if (!field) return
      this.#emit(`${field.label}: `)
      this.#within(`.${camelCase(field.label)}`, field.value, field.type)
    })
  }

  #flags(value: unknown, type: FlagsType): void {
    if (typeof value !== 'object' || value === null) throw this.#mismatch(type, value)
    const set = type.labels.filter((label) => {
      const held = property(value, camelCase(label))
      if (held !== undefined && typeof held !== 'boolean')
        throw new UnexpectedValue([...this.#path, `.${camelCase(label)}`], 'a boolean', describe(held))
      return held === true
    })
    this.#members('{', '}', set.length, (index) => this.#emit(set[index] ?? ''))
  }

  #variant(value: unknown, type: VariantType): void {
    const { tag, val } = this.#tagged(value, type)
    const found = type.cases.find((each) => each.name === tag)
    if (!found) throw new UnexpectedValue([...this.#path, '.tag'], `a case of ${typeText(type)}`, describe(tag))
    this.#case(escapeLabel(found.name), val, found.type)
  }

  #result(value: unknown, type: ResultType): void {
    const { tag, val } = this.#tagged(value, type)
    if (tag !== 'ok' && tag !== 'err')
      throw new UnexpectedValue([...this.#path, '.tag'], "'ok' or 'err'", describe(tag))
    this.#case(tag, val, type[tag])
  }

  #option(value: unknown, type: OptionType): void {
    if (!isTaggedOption(type))
      return value === undefined ? this.#emit('none') : this.#case('some', value, type.some, '')
    const { tag, val } = this.#tagged(value, type)
    if (tag === 'none') return this.#emit('none')
    if (tag !== 'some') throw new UnexpectedValue([...this.#path, '.tag'], "'some' or 'none'", describe(tag))
    this.#case('some', val, type.some)
  }

  #tagged(value: unknown, type: ValueType): { tag: unknown; val: unknown } {
    if (typeof value !== 'object' || value === null) throw this.#mismatch(type, value)
    return { tag: property(value, 'tag'), val: property(value, 'val') }
  }

  #case(label: string, value: unknown, payload: ValueType | undefined, step = '.val'): void {
    this.#emit(label)
    if (!payload) {
      if (value !== undefined)
        throw new UnexpectedValue([...this.#path, step], `no payload of ${label}`, describe(value))
      return
    }
    this.#emit('(')
    this.#within(step, value, payload)
    this.#emit(')')
  }

  #integer(value: unknown, kind: IntegerKind): void {
    const { lowest, highest } = integerRange(kind)
    const isBig = kind === 's64' || kind === 'u64'
    const isWhole = isBig ? typeof value === 'bigint' : Number.isInteger(value)
    // Comparisons between numbers and bigints are exact.
    if (!isWhole || (typeof value !== 'bigint' && typeof value !== 'number') || value < lowest || value > highest) {
      const expected = `a ${isBig ? 'bigint' : 'whole number'} from ${lowest} to ${highest} (${kind})`
      throw new UnexpectedValue(this.#path, expected, describe(value))
    }
    this.#emit(String(value))
  }

  #char(value: unknown): void {
    const code = typeof value === 'string' ? value.codePointAt(0) : undefined
    if (typeof value !== 'string' || code === undefined || value !== String.fromCodePoint(code) || !isScalar(code))
      throw new UnexpectedValue(this.#path, 'a string of one character', describe(value))
    this.#emit(`'${escapeText(value, "'")}'`)
  }

  #string(value: unknown): void {
    if (typeof value !== 'string') throw this.#mismatch({ kind: 'string' }, value)
    const shown = startThatFits(value, Math.max(this.#left, 8))
    if (/\p{Surrogate}/u.test(shown))
      throw new UnexpectedValue(this.#path, 'a string of whole characters', 'half of a surrogate pair')
    this.#emit(`"${escapeText(shown, '"')}"`)
    if (shown.length < value.length) this.#emit(` … ${value.length - shown.length} more`)
  }

  #mismatch(type: ValueType, value: unknown): UnexpectedValue {
    const text = structureText(type)
    const short = text.length > 80 ? typeText(type) : text
    return new UnexpectedValue(this.#path, short.length > 80 ? type.kind : short, describe(value))
  }
}

/**
 * The start of the text that takes at most `room` code units once it is escaped, which may make each character twelve of
 * them. Grows in pieces that are halved, so that a long text is not escaped as a whole.
 */
function startThatFits(text: string, room: number): string {
  let end = 0
  let left = room
  for (let step = 1 << 16; step >= 1; step >>= 1) {
    while (end < text.length) {
      const cutsPair = (text.codePointAt(end + step - 1) ?? 0) > 0xffff
      const to = Math.min(text.length, cutsPair ? end + step - 1 : end + step)
      const length = escapeText(text.slice(end, to), '"').length
      if (to === end || length > left) break
      end = to
      left -= length
    }
  }
  return text.slice(0, end)
}

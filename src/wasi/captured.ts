import { digestOf, type Digest } from './digest.ts'

/**
 * What a trace keeps of a value: plain data as it was when it crossed, of bounded size. What is large or has an identity
 * is replaced by one of these.
 */

/** A resource. Its number is that of its first sight in the run, among those of its name. */
export class TracedHandle {
  readonly name: string
  readonly number: number
  /** The number of the entry in which it was first seen. */
  readonly seen: number
  constructor(name: string, number: number, seen: number) {
    this.name = name
    this.number = number
    this.seen = seen
  }
}

export class TracedBytes {
  readonly length: number
  readonly digest: string
  readonly start: Uint8Array
  constructor(bytes: Uint8Array) {
    this.length = bytes.length
    this.digest = digestOf(bytes)
    this.start = bytes.slice(0, mostBytes)
  }
}

/** The start of a text, or of a list, that was longer. */
export class TracedStart {
  readonly start: string | readonly unknown[]
  readonly length: number
  constructor(start: string | readonly unknown[], length: number) {
    this.start = start
    this.length = length
  }
}

/** Bytes of an array, UTF-16 code units of a text, elements of a list, and values in all that are kept. */
const mostBytes = 64
const mostText = 1024
const mostItems = 64
const mostValues = 512
/** About the bytes that an object or a number takes in memory, and those of a byte array beside its start. */
const weightOfValue = 32
const weightOfBytes = 200

/** What goes into the digest before each value, so that `1` and `"1"` differ. */
const marks = {
  nothing: 1,
  no: 2,
  yes: 3,
  number: 4,
  bigint: 5,
  text: 6,
  bytes: 7,
  list: 8,
  map: 9,
  record: 10,
  numbers: 11,
}
const handleMark = 12
const otherMark = 13

const isTyped = (value: object): value is TypedArray => ArrayBuffer.isView(value) && !(value instanceof DataView)

type TypedArray =
  | Int8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

export interface Capture {
  /** Puts the whole value into the digest and gives what is kept of it. `entry`: the number of the entry it is for. */
  take(value: unknown, entry: number): unknown
  /** Puts it into the digest alone: something else is kept in its place. */
  digest(value: unknown, entry: number): void
  /** About the bytes that were kept since this was read last. */
  weigh(): number
}

/** The same text in memory of its own: a part of a text may hold the whole of it. */
const apart = (text: string): string => text.split('').join('')

/** `nameOf`: the name of a resource by its object; undefined where the host did not make its class. */
export const createCapture = (digest: Digest, nameOf: (value: object) => string | undefined): Capture => {
  const handles = new WeakMap<object, TracedHandle>()
  const numbers = new Map<string, number>()
  let entry = 0
  /** Values of the one that is taken that are kept; of what is not, only the digest is made. */
  let values = 0
  let keeping = true
  let weight = 0

  const keep = (bytes: number): void => {
    if (keeping) weight += bytes
  }
  const unkept = (value: unknown): void => {
    const before = keeping
    keeping = false
    captured(value)
    keeping = before
  }

  const handle = (value: object): TracedHandle => {
    let known = handles.get(value)
    if (known === undefined) {
      const name = nameOf(value) ?? 'resource'
      const number = (numbers.get(name) ?? 0) + 1
      numbers.set(name, number)
      handles.set(value, (known = new TracedHandle(name, number, entry)))
    }
    digest.number(handleMark)
    digest.text(known.name)
    digest.number(known.number)
    return known
  }

  const text = (value: string): unknown => {
    digest.number(marks.text)
    digest.text(value)
    keep(Math.min(value.length, mostText) * 2)
    if (value.length <= mostText || !keeping) return value
    // Half of a surrogate pair is no character.
    const end = /[\ud800-\udbff]/.test(value.charAt(mostText - 1)) ? mostText - 1 : mostText
    return new TracedStart(apart(value.slice(0, end)), value.length)
  }

  const bytes = (value: Uint8Array): TracedBytes => {
    const kept = new TracedBytes(value)
    digest.number(marks.bytes)
    digest.number(value.length)
    digest.text(kept.digest)
    keep(weightOfBytes + kept.start.length)
    return kept
  }

  const numeric = (value: TypedArray): unknown => {
    digest.number(marks.numbers)
    digest.bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
    const kept = [...value.subarray(0, mostItems)]
    keep(kept.length * weightOfValue)
    return kept.length === value.length ? kept : new TracedStart(kept, value.length)
  }

  const items = (value: readonly unknown[]): unknown => {
    const { length } = value
    digest.number(marks.list)
    digest.number(length)
    const kept: unknown[] = []
    for (let at = 0; at < length; at++) {
      if (keeping && at < mostItems && values < mostValues) kept.push(captured(value[at]))
      else unkept(value[at])
    }
    return kept.length === length ? kept : new TracedStart(kept, length)
  }

  const record = (value: object): unknown => {
    digest.number(marks.record)
    const kept: Record<string, unknown> = {}
    // In the order in which they were put in, which is that of the type.
    for (const key of Object.keys(value)) {
      digest.text(key)
      const field = captured(Reflect.get(value, key))
      if (keeping) kept[key] = field
    }
    return kept
  }

  const object = (value: object): unknown => {
    if (Array.isArray(value)) return items(value)
    if (value instanceof Uint8Array) return bytes(value)
    if (isTyped(value)) return numeric(value)
    if (value instanceof Map) {
      digest.number(marks.map)
      return items([...value])
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    return prototype === Object.prototype || prototype === null ? record(value) : handle(value)
  }

  const captured = (value: unknown): unknown => {
    if (keeping) values++
    keep(weightOfValue)
    switch (typeof value) {
      case 'number':
        digest.number(marks.number)
        digest.number(value)
        return value
      case 'bigint':
        digest.number(marks.bigint)
        digest.bigint(value)
        return value
      case 'string':
        return text(value)
      case 'boolean':
        digest.number(value ? marks.yes : marks.no)
        return value
      case 'object':
        if (value !== null) return object(value)
        digest.number(marks.nothing)
        return undefined
      case 'undefined':
        digest.number(marks.nothing)
        return undefined
      default:
        digest.number(otherMark)
        return undefined
    }
  }

  return {
    take: (value, of) => {
      entry = of
      values = 0
      return captured(value)
    },
    digest: (value, of) => {
      entry = of
      unkept(value)
    },
    weigh: () => {
      const taken = weight
      weight = 0
      return taken
    },
  }
}

import type { ListType, OptionType, ValueType } from './types.ts'

/**
 * How values of the component model look in JavaScript: the conventions of jco's generated code, for the host and the
 * guest alike. Records are objects with camelCase fields, flags objects of camelCase booleans, variants `{ tag, val }`,
 * results `{ tag: 'ok' | 'err', val }`, enums strings, tuples arrays, maps `Map`, and lists of numbers typed arrays.
 */

/** `add-item` as a JavaScript name: `addItem`. Words in upper case are lowered too: `HTTP-get` is `httpGet`. */
export function camelCase(label: string): string {
  return label
    .split('-')
    .map((word, index) => {
      const lower = word.toLowerCase()
      return index === 0 ? lower : lower.slice(0, 1).toUpperCase() + lower.slice(1)
    })
    .join('')
}

/**
 * An option is `undefined` or the bare payload, unless the payload itself may be `undefined`: then it is
 * `{ tag: 'some', val }` or `{ tag: 'none' }`. So of nested options every second one is tagged, from the inside out.
 */
export function isTaggedOption(type: OptionType): boolean {
  return type.some.kind === 'option' && !isTaggedOption(type.some)
}

const typedArrays = {
  u8: Uint8Array,
  s8: Int8Array,
  u16: Uint16Array,
  s16: Int16Array,
  u32: Uint32Array,
  s32: Int32Array,
  u64: BigUint64Array,
  s64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
} as const

type NumericKind = keyof typeof typedArrays

export function isNumeric(kind: ValueType['kind']): kind is NumericKind {
  return Object.hasOwn(typedArrays, kind)
}

/** A list in the form that jco gives: a typed array where the elements are numbers. Fixed-length lists stay arrays. */
export function listValue(type: ListType, elements: readonly unknown[]): unknown {
  const kind = type.element.kind
  if (!isNumeric(kind)) return [...elements]
  if (kind === 'u64' || kind === 's64')
    return new typedArrays[kind](elements.filter((each) => typeof each === 'bigint'))
  return new typedArrays[kind](elements.filter((each) => typeof each === 'number'))
}

const integerBits = { s8: 8, u8: 8, s16: 16, u16: 16, s32: 32, u32: 32, s64: 64, u64: 64 } as const

export function integerRange(kind: keyof typeof integerBits): { readonly lowest: bigint; readonly highest: bigint } {
  const bits = BigInt(integerBits[kind])
  return kind.startsWith('u')
    ? { lowest: 0n, highest: 2n ** bits - 1n }
    : { lowest: -(2n ** (bits - 1n)), highest: 2n ** (bits - 1n) - 1n }
}

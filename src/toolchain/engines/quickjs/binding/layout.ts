import type { ValueType } from '../../../../component/types.ts'
import { F32, F64, I32, I64, type NumberType } from './emitter.ts'

/** Where values lie in linear memory and how they flatten to core values: CanonicalABI.md#alignment and below it. */

export interface Extent {
  /** Bytes, a multiple of `alignment`. */
  readonly size: number
  readonly alignment: number
}

/** `flat`: one 8-byte slot for each flat value, in order. `memory`: as CanonicalABI.md#loading lays it out. */
export type Mode = 'flat' | 'memory'

export interface Case {
  readonly name: string
  readonly type?: ValueType | undefined
}

const primitiveSizes: Readonly<Record<string, number>> = {
  bool: 1,
  s8: 1,
  u8: 1,
  s16: 2,
  u16: 2,
  s32: 4,
  u32: 4,
  s64: 8,
  u64: 8,
  f32: 4,
  f64: 8,
  char: 4,
  own: 4,
  borrow: 4,
}

export const alignTo = (offset: number, alignment: number): number => Math.ceil(offset / alignment) * alignment

/** Options and results are variants in disguise: CanonicalABI.md#despecialization. */
export function casesOf(type: ValueType): readonly Case[] | undefined {
  switch (type.kind) {
    case 'variant':
      return type.cases
    case 'option':
      return [{ name: 'none' }, { name: 'some', type: type.some }]
    case 'result':
      return [
        { name: 'ok', type: type.ok },
        { name: 'err', type: type.err },
      ]
    default:
      return undefined
  }
}

/** The types of a record's fields or a tuple's members. */
export function membersOf(type: ValueType): readonly ValueType[] | undefined {
  if (type.kind === 'record') return type.fields.map((field) => field.type)
  return type.kind === 'tuple' ? type.types : undefined
}

/** CanonicalABI.md#alignment, `discriminant_type` */
export const discriminantSize = (cases: number): 1 | 2 | 4 => (cases <= 0x100 ? 1 : cases <= 0x10000 ? 2 : 4)

/** CanonicalABI.md#element-size, `elem_size_flags`: up to 32 labels; beyond, one more word for each 32. */
const flagsExtent = (labels: number): Extent => {
  const size = labels <= 8 ? 1 : labels <= 16 ? 2 : 4 * Math.ceil(labels / 32)
  return { size, alignment: Math.min(size, 4) }
}

const extents = new WeakMap<ValueType, Extent>()

/** CanonicalABI.md#element-size */
export function extentOf(type: ValueType): Extent {
  const known = extents.get(type)
  if (known) return known
  const extent = computeExtent(type)
  extents.set(type, extent)
  return extent
}

function computeExtent(type: ValueType): Extent {
  const primitive = primitiveSizes[type.kind]
  if (primitive !== undefined) return { size: primitive, alignment: primitive }
  if (type.kind === 'string' || type.kind === 'list') return { size: 8, alignment: 4 }
  if (type.kind === 'flags') return flagsExtent(type.labels.length)
  if (type.kind === 'enum') {
    const size = discriminantSize(type.cases.length)
    return { size, alignment: size }
  }
  const members = membersOf(type)
  if (members) return sequence(members)
  const cases = casesOf(type)
  if (!cases) throw new Error(`no layout for ${type.kind}`)
  const payloads = cases.flatMap((one) => (one.type ? [extentOf(one.type)] : []))
  const alignment = Math.max(discriminantSize(cases.length), ...payloads.map((one) => one.alignment))
  const largest = Math.max(0, ...payloads.map((one) => one.size))
  return { size: alignTo(payloadOffset(cases, 'memory') + largest, alignment), alignment }
}

/** The extent of values that lie behind each other, as a tuple's do. */
export function sequence(types: readonly ValueType[]): Extent {
  let offset = 0
  let alignment = 1
  for (const type of types) {
    const extent = extentOf(type)
    offset = alignTo(offset, extent.alignment) + extent.size
    alignment = Math.max(alignment, extent.alignment)
  }
  return { size: alignTo(offset, alignment), alignment }
}

/** Where each of a sequence of values starts. */
export function offsetsOf(types: readonly ValueType[], mode: Mode): number[] {
  let offset = 0
  return types.map((type) => {
    if (mode === 'flat') {
      const start = offset
      offset += 8 * flatten(type).length
      return start
    }
    const { size, alignment } = extentOf(type)
    const start = alignTo(offset, alignment)
    offset = start + size
    return start
  })
}

export function payloadOffset(cases: readonly Case[], mode: Mode): number {
  if (mode === 'flat') return 8
  const alignment = Math.max(1, ...cases.map((one) => (one.type ? extentOf(one.type).alignment : 1)))
  return alignTo(discriminantSize(cases.length), alignment)
}

const flattened = new WeakMap<ValueType, readonly NumberType[]>()

/** CanonicalABI.md#flattening */
export function flatten(type: ValueType): readonly NumberType[] {
  const known = flattened.get(type)
  if (known) return known
  const flat = computeFlat(type)
  flattened.set(type, flat)
  return flat
}

function computeFlat(type: ValueType): readonly NumberType[] {
  switch (type.kind) {
    case 's64':
    case 'u64':
      return [I64]
    case 'f32':
      return [F32]
    case 'f64':
      return [F64]
    case 'string':
    case 'list':
      return [I32, I32]
    case 'flags':
      return Array.from({ length: Math.ceil(type.labels.length / 32) }, () => I32)
    case 'record':
    case 'tuple':
      return (membersOf(type) ?? []).flatMap(flatten)
    case 'variant':
    case 'option':
    case 'result':
      return [I32, ...joinPayloads(casesOf(type) ?? [])]
    default:
      return [I32]
  }
}

function joinPayloads(cases: readonly Case[]): NumberType[] {
  const joined: NumberType[] = []
  for (const { type } of cases) {
    if (!type) continue
    flatten(type).forEach((flat, at) => {
      const before = joined[at]
      joined[at] = before === undefined ? flat : join(before, flat)
    })
  }
  return joined
}

const join = (a: NumberType, b: NumberType): NumberType => {
  if (a === b) return a
  return (a === I32 && b === F32) || (a === F32 && b === I32) ? I32 : I64
}

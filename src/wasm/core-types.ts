import { MalformedBinary, type BinaryReader, type Range } from './reader.ts'

/** Value types are their first byte, such as `valueTypes.i32`; references to a heap type are 0x63 or 0x64 alone. */
export const valueTypes = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
} as const

export type Signature = readonly [parameters: number[], results: number[]]

export interface Limits {
  /** Bit 0: has a maximum; bit 1: shared; bit 2: 64-bit addresses. */
  readonly flags: number
  readonly minimum: number
  readonly maximum?: number
}

export type ExternKind = 'function' | 'table' | 'memory' | 'global' | 'tag'

const externKinds: readonly ExternKind[] = ['function', 'table', 'memory', 'global', 'tag']

export interface TableType {
  readonly element: number
  readonly limits: Limits
}

export interface GlobalType {
  readonly type: number
  readonly mutable: boolean
}

/** `detail` is what the importer asks for: the index of a function's or tag's type, or the type itself. */
export type CoreImport = Range & { readonly module: string; readonly name: string } & (
    | { readonly kind: 'function'; readonly detail: number }
    | { readonly kind: 'tag'; readonly detail: number }
    | { readonly kind: 'table'; readonly detail: TableType }
    | { readonly kind: 'memory'; readonly detail: Limits }
    | { readonly kind: 'global'; readonly detail: GlobalType }
  )

export interface CoreExport extends Range {
  readonly name: string
  readonly kind: ExternKind
  /** In the index space of its kind, imports first. */
  readonly index: number
}

/** A vector: a count, then that many items. Every item takes at least a byte, so a count that lies ends at the end. */
export function readVector<T>(reader: BinaryReader, item: (reader: BinaryReader) => T): T[] {
  const items: T[] = []
  for (let count = reader.u32(); count > 0; count--) items.push(item(reader))
  return items
}

/** A value type or reference type: one byte, or two more for a reference to a heap type. */
export function readValueType(reader: BinaryReader): number {
  const at = reader.offset
  const type = reader.u8()
  if (type === 0x63 || type === 0x64) reader.s33()
  else if (type < 0x69 || type > 0x7f) throw new MalformedBinary(at, 'unknown value type')
  return type
}

export function readLimits(reader: BinaryReader): Limits {
  const at = reader.offset
  const flags = reader.u8()
  if (flags > 7) throw new MalformedBinary(at, 'unknown limits')
  const size = (): number => {
    const value = flags & 4 ? Number(reader.u64()) : reader.u32()
    if (!Number.isSafeInteger(value)) throw new MalformedBinary(at, 'size over 53 bits')
    return value
  }
  const minimum = size()
  return flags & 1 ? { flags, minimum, maximum: size() } : { flags, minimum }
}

export function readExternKind(reader: BinaryReader): ExternKind {
  const at = reader.offset
  const kind = externKinds[reader.u8()]
  if (kind === undefined) throw new MalformedBinary(at, 'unknown kind of import or export')
  return kind
}

export function readGlobalType(reader: BinaryReader): GlobalType {
  const type = readValueType(reader)
  const at = reader.offset
  const mutable = reader.u8()
  if (mutable > 1) throw new MalformedBinary(at, 'unknown mutability')
  return { type, mutable: mutable === 1 }
}

function readTag(reader: BinaryReader): number {
  const at = reader.offset
  if (reader.u8() !== 0) throw new MalformedBinary(at, 'unknown tag')
  return reader.u32()
}

export function readImport(reader: BinaryReader): CoreImport {
  const start = reader.offset
  const module = reader.name()
  const name = reader.name()
  const kind = readExternKind(reader)
  switch (kind) {
    case 'function': {
      const detail = reader.u32()
      return { module, name, kind, detail, start, end: reader.offset }
    }
    case 'tag': {
      const detail = readTag(reader)
      return { module, name, kind, detail, start, end: reader.offset }
    }
    case 'table': {
      const detail = { element: readValueType(reader), limits: readLimits(reader) }
      return { module, name, kind, detail, start, end: reader.offset }
    }
    case 'memory': {
      const detail = readLimits(reader)
      return { module, name, kind, detail, start, end: reader.offset }
    }
    case 'global': {
      const detail = readGlobalType(reader)
      return { module, name, kind, detail, start, end: reader.offset }
    }
  }
}

export function readExport(reader: BinaryReader): CoreExport {
  const start = reader.offset
  const name = reader.name()
  const kind = readExternKind(reader)
  const index = reader.u32()
  return { name, kind, index, start, end: reader.offset }
}

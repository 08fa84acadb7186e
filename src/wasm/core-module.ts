import {
  readExport,
  readGlobalType,
  readImport,
  readLimits,
  readValueType,
  readVector,
  type CoreExport,
  type CoreImport,
  type ExternKind,
  type GlobalType,
  type Limits,
  type Signature,
  type TableType,
} from './core-types.ts'
import { BinaryReader, MalformedBinary, type Range } from './reader.ts'
import { coreSectionPosition, layer, readSections, sectionIds, type Section } from './sections.ts'

export interface CoreGlobal extends Range, GlobalType {
  readonly init: Range
}

export interface CoreTable extends Range, TableType {
  readonly init?: Range
}

export {
  valueTypes,
  type CoreExport,
  type CoreImport,
  type ExternKind,
  type GlobalType,
  type Limits,
  type Signature,
  type TableType,
} from './core-types.ts'

/** `flags` as in the core specification, 5.5.12: bit 0 passive or declarative, 1 names its table, 2 expressions. */
export interface ElementSegment extends Range {
  readonly flags: number
  readonly table: number
  readonly offset?: Range
  /** The functions of a segment of function indices; undefined for a segment of expressions. */
  readonly functions?: readonly number[]
}

/** `flags` as in the core specification, 5.5.14: 0 active, 1 passive, 2 active and names its memory. */
export interface DataSegment {
  readonly flags: number
  readonly memory: number
  readonly offset?: Range
  readonly content: Range
}

export interface CoreModule {
  readonly bytes: Uint8Array
  readonly sections: readonly Section[]
  /** By type index; undefined where the type is a struct or an array. */
  readonly types: readonly (Signature | undefined)[]
  readonly imports: readonly CoreImport[]
  /** How many of each kind are imported: the index of the first defined one. */
  readonly imported: Readonly<Record<ExternKind, number>>
  /** The type index of every defined function. */
  readonly functions: readonly number[]
  readonly tables: readonly CoreTable[]
  readonly memories: readonly Limits[]
  readonly globals: readonly CoreGlobal[]
  readonly exports: readonly CoreExport[]
  readonly start?: number
  readonly elements: readonly ElementSegment[]
  readonly data: readonly DataSegment[]
}

export function readTable(reader: BinaryReader): CoreTable {
  const start = reader.offset
  // 0x40 0x00 announces a table whose elements have an initial value of their own.
  const initialised = reader.peek() === 0x40
  if (initialised && (reader.u8(), reader.u8()) !== 0) throw new MalformedBinary(start, 'unknown table')
  const table = { element: readValueType(reader), limits: readLimits(reader) }
  if (!initialised) return { ...table, start, end: reader.offset }
  const init = reader.constExpr()
  return { ...table, init, start, end: reader.offset }
}

function readGlobal(reader: BinaryReader): CoreGlobal {
  const start = reader.offset
  const type = readGlobalType(reader)
  const init = reader.constExpr()
  return { ...type, init, start, end: reader.offset }
}

function readStorageType(reader: BinaryReader): void {
  // Fields of structs and arrays may be packed: i8 is 0x78, i16 is 0x77.
  const next = reader.peek()
  if (next === 0x78 || next === 0x77) reader.u8()
  else readValueType(reader)
  reader.u8()
}

function readComposite(reader: BinaryReader): Signature | undefined {
  const at = reader.offset
  let form = reader.u8()
  if (form === 0x50 || form === 0x4f) {
    readVector(reader, () => reader.u32())
    form = reader.u8()
  }
  switch (form) {
    case 0x60:
      return [readVector(reader, readValueType), readVector(reader, readValueType)]
    case 0x5f:
      readVector(reader, readStorageType)
      return undefined
    case 0x5e:
      readStorageType(reader)
      return undefined
    default:
      throw new MalformedBinary(at, 'unknown type')
  }
}

function readTypes(reader: BinaryReader): (Signature | undefined)[] {
  return readVector(reader, () => {
    if (reader.peek() !== 0x4e) return [readComposite(reader)]
    reader.u8()
    return readVector(reader, readComposite)
  }).flat()
}

function readElement(reader: BinaryReader): ElementSegment {
  const start = reader.offset
  const flags = reader.u32()
  if (flags > 7) throw new MalformedBinary(start, 'unknown element segment')
  const active = (flags & 1) === 0
  const table = active && flags & 2 ? reader.u32() : 0
  const offset = active ? reader.constExpr() : undefined
  let functions: number[] | undefined
  if (flags & 4) {
    if (flags & 3) readValueType(reader)
    readVector(reader, () => reader.constExpr())
  } else {
    const at = reader.offset
    if (flags & 3 && reader.u8() !== 0) throw new MalformedBinary(at, 'unknown kind of elements')
    functions = readVector(reader, () => reader.u32())
  }
  return { flags, table, start, end: reader.offset, ...(offset && { offset }), ...(functions && { functions }) }
}

function readData(reader: BinaryReader): DataSegment {
  const at = reader.offset
  const flags = reader.u32()
  if (flags > 2) throw new MalformedBinary(at, 'unknown data segment')
  const memory = flags === 2 ? reader.u32() : 0
  const offset = flags === 1 ? undefined : reader.constExpr()
  const length = reader.u32()
  const start = reader.offset
  reader.bytes(length)
  return { flags, memory, ...(offset && { offset }), content: { start, end: reader.offset } }
}

/**
 * What a core module declares. Function bodies are not looked into, and nothing is validated beyond what reading needs:
 * indices may be out of range.
 */
export function parseCoreModule(bytes: Uint8Array): CoreModule {
  if (layer(bytes) !== 'module') throw new MalformedBinary(0, 'no preamble of a core module')
  const sections = readSections(bytes)
  let last = -1
  for (const section of sections) {
    if (section.id === sectionIds.custom) continue
    const position = coreSectionPosition(section.id)
    if (position <= last) throw new MalformedBinary(section.start, 'section out of order or unknown')
    last = position
  }
  function read<T>(id: number, content: (reader: BinaryReader) => T): T | undefined {
    const section = sections.find((section) => section.id === id)
    if (section === undefined) return undefined
    const reader = new BinaryReader(bytes, section.body, section.end)
    const value = content(reader)
    if (!reader.atEnd) throw new MalformedBinary(reader.offset, 'section is longer than its content')
    return value
  }
  const vector = <T>(id: number, item: (reader: BinaryReader) => T): T[] =>
    read(id, (reader) => readVector(reader, item)) ?? []

  const { core } = sectionIds
  const imports = vector(core.import, readImport)
  const imported = { function: 0, table: 0, memory: 0, global: 0, tag: 0 }
  for (const { kind } of imports) imported[kind]++
  const start = read(core.start, (reader) => reader.u32())
  return {
    bytes,
    sections,
    types: read(core.type, readTypes) ?? [],
    imports,
    imported,
    functions: vector(core.function, (reader) => reader.u32()),
    tables: vector(core.table, readTable),
    memories: vector(core.memory, readLimits),
    globals: vector(core.global, readGlobal),
    exports: vector(core.export, readExport),
    ...(start !== undefined && { start }),
    elements: vector(core.element, readElement),
    data: vector(core.data, readData),
  }
}

export const functionImports = (module: CoreModule): (CoreImport & { readonly kind: 'function' })[] =>
  module.imports.filter((item) => item.kind === 'function')

/** The type index of every function, the imported ones first. */
export const functionTypes = (module: CoreModule): number[] => [
  ...functionImports(module).map((item) => item.detail),
  ...module.functions,
]

function signature(module: CoreModule, type: number | undefined): Signature {
  const found = type === undefined ? undefined : module.types[type]
  if (found === undefined) throw new MalformedBinary(0, 'function without a function type')
  return found
}

/** The signature of every exported function, by name. */
export function exportSignatures(module: CoreModule): Record<string, Signature> {
  const types = functionTypes(module)
  return Object.fromEntries(
    module.exports.flatMap((item) =>
      item.kind === 'function' ? [[item.name, signature(module, types[item.index])]] : [],
    ),
  )
}

/** The signature of every imported function, by the name of the module and its own. */
export function importSignatures(module: CoreModule): Record<string, Record<string, Signature>> {
  const modules = new Map<string, [string, Signature][]>()
  for (const item of functionImports(module)) {
    const entries = modules.get(item.module) ?? []
    entries.push([item.name, signature(module, item.detail)])
    modules.set(item.module, entries)
  }
  return Object.fromEntries([...modules].map(([module, entries]) => [module, Object.fromEntries(entries)]))
}

import { type TypeReader, UnknownEncoding } from './type-reader.ts'
import { type PrimitiveKind, primitiveKinds } from './types.ts'

/**
 * Component and instance types as they are written: index spaces with references still by number. What they mean is
 * worked out by `decode-world.ts`. Specification: Binary.md#type-definitions.
 */

/** A `valtype`: a primitive, or an index into the type index space of the scope it is written in. */
export type TypeReference = PrimitiveKind | 'error-context' | number

export type ValueDefinition =
  | { readonly kind: 'primitive'; readonly primitive: PrimitiveKind | 'error-context' }
  | { readonly kind: 'record'; readonly fields: readonly EncodedLabel[] }
  | { readonly kind: 'variant'; readonly cases: readonly EncodedCase[] }
  | { readonly kind: 'tuple'; readonly types: readonly TypeReference[] }
  | { readonly kind: 'enum'; readonly cases: readonly string[] }
  | { readonly kind: 'flags'; readonly labels: readonly string[] }
  | { readonly kind: 'list' | 'option'; readonly element: TypeReference }
  | { readonly kind: 'fixed-length-list'; readonly element: TypeReference; readonly length: number }
  | { readonly kind: 'map'; readonly key: TypeReference; readonly value: TypeReference }
  | { readonly kind: 'result'; readonly ok: TypeReference | undefined; readonly err: TypeReference | undefined }
  | { readonly kind: 'stream' | 'future'; readonly element: TypeReference | undefined }
  | { readonly kind: 'own' | 'borrow'; readonly resource: number }

export interface EncodedLabel {
  readonly name: string
  readonly type: TypeReference
}
export interface EncodedCase {
  readonly name: string
  readonly type: TypeReference | undefined
}

export interface FunctionDefinition {
  readonly kind: 'function'
  readonly async: boolean
  readonly params: readonly EncodedLabel[]
  readonly result: TypeReference | undefined
}

/** One entry of a type index space. `offset` is where it was written. */
export type TypeEntry = { readonly offset: number } & (
  | { readonly kind: 'value'; readonly definition: ValueDefinition }
  | { readonly kind: 'function'; readonly definition: FunctionDefinition }
  | { readonly kind: 'scope'; readonly scope: EncodedScope }
  /** `(alias export instance name (type))` */
  | { readonly kind: 'of-instance'; readonly instance: number; readonly name: string }
  /** `(alias outer n index (type))` */
  | { readonly kind: 'of-scope'; readonly scope: EncodedScope; readonly index: number }
  /** Introduced by an import or export of a type: an equal one, or a resource where `equal` is absent. */
  | { readonly kind: 'named'; readonly name: string; readonly equal: number | undefined }
)

/** An import or export. `index` is that of its type; for a type, of the entry that it introduces. */
export interface Extern {
  readonly direction: 'import' | 'export'
  readonly name: string
  readonly implements?: string
  readonly sort: 'function' | 'type' | 'instance' | 'component'
  readonly index: number
  readonly offset: number
}

export interface EncodedScope {
  readonly shape: 'component' | 'instance'
  readonly parent: EncodedScope | undefined
  readonly types: TypeEntry[]
  /** The instance index space: both imports and exports extend it. */
  readonly instances: Extern[]
  readonly externs: Extern[]
}

export function emptyScope(shape: EncodedScope['shape'], parent: EncodedScope | undefined): EncodedScope {
  return { shape, parent, types: [], instances: [], externs: [] }
}

/** Scopes within scopes that are read: no tool makes as many, and more would not fit on the stack. */
const deepest = 100

function depthOf(scope: EncodedScope): number {
  let depth = 0
  for (let outer = scope.parent; outer; outer = outer.parent) depth += 1
  return depth
}

const primitiveOpcodes: readonly (PrimitiveKind | undefined)[] = primitiveKinds
const firstPrimitive = 0x7f // bool; the others count down in the order of `primitiveKinds`
const hex = (opcode: number): string => `0x${opcode.toString(16).padStart(2, '0')}`

function primitive(opcode: number): PrimitiveKind | 'error-context' | undefined {
  return opcode === 0x64 ? 'error-context' : primitiveOpcodes[firstPrimitive - opcode]
}

function checkedIndex(reader: TypeReader, count: number, space: string): number {
  const offset = reader.offset
  const index = reader.u32()
  if (index >= count) throw new UnknownEncoding(offset, `${space} ${index} is used before it is defined`)
  return index
}

function typeIndex(reader: TypeReader, scope: EncodedScope): number {
  return checkedIndex(reader, scope.types.length, 'type')
}

function reference(reader: TypeReader, scope: EncodedScope): TypeReference {
  const opcode = reader.peek()
  if (opcode < 0x40 || opcode >= 0x80) return typeIndex(reader, scope)
  const offset = reader.offset
  const found = primitive(reader.u8())
  if (found === undefined) throw new UnknownEncoding(offset, `unknown value type ${hex(opcode)}`)
  return found
}

export function readTypeEntry(reader: TypeReader, scope: EncodedScope): TypeEntry {
  const offset = reader.offset
  const opcode = reader.u8()
  const type = (): TypeReference => reference(reader, scope)
  const labelled = (): EncodedLabel => ({ name: reader.name(), type: type() })
  const value = (definition: ValueDefinition): TypeEntry => ({ kind: 'value', offset, definition })
  const simple = primitive(opcode)
  if (simple !== undefined) return value({ kind: 'primitive', primitive: simple })
  switch (opcode) {
    case 0x72:
      return value({ kind: 'record', fields: reader.vector(labelled) })
    case 0x71:
      return value({ kind: 'variant', cases: reader.vector(() => readCase(reader, scope)) })
    case 0x70:
      return value({ kind: 'list', element: type() })
    case 0x6f:
      return value({ kind: 'tuple', types: reader.vector(type) })
    case 0x6e:
      return value({ kind: 'flags', labels: reader.vector(() => reader.name()) })
    case 0x6d:
      return value({ kind: 'enum', cases: reader.vector(() => reader.name()) })
    case 0x6b:
      return value({ kind: 'option', element: type() })
    case 0x6a:
      return value({ kind: 'result', ok: reader.optional(type), err: reader.optional(type) })
    case 0x69:
    case 0x68:
      return value({ kind: opcode === 0x69 ? 'own' : 'borrow', resource: typeIndex(reader, scope) })
    case 0x67:
      return value({ kind: 'fixed-length-list', element: type(), length: reader.u32() })
    case 0x66:
    case 0x65:
      return value({ kind: opcode === 0x66 ? 'stream' : 'future', element: reader.optional(type) })
    case 0x63:
      return value({ kind: 'map', key: type(), value: type() })
    case 0x43:
    case 0x40: {
      const params = reader.vector(labelled)
      const definition = {
        kind: 'function',
        async: opcode === 0x43,
        params,
        result: readResult(reader, scope),
      } as const
      return { kind: 'function', offset, definition }
    }
    case 0x42:
    case 0x41: {
      if (depthOf(scope) >= deepest) throw new UnknownEncoding(offset, 'types of interfaces are nested too deeply')
      const inner = emptyScope(opcode === 0x42 ? 'instance' : 'component', scope)
      reader.vector(() => readDeclaration(reader, inner))
      return { kind: 'scope', offset, scope: inner }
    }
    default:
      throw new UnknownEncoding(offset, `unknown type ${hex(opcode)}`)
  }
}

function readCase(reader: TypeReader, scope: EncodedScope): EncodedCase {
  const name = reader.name()
  const type = reader.optional(() => reference(reader, scope))
  const offset = reader.offset
  if (reader.u8() !== 0) throw new UnknownEncoding(offset, 'a variant case that refines another one')
  return { name, type }
}

function readResult(reader: TypeReader, scope: EncodedScope): TypeReference | undefined {
  const offset = reader.offset
  const form = reader.u8()
  if (form === 0) return reference(reader, scope)
  if (form !== 1 || reader.u8() !== 0) throw new UnknownEncoding(offset, 'a function with several named results')
  return undefined
}

function readDeclaration(reader: TypeReader, scope: EncodedScope): void {
  const offset = reader.offset
  const opcode = reader.u8()
  if (opcode === 0x01) scope.types.push(readTypeEntry(reader, scope))
  else if (opcode === 0x02) scope.types.push(readAlias(reader, scope))
  else if (opcode === 0x03 && scope.shape === 'component') readExtern(reader, scope, 'import')
  else if (opcode === 0x04) readExtern(reader, scope, 'export')
  else throw new UnknownEncoding(offset, `unknown declaration ${hex(opcode)}`)
}

/** Binary.md#alias-definitions. WIT makes aliases of types only. */
function readAlias(reader: TypeReader, scope: EncodedScope): TypeEntry {
  const offset = reader.offset
  const sort = reader.u8()
  const target = reader.u8()
  if (sort !== 0x03) throw new UnknownEncoding(offset, `an alias of sort ${hex(sort)}`)
  if (target === 0x00) {
    const instance = checkedIndex(reader, scope.instances.length, 'instance')
    return { kind: 'of-instance', offset, instance, name: reader.name() }
  }
  if (target !== 0x02) throw new UnknownEncoding(offset, `an alias of target ${hex(target)}`)
  let outer: EncodedScope | undefined = scope
  for (let count = reader.u32(); count > 0 && outer; count -= 1) outer = outer.parent
  if (!outer) throw new UnknownEncoding(offset, 'an alias reaches beyond the outermost scope')
  return { kind: 'of-scope', offset, scope: outer, index: typeIndex(reader, outer) }
}

/** Binary.md#import-and-export-definitions: the three forms of `nameattributes`. */
function readExternName(reader: TypeReader): Pick<Extern, 'name' | 'implements'> {
  const offset = reader.offset
  const form = reader.u8()
  if (form > 2) throw new UnknownEncoding(offset, `unknown form ${hex(form)} of an import or export name`)
  let name = reader.name()
  let implemented: string | undefined
  if (form === 2) {
    reader.vector(() => {
      const at = reader.offset
      const attribute = reader.u8()
      const text = reader.name()
      if (attribute === 0x00) implemented = text
      else if (attribute === 0x01) name += text // versionsuffix: what the canonical version leaves out
      else if (attribute !== 0x02) throw new UnknownEncoding(at, `unknown name attribute ${hex(attribute)}`)
    })
  }
  return implemented === undefined ? { name } : { name, implements: implemented }
}

function readExtern(reader: TypeReader, scope: EncodedScope, direction: Extern['direction']): void {
  const offset = reader.offset
  const named = readExternName(reader)
  const sort = reader.u8()
  const add = (kind: Extern['sort'], index: number): Extern => {
    const extern: Extern = { direction, ...named, sort: kind, index, offset }
    scope.externs.push(extern)
    return extern
  }
  if (sort === 0x01) add('function', typeIndex(reader, scope))
  else if (sort === 0x03) {
    const equal = readBound(reader, scope)
    scope.types.push({ kind: 'named', offset, name: named.name, equal })
    add('type', scope.types.length - 1)
  } else if (sort === 0x04) add('component', typeIndex(reader, scope))
  else if (sort === 0x05) scope.instances.push(add('instance', typeIndex(reader, scope)))
  else throw new UnknownEncoding(offset, `an import or export of sort ${hex(sort)}`)
}

function readBound(reader: TypeReader, scope: EncodedScope): number | undefined {
  const offset = reader.offset
  const bound = reader.u8()
  if (bound === 0x00) return typeIndex(reader, scope)
  if (bound !== 0x01) throw new UnknownEncoding(offset, `unknown type bound ${hex(bound)}`)
  return undefined
}

import type { Type, TypeDefinition } from './tree.ts'
import type { Scope, Scopes } from './scopes.ts'

/** Bytes in linear memory (CanonicalABI.md#size, CanonicalABI.md#alignment). */
export interface AbiLayout {
  readonly size: number
  readonly align: number
}

const square = (bytes: number): AbiLayout => ({ size: bytes, align: bytes })
/** A pointer and a length. */
const pointerAndLength: AbiLayout = { size: 8, align: 4 }
const handle = square(4)
const primitives: Readonly<Record<string, AbiLayout>> = {
  bool: square(1),
  s8: square(1),
  u8: square(1),
  s16: square(2),
  u16: square(2),
  s32: square(4),
  u32: square(4),
  s64: square(8),
  u64: square(8),
  f32: square(4),
  f64: square(8),
  char: square(4),
  string: pointerAndLength,
  'error-context': handle,
}

/** Of the types that WIT has, where it does not depend on their parts. */
export function builtinLayout(name: string): AbiLayout | undefined {
  if (['own', 'borrow', 'stream', 'future'].includes(name)) return handle
  return name === 'list' || name === 'map' ? pointerAndLength : primitives[name]
}

const alignTo = (offset: number, align: number): number => Math.ceil(offset / align) * align

const sequence = (parts: readonly AbiLayout[]): AbiLayout => {
  let size = 0
  let align = 1
  for (const part of parts) {
    size = alignTo(size, part.align) + part.size
    align = Math.max(align, part.align)
  }
  return { size: alignTo(size, align), align }
}

const discriminant = (cases: number): AbiLayout => square(cases <= 0x100 ? 1 : cases <= 0x10000 ? 2 : 4)

const choice = (payloads: readonly (AbiLayout | undefined)[]): AbiLayout => {
  const tag = discriminant(payloads.length)
  const given = payloads.filter((payload) => payload !== undefined)
  const align = Math.max(tag.align, ...given.map((payload) => payload.align))
  const largest = Math.max(0, ...given.map((payload) => payload.size))
  return { size: alignTo(alignTo(tag.size, align) + largest, align), align }
}

const flags = (count: number): AbiLayout =>
  count <= 8 ? square(1) : count <= 16 ? square(2) : { size: 4 * Math.ceil(count / 32), align: 4 }

/**
 * What is known of the types that are met on the way; one that is being looked at is not known, so that types which contain
 * themselves have no layout.
 */
type Known = Map<TypeDefinition, AbiLayout | undefined>

/** Longer chains of names would only exhaust the stack. */
const mostNames = 1000

/** The layout of a type as it is written in a scope; none where a name in it stands for nothing. */
export const layoutOf = (scopes: Scopes, scope: Scope, type: Type, known: Known = new Map()): AbiLayout | undefined => {
  const inner = (part: Type): AbiLayout | undefined => layoutOf(scopes, scope, part, known)
  switch (type.kind) {
    case 'primitive':
      return primitives[type.name]
    case 'named': {
      const symbol = scopes.lookUp(scope, type.name)
      const origin = symbol && scopes.origin(symbol)
      return origin?.definition && definitionLayout(scopes, origin.scope, origin.definition, known)
    }
    case 'list': {
      if (type.length === undefined) return pointerAndLength
      const element = inner(type.element)
      return element && { size: element.size * type.length.value, align: element.align }
    }
    case 'map':
      return pointerAndLength
    case 'option': {
      const some = inner(type.element)
      return some && choice([undefined, some])
    }
    case 'result': {
      const [ok, error] = [type.ok && inner(type.ok), type.error && inner(type.error)]
      const isKnown =
        (type.ok === undefined) === (ok === undefined) && (type.error === undefined) === (error === undefined)
      return isKnown ? choice([ok, error]) : undefined
    }
    case 'tuple': {
      const members = type.members.map(inner)
      return members.every((member) => member !== undefined) ? sequence(members) : undefined
    }
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
      return handle
    case 'invalid':
      return undefined
  }
}

/** The layout of a type that has a name. A resource's is that of a handle of it. */
export const definitionLayout = (
  scopes: Scopes,
  scope: Scope,
  definition: TypeDefinition,
  known: Known = new Map(),
): AbiLayout | undefined => {
  if (known.has(definition) || known.size > mostNames) return known.get(definition)
  known.set(definition, undefined)
  const layout = contentLayout(definition, (part) => layoutOf(scopes, scope, part, known))
  known.set(definition, layout)
  return layout
}

const contentLayout = (
  definition: TypeDefinition,
  inner: (part: Type) => AbiLayout | undefined,
): AbiLayout | undefined => {
  switch (definition.kind) {
    case 'alias':
      return inner(definition.type)
    case 'record': {
      const fields = definition.fields.map(({ type }) => inner(type))
      return fields.every((field) => field !== undefined) ? sequence(fields) : undefined
    }
    case 'variant': {
      const payloads = definition.cases.map(({ payload }) => payload && inner(payload))
      const isKnown = definition.cases.every(({ payload }, index) => !payload || payloads[index] !== undefined)
      return isKnown ? choice(payloads) : undefined
    }
    case 'enum':
      return discriminant(definition.cases.length)
    case 'flags':
      return flags(definition.cases.length)
    case 'resource':
      return handle
  }
}

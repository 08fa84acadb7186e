import type { EncodedLabel, TypeReference, ValueDefinition } from './encoded-scope.ts'
import { UnknownEncoding } from './type-reader.ts'
import {
  type ErrorContextType,
  type PrimitiveKind,
  type PrimitiveType,
  primitiveKinds,
  type ResourceType,
  type ValueType,
} from './types.ts'

export type AnyType = ValueType | ResourceType

export function isPrimitive(type: AnyType): type is PrimitiveType {
  const kinds: readonly string[] = primitiveKinds
  return kinds.includes(type.kind)
}

/** Makes resolved types and keeps them unique: the same anonymous type is the same object wherever it is written. */
export class TypeTable {
  readonly #primitives = new Map<PrimitiveKind | 'error-context', PrimitiveType | ErrorContextType>()
  readonly #anonymous = new Map<string, ValueType>()
  readonly #numbers = new Map<AnyType, number>()

  /** Gives a new type its name in WIT. Primitives and handles have no name of their own. */
  named(type: AnyType, name: string): AnyType {
    if (type.kind === 'resource' || type.kind === 'own' || type.kind === 'borrow' || isPrimitive(type)) return type
    return { ...type, name }
  }

  reference(reference: TypeReference, resolve: Resolve, offset: number): ValueType {
    const type = typeof reference === 'number' ? resolve(reference) : this.#primitive(reference)
    if (type.kind === 'resource') throw new UnknownEncoding(offset, `resource ${type.name} is used as a type of values`)
    return type
  }

  /** The type that a definition means; `resolve` looks up what it refers to. */
  definition(definition: ValueDefinition, resolve: Resolve, offset: number): ValueType {
    const made = this.#make(definition, resolve, offset)
    const key = JSON.stringify(made, (_, part: unknown) => (part === made || !isType(part) ? part : this.#number(part)))
    const known = this.#anonymous.get(key)
    if (known) return known
    this.#anonymous.set(key, made)
    return made
  }

  #make(definition: ValueDefinition, resolve: Resolve, offset: number): ValueType {
    const type = (reference: TypeReference): ValueType => this.reference(reference, resolve, offset)
    const labelled = ({ name, type: reference }: EncodedLabel) => ({ name, type: type(reference) })
    switch (definition.kind) {
      case 'primitive':
        return this.#primitive(definition.primitive)
      case 'record':
        return { kind: 'record', fields: definition.fields.map(labelled) }
      case 'variant': {
        const cases = definition.cases.map(({ name, type: payload }) =>
          payload === undefined ? { name } : { name, type: type(payload) },
        )
        return { kind: 'variant', cases }
      }
      case 'tuple':
        return { kind: 'tuple', types: definition.types.map(type) }
      case 'enum':
      case 'flags':
        return definition
      case 'list':
        return { kind: 'list', element: type(definition.element) }
      case 'option':
        return { kind: 'option', some: type(definition.element) }
      case 'fixed-length-list':
        return { kind: 'fixed-length-list', element: type(definition.element), length: definition.length }
      case 'map':
        return { kind: 'map', key: type(definition.key), value: type(definition.value) }
      case 'result': {
        const { ok, err } = definition
        return {
          kind: 'result',
          ...(ok === undefined ? {} : { ok: type(ok) }),
          ...(err === undefined ? {} : { err: type(err) }),
        }
      }
      case 'stream':
        return definition.element === undefined
          ? { kind: 'stream' }
          : { kind: 'stream', element: type(definition.element) }
      case 'future':
        return definition.element === undefined
          ? { kind: 'future' }
          : { kind: 'future', value: type(definition.element) }
      case 'own':
      case 'borrow': {
        const resource = resolve(definition.resource)
        if (resource.kind !== 'resource') throw new UnknownEncoding(offset, `a handle to ${resource.kind}`)
        return { kind: definition.kind, resource }
      }
    }
  }

  #primitive(kind: PrimitiveKind | 'error-context'): PrimitiveType | ErrorContextType {
    const known = this.#primitives.get(kind)
    if (known) return known
    const type: PrimitiveType | ErrorContextType = { kind }
    this.#primitives.set(kind, type)
    return type
  }

  /** Stands for a type within the key of another one, so that keys stay short however deep a type is. */
  #number(type: AnyType): number {
    const number = this.#numbers.get(type) ?? this.#numbers.size
    this.#numbers.set(type, number)
    return number
  }
}

export type Resolve = (index: number) => AnyType

function isType(part: unknown): part is AnyType {
  return typeof part === 'object' && part !== null && 'kind' in part
}

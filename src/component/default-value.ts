import { camelCase, isTaggedOption, listValue } from './host-conventions.ts'
import type { BorrowType, OwnType, ValueType } from './types.ts'
import { printWave } from './wave-printer.ts'

/**
 * A value to start from when a form or a call is filled in: zero, empty, `none`, the first case. `resource` gives each
 * resource in it; without it, and for streams and futures, the value does not fit the type yet.
 */
export function defaultValue(type: ValueType, resource?: (type: OwnType | BorrowType) => object): unknown {
  const inner = (part: ValueType): unknown => defaultValue(part, resource)
  switch (type.kind) {
    case 'bool':
      return false
    case 's64':
    case 'u64':
      return 0n
    case 'char':
      return 'a'
    case 'string':
      return ''
    case 'list':
      return listValue(type, [])
    case 'fixed-length-list':
      return Array.from({ length: type.length }, () => inner(type.element))
    case 'map':
      return new Map()
    case 'tuple':
      return type.types.map(inner)
    case 'record':
      return Object.fromEntries(type.fields.map((field) => [camelCase(field.name), inner(field.type)]))
    case 'flags':
      return Object.fromEntries(type.labels.map((label) => [camelCase(label), false]))
    case 'enum':
      return type.cases[0]
    case 'variant': {
      const first = type.cases[0]
      return first?.type ? { tag: first.name, val: inner(first.type) } : { tag: first?.name }
    }
    case 'option':
      return isTaggedOption(type) ? { tag: 'none' } : undefined
    case 'result':
      return { tag: 'ok', val: type.ok && inner(type.ok) }
    case 'own':
    case 'borrow':
      return resource?.(type)
    case 'stream':
    case 'future':
    case 'error-context':
      return undefined
    default:
      return 0
  }
}

/**
 * The same as text. A resource becomes `%1`, the first handle of a run. Throws `UnexpectedValue` for a stream or future,
 * which have no text.
 */
export function defaultWave(type: ValueType): string {
  return printWave(
    defaultValue(type, () => ({})),
    type,
    { register: () => 1 },
  )
}

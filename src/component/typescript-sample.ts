import { camelCase, isTaggedOption, listValue } from './host-conventions.ts'
import type { ValueType } from './types.ts'

/** Characters of a sample that are read at a glance. */
const longest = 60

/** A value of the type as it is written in TypeScript. */
export function sample(type: ValueType, depth = 0): string {
  const inner = (part: ValueType): string => sample(part, depth + 1)
  const short = (text: string, otherwise: string): string => (depth > 2 || text.length > longest ? otherwise : text)
  switch (type.kind) {
    case 'bool':
      return 'true'
    case 's64':
    case 'u64':
      return '5n'
    case 'f32':
    case 'f64':
      return '1.5'
    case 'char':
      return "'a'"
    case 'string':
      return "'text'"
    case 'record':
      return short(
        `{ ${type.fields.map((field) => `${camelCase(field.name)}: ${inner(field.type)}`).join(', ')} }`,
        '{ … }',
      )
    case 'tuple':
      return short(`[${type.types.map(inner).join(', ')}]`, '[…]')
    case 'list': {
      const made = listValue(type, [])
      const array = Array.isArray(made) || !(made instanceof Object) ? undefined : made.constructor.name
      if (array !== undefined) return `${array}.of(${inner(type.element)})`
      return short(`[${inner(type.element)}]`, '[…]')
    }
    case 'fixed-length-list':
      return '[…]'
    case 'map':
      return 'new Map()'
    case 'flags':
      return `{ ${camelCase(type.labels[0] ?? '')}: true }`
    case 'enum':
      return `'${type.cases[0] ?? ''}'`
    case 'variant':
      return tagged(type.cases[0]?.name ?? '', type.cases[0]?.type, inner, short)
    case 'option':
      return isTaggedOption(type) ? tagged('some', type.some, inner, short) : sample(type.some, depth)
    case 'result':
      return tagged('ok', type.ok, inner, short)
    case 'own':
    case 'borrow':
      return camelCase(type.resource.name)
    case 'stream':
    case 'future':
    case 'error-context':
      return '…'
    default:
      return '5'
  }
}

function tagged(
  tag: string,
  payload: ValueType | undefined,
  inner: (part: ValueType) => string,
  short: (text: string, otherwise: string) => string,
): string {
  if (!payload) return `{ tag: '${tag}' }`
  return short(`{ tag: '${tag}', val: ${inner(payload)} }`, `{ tag: '${tag}', val: … }`)
}

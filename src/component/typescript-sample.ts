import { camelCase, isTaggedOption, listValue } from './host-conventions.ts'
import type { ValueType } from './types.ts'

/** Characters of a sample that are read at a glance. */
const longest = 60

interface Limits {
  /** Characters. */
  readonly longest: number
  /** Levels below the first that are written out. */
  readonly deepest: number
  /** Whether names stand for what has no literal. */
  readonly names: boolean
}

const glance: Limits = { longest, deepest: 2, names: true }
const whole: Limits = { longest: 400, deepest: 8, names: false }

/** A value of the type as it is written in TypeScript, with dots for what is too much. */
export const sample = (type: ValueType): string => written(type, 0, glance)

/** A value of the type that can be copied as it is; undefined where none can be written, or none that anybody reads. */
export function wholeSample(type: ValueType): string | undefined {
  const text = written(type, 0, whole)
  return text.includes('…') ? undefined : text
}

function written(type: ValueType, depth: number, limits: Limits): string {
  const inner = (part: ValueType): string => written(part, depth + 1, limits)
  const short = (text: string, otherwise: string): string =>
    depth > limits.deepest || text.length > limits.longest ? otherwise : text
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
      return isTaggedOption(type) ? tagged('some', type.some, inner, short) : written(type.some, depth, limits)
    case 'result':
      return tagged('ok', type.ok, inner, short)
    case 'own':
    case 'borrow':
      return limits.names ? camelCase(type.resource.name) : '…'
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

import { camelCase, isTaggedOption } from './host-conventions.ts'
import { arrayLike, mapEntries, mapSize, property } from './foreign-value.ts'
import type { TextError } from './text-error.ts'
import { typeText } from './type-text.ts'
import type { ValueType } from './types.ts'
import { type HandleSource, parseWave } from './wave-parser.ts'
import { type HandleTable, printWave } from './wave-printer.ts'

/** A value as a tree to unfold. */
export interface ValueNode {
  /** The field, the index or the case: `price`, `3`, `some`. Empty for the value itself. */
  readonly label: string
  /** The type in WIT: `list<item>`. */
  readonly type: string
  /** The whole value in WAVE, shortened to about a line; longer values say what is left out. */
  readonly text: string
  /** The whole value in WAVE, up to the printer's own limit. */
  whole(): string
  /** How many children there are. A value without any is shown by its text alone. */
  readonly count: number
  /** Children `start` to `end` (exclusive), made when they are asked for. */
  children(start?: number, end?: number): readonly ValueNode[]
}

export type ValueTreeOutcome =
  | { readonly ok: true; readonly tree: ValueNode }
  | { readonly ok: false; readonly error: TextError }

const lineLength = 120

/** The tree of a value that follows jco's conventions. Throws `UnexpectedValue` where the value does not fit. */
export function valueTree(type: ValueType, value: unknown, handles: HandleTable, label = ''): ValueNode {
  const parts = partsOf(type, value)
  return {
    label,
    type: typeText(type),
    text: printWave(value, type, handles, { maximum: lineLength }),
    whole: () => printWave(value, type, handles),
    count: parts.count,
    children: (start = 0, end = parts.count) => {
      const nodes: ValueNode[] = []
      for (let index = Math.max(0, start); index < Math.min(end, parts.count); index += 1) {
        const part = parts.at(index)
        if (part) nodes.push(valueTree(part.type, part.value, handles, part.label))
      }
      return nodes
    },
  }
}

/** The same from text, such as that of a `CallReport`. Handles keep their numbers. */
export function valueTreeOfWave(type: ValueType, text: string): ValueTreeOutcome {
  const outcome = parseWave(text, type, numberedHandles)
  if (!outcome.ok) return outcome
  return { ok: true, tree: valueTree(type, outcome.value, numberedHandles) }
}

class NumberedHandle {
  readonly id: number

  constructor(id: number) {
    this.id = id
  }
}

/** Handles that are nothing but their number: for texts about resources that live somewhere else. */
export const numberedHandles: HandleSource & HandleTable = {
  handle: (id) => ({ ok: true, value: new NumberedHandle(id) }),
  register: (value) => (value instanceof NumberedHandle ? value.id : 0),
}

interface Part {
  readonly label: string
  readonly type: ValueType
  readonly value: unknown
}
interface Parts {
  readonly count: number
  at(index: number): Part | undefined
}

const noParts: Parts = { count: 0, at: () => undefined }

function allOf(parts: readonly Part[]): Parts {
  return { count: parts.length, at: (index) => parts[index] }
}

/** Only looks; what does not fit has no parts and is left to `printWave` to refuse. */
function partsOf(type: ValueType, value: unknown): Parts {
  switch (type.kind) {
    case 'list':
    case 'fixed-length-list': {
      const items = arrayLike(value)
      return items ? elements(items, type.element) : noParts
    }
    case 'tuple': {
      const items = arrayLike(value)
      return allOf(type.types.map((each, index) => ({ label: String(index), type: each, value: items?.[index] })))
    }
    case 'map':
      return value instanceof Map ? entries(value, type.key, type.value) : noParts
    case 'option':
      return optional(value, type.some, isTaggedOption(type))
    default:
      return typeof value === 'object' && value !== null ? members(type, value) : noParts
  }
}

function elements(items: ArrayLike<unknown>, type: ValueType): Parts {
  return { count: items.length, at: (index) => ({ label: String(index), type, value: items[index] }) }
}

function entries(map: Map<unknown, unknown>, key: ValueType, value: ValueType): Parts {
  const pairs: (readonly [unknown, unknown])[] = []
  const source = mapEntries(map)
  for (let next = source.next(); !next.done; next = source.next()) pairs.push(next.value)
  const type: ValueType = { kind: 'tuple', types: [key, value] }
  return { count: mapSize(map), at: (index) => ({ label: String(index), type, value: pairs[index] }) }
}

function optional(value: unknown, type: ValueType, tagged: boolean): Parts {
  if (!tagged) return value === undefined ? noParts : allOf([{ label: 'some', type, value }])
  if (typeof value !== 'object' || value === null || property(value, 'tag') !== 'some') return noParts
  return allOf([{ label: 'some', type, value: property(value, 'val') }])
}

function members(type: ValueType, value: object): Parts {
  if (type.kind === 'record') {
    return allOf(
      type.fields.map((field) => ({
        label: field.name,
        type: field.type,
        value: property(value, camelCase(field.name)),
      })),
    )
  }
  if (type.kind !== 'variant' && type.kind !== 'result') return noParts
  const tag = property(value, 'tag')
  const payload =
    type.kind === 'variant'
      ? type.cases.find((each) => each.name === tag)?.type
      : tag === 'ok' || tag === 'err'
        ? type[tag]
        : undefined
  return payload && typeof tag === 'string'
    ? allOf([{ label: tag, type: payload, value: property(value, 'val') }])
    : noParts
}

import { camelCase, isTaggedOption, listValue } from './host-conventions.ts'
import { arrayLike, mapEntries, property } from './foreign-value.ts'
import type { ValueType, VariantType } from './types.ts'
import { numberedHandles } from './value-tree.ts'
import { parseWave } from './wave-parser.ts'
import { printWave } from './wave-printer.ts'

/** Gives a value to start from for a part that nothing can be kept of. */
type Fresh = (type: ValueType) => unknown

/**
 * A value of a type that has changed, as a value of what it has become: what still fits is kept part by part, and the
 * rest starts anew. `{name: "Ada", age: 3}` keeps its name where age becomes a string.
 */
export function adaptValue(value: unknown, from: ValueType, to: ValueType, fresh: Fresh): unknown {
  const same = sameText(value, from, to)
  if (same.ok) return same.value
  const inner = (part: unknown, was: ValueType, is: ValueType): unknown => adaptValue(part, was, is, fresh)
  if (to.kind === 'option' && from.kind !== 'option') {
    const payload = inner(value, from, to.some)
    return isTaggedOption(to) ? { tag: 'some', val: payload } : payload
  }
  if (from.kind === 'option' && to.kind !== 'option') {
    const { some, payload } = optionOf(value, isTaggedOption(from))
    return some ? inner(payload, from.some, to) : fresh(to)
  }
  switch (to.kind) {
    case 'record': {
      if (from.kind !== 'record' || !isObject(value)) break
      const entries = to.fields.map(({ name, type }, index) => {
        const before = namesake(from.fields, to.fields, index)
        return [
          camelCase(name),
          before ? inner(property(value, camelCase(before.name)), before.type, type) : fresh(type),
        ]
      })
      return Object.fromEntries(entries)
    }
    case 'tuple':
      if (from.kind !== 'tuple' || !Array.isArray(value)) break
      return to.types.map((type, index) => {
        const before = from.types[index]
        return before ? inner(value[index], before, type) : fresh(type)
      })
    case 'list': {
      if (from.kind !== 'list' && from.kind !== 'fixed-length-list') break
      return listValue(
        to,
        itemsOf(value).map((item) => inner(item, from.element, to.element)),
      )
    }
    case 'fixed-length-list': {
      if (from.kind !== 'list' && from.kind !== 'fixed-length-list') break
      const items = itemsOf(value)
      return Array.from({ length: to.length }, (_, index) =>
        index < items.length ? inner(items[index], from.element, to.element) : fresh(to.element),
      )
    }
    case 'map': {
      if (from.kind !== 'map' || !(value instanceof Map)) break
      const adapted = new Map<unknown, unknown>()
      const entries = mapEntries(value)
      for (let next = entries.next(); !next.done; next = entries.next()) {
        const [key, held] = next.value
        adapted.set(inner(key, from.key, to.key), inner(held, from.value, to.value))
      }
      return adapted
    }
    case 'flags': {
      if (from.kind !== 'flags' || !isObject(value)) break
      const entries = to.labels.map((label, index) => {
        const before = namesake(named(from.labels), named(to.labels), index)
        return [camelCase(label), before !== undefined && property(value, camelCase(before.name)) === true]
      })
      return Object.fromEntries(entries)
    }
    case 'enum': {
      if (from.kind !== 'enum') break
      const kept = to.cases.find((_, index) => namesake(named(from.cases), named(to.cases), index)?.name === value)
      if (kept === undefined) break
      return kept
    }
    case 'option': {
      if (from.kind !== 'option') break
      const { some, payload } = optionOf(value, isTaggedOption(from))
      const kept = some ? inner(payload, from.some, to.some) : undefined
      if (!isTaggedOption(to)) return kept
      return some ? { tag: 'some', val: kept } : { tag: 'none' }
    }
    case 'variant':
    case 'result': {
      if ((from.kind !== 'variant' && from.kind !== 'result') || !isObject(value)) break
      const tag = property(value, 'tag')
      const [were, are] = [casesOf(from), casesOf(to)]
      const before = were.find(({ name }) => name === tag)
      const after = before && are.find((_, index) => namesake(were, are, index) === before)
      if (!after) break
      if (!after.type) return to.kind === 'result' ? { tag: after.name, val: undefined } : { tag: after.name }
      const val = before.type ? inner(property(value, 'val'), before.type, after.type) : fresh(after.type)
      return { tag: after.name, val }
    }
    default:
  }
  return fresh(to)
}

/** Nothing is left out, however long it is. */
export const whole = { maximum: Infinity }

/** The same text: what is written alike is the same value, such as a number in a wider type. */
function sameText(
  value: unknown,
  from: ValueType,
  to: ValueType,
): ReturnType<typeof parseWave> | { readonly ok: false } {
  try {
    return parseWave(printWave(value, from, numberedHandles, whole), to, numberedHandles)
  } catch {
    return { ok: false }
  }
}

/** Where the name is new: what stood in its place, if that name is gone, as after a renaming. */
export function namesake<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
  index: number,
): T | undefined {
  const wanted = after[index]?.name
  const same = before.find(({ name }) => name === wanted)
  if (same) return same
  const replaced = before.length === after.length ? before[index] : undefined
  return replaced && !after.some(({ name }) => name === replaced.name) ? replaced : undefined
}

function optionOf(value: unknown, tagged: boolean): { some: boolean; payload: unknown } {
  if (!tagged) return { some: value !== undefined, payload: value }
  if (!isObject(value)) return { some: false, payload: undefined }
  return { some: property(value, 'tag') === 'some', payload: property(value, 'val') }
}

const named = (names: readonly string[]): { readonly name: string }[] => names.map((name) => ({ name }))

const casesOf = (type: VariantType | (ValueType & { kind: 'result' })): VariantType['cases'] =>
  type.kind === 'variant'
    ? type.cases
    : (['ok', 'err'] as const).map((name) => ({ name, ...(type[name] && { type: type[name] }) }))

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function itemsOf(value: unknown): unknown[] {
  const items = arrayLike(value)
  return items ? Array.from(items) : []
}

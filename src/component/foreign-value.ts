/** Looking at values that somebody else made, without trusting them. */

/** One read. What every object inherits, such as `toString`, is not a field. */
export function property(object: object, name: string): unknown {
  const value: unknown = Reflect.get(object, name)
  return value === Reflect.get(Object.prototype, name) ? undefined : value
}

export function arrayLike(value: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(value)) return value
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return undefined
  return isArrayLike(value) ? value : undefined
}

function isArrayLike(value: object): value is ArrayLike<unknown> {
  return 'length' in value
}

/** The entries and the size of a map, by the functions of `Map` itself rather than those of the value. */
export function mapEntries(map: Map<unknown, unknown>): Iterator<[unknown, unknown], undefined> {
  return Map.prototype.entries.call(map)
}
export function mapSize(map: Map<unknown, unknown>): number {
  const size: unknown = Reflect.get(Map.prototype, 'size', map)
  return typeof size === 'number' ? size : 0
}

/** What a value is, without asking it. */
export function describe(value: unknown): string {
  if (value === undefined) return 'undefined'
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'bigint') return value > -(10n ** 40n) && value < 10n ** 40n ? `${value}n` : 'a huge bigint'
  if (typeof value === 'symbol') return 'a symbol'
  if (typeof value === 'function') return 'a function'
  return Array.isArray(value) ? 'an array' : 'an object'
}

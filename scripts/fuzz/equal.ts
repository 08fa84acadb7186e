/**
 * Whether two values are the same to the component model: typed arrays by kind and content, NaN equal to NaN, -0 not
 * equal to 0, a missing property equal to one that is undefined. Answers with the path of the first difference.
 */
export function difference(a: unknown, b: unknown, path = ''): string | undefined {
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) {
      if (a.constructor !== b.constructor) return `${path}: ${a.constructor.name} and ${b.constructor.name}`
    } else if (Array.isArray(a) !== Array.isArray(b)) return `${path}: an array and none`
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = difference(Reflect.get(a, key), Reflect.get(b, key), `${path}.${key}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  return Object.is(a, b) ? undefined : `${path}: ${show(a)} and ${show(b)}`
}

export const show = (value: unknown): string =>
  typeof value === 'bigint'
    ? `${value}n`
    : Object.is(value, -0)
      ? '-0'
      : typeof value === 'number' || value === undefined
        ? String(value)
        : (JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ?? '').slice(
            0,
            200,
          )

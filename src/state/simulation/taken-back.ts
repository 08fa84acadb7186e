/** JSON, as the settings of a project are. */
type Items = Readonly<Record<string, unknown>>

const isItems = (value: unknown): value is Items => typeof value === 'object' && value !== null && !Array.isArray(value)

const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, at) => same(each, b[at]))
  if (!isItems(a) || !isItems(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]))
  )
}

/**
 * What is there `now`, without the change from `before` to `after`: what was changed elsewhere since stays, and so does
 * what was changed again. `isWhole`: an object that is one value, of which no part is taken back alone.
 */
export function takenBack(
  before: unknown,
  after: unknown,
  now: unknown,
  isWhole: (value: Items) => boolean = () => false,
): unknown {
  if (same(before, after)) return now
  if (same(now, after)) return before
  if (Array.isArray(before) && Array.isArray(after) && Array.isArray(now)) return listTakenBack(before, after, now)
  const parts = (value: unknown): Items | undefined =>
    value === undefined ? {} : isItems(value) && !isWhole(value) ? value : undefined
  const [was, became, is] = [parts(before), parts(after), parts(now)]
  if (!was || !became || !is) return now
  const left: Record<string, unknown> = Object.create(null)
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const [a, b, c] = [was, became, is].map((each) => (Object.hasOwn(each, name) ? each[name] : undefined))
    const value = takenBack(a, b, c, isWhole)
    if (value !== undefined) left[name] = value
  }
  return left
}

/** One stretch of it was replaced; it is again what it was where it is still there as it became. */
function listTakenBack(before: readonly unknown[], after: readonly unknown[], now: readonly unknown[]): unknown {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && same(before[start], after[start])) start++
  let end = 0
  while (end < shorter - start && same(before.at(-1 - end), after.at(-1 - end))) end++
  const became = after.slice(start, after.length - end)
  if (!same(now.slice(start, start + became.length), became)) return now
  return now.toSpliced(start, became.length, ...before.slice(start, before.length - end))
}

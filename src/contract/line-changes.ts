/**
 * A text as what to take of another one, which is nearly the same: lines from it (the index of the first, and how many),
 * or text of its own, which ends where a line ends.
 */
export type LineChanges = readonly (string | readonly [from: number, count: number])[]

/** So many equal lines in a row say that two places are the same. */
const anchor = 3

/** `text` as changes of `base`. What is moved within the text is written anew; the result is always exact. */
export function lineChanges(base: string, text: string): LineChanges {
  const lines = base.split('\n')
  const wanted = text.split('\n')
  const keyAt = (of: readonly string[], at: number): string => of.slice(at, at + anchor).join('\n')
  const places = new Map<string, number[]>()
  for (let at = 0; at < lines.length; at++) {
    const key = keyAt(lines, at)
    const known = places.get(key)
    if (known) known.push(at)
    else places.set(key, [at])
  }
  const changes: (string | readonly [number, number])[] = []
  let own: string[] = []
  let behind = 0
  const flush = (): void => {
    if (own.length > 0) changes.push(own.join('\n'))
    own = []
  }
  for (let at = 0; at < wanted.length;) {
    const from = lines[behind] === wanted[at] ? behind : places.get(keyAt(wanted, at))?.find((each) => each >= behind)
    if (from === undefined) {
      own.push(wanted[at++] ?? '')
      continue
    }
    let count = 1
    while (at + count < wanted.length && from + count < lines.length && lines[from + count] === wanted[at + count]) {
      count++
    }
    flush()
    changes.push([from, count])
    behind = from + count
    at += count
  }
  flush()
  return changes
}

/** The text that the changes were made of. */
export function applyLineChanges(base: string, changes: LineChanges): string {
  const lines = base.split('\n')
  return changes
    .map((change) => (typeof change === 'string' ? change : lines.slice(change[0], change[0] + change[1]).join('\n')))
    .join('\n')
}

export const isLineChanges = (value: unknown): value is LineChanges =>
  Array.isArray(value) &&
  value.every(
    (change: unknown) =>
      typeof change === 'string' || (Array.isArray(change) && change.length === 2 && change.every(Number.isInteger)),
  )

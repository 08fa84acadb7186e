/** How many single-letter edits (swaps of neighbours included) lead from one word to the other; capped at `limit`. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? limit + 1
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '')

/** Letters that two names begin with in common. */
const shared = (a: string, b: string): number => {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/** The candidate that `name` is most likely a misspelling of, if one is close enough. */
export const closest = (name: string, candidates: Iterable<string>): string | undefined => {
  const limit = name.length <= 3 ? 1 : name.length <= 7 ? 2 : 3
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    if (candidate === name) continue
    const found = plain(candidate) === plain(name) ? 0 : distance(name, candidate, limit)
    const nearer =
      found < bestDistance ||
      // Of two that are as near, the one that goes on for longer like it: typing goes wrong later rather than sooner.
      (found === bestDistance && best !== undefined && shared(name, candidate) > shared(name, best))
    if (nearer && found < candidate.length) {
      best = candidate
      bestDistance = found
    }
  }
  return best
}

/** "`a`, `b` and `c`", the first few of many. */
export const listed = (names: readonly string[], most = 6): string => {
  const quoted = names.map((name) => `\`${name}\``)
  if (quoted.length > most) return `${quoted.slice(0, most).join(', ')} and ${quoted.length - most} more`
  if (quoted.length < 2) return quoted.join('')
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`
}

export const article = (word: string): string => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`)

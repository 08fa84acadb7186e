/** Where a query was found in a text: the higher the score the better; `at`: indices of the found characters, ascending. */
export interface FuzzyMatch {
  readonly score: number
  readonly at: readonly number[]
}

const points = { character: 1, adjacent: 6, wordStart: 10, textStart: 4, skipped: -0.05 }

/**
 * Finds the characters of the query in the text, in their order, whatever lies between them: the way that scores best.
 * White space in the query is only for reading, and case counts for nothing.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const wanted = lowered(query).filter((character) => !/\s/u.test(character))
  const characters = lowered(text)
  if (wanted.length === 0) return { score: 0, at: [] }
  if (!isSubsequence(wanted, characters)) return undefined

  // best[j]: the best score of the query so far with its last character found at j; from[i][j]: where the one before was.
  let best: number[] = []
  const from: number[][] = []
  for (const [row, character] of wanted.entries()) {
    const next: number[] = []
    const links: number[] = []
    let reach = Number.NEGATIVE_INFINITY
    let reachedFrom = -1
    for (const [index, candidate] of characters.entries()) {
      // The best end of what was found before this character, not beside it.
      const beside = best[index - 1]
      const earlier = best[index - 2]
      if (earlier !== undefined && earlier > reach) {
        reach = earlier
        reachedFrom = index - 2
      }
      if (candidate !== character) {
        next.push(Number.NEGATIVE_INFINITY)
        links.push(-1)
        continue
      }
      const own = points.character + startPoints(characters, index) + index * points.skipped
      const adjacent = row > 0 ? (beside ?? Number.NEGATIVE_INFINITY) + points.adjacent : Number.NEGATIVE_INFINITY
      const apart = row > 0 ? reach : 0
      next.push(own + Math.max(adjacent, apart))
      links.push(row === 0 ? -1 : adjacent >= apart ? index - 1 : reachedFrom)
    }
    best = next
    from.push(links)
  }

  const score = Math.max(...best)
  const at: number[] = []
  let index = best.indexOf(score)
  for (let row = from.length - 1; row >= 0; row--) {
    at.unshift(index)
    index = from[row]?.[index] ?? -1
  }
  // Of two texts that match alike, the shorter one is more of a match.
  return { score: score + characters.length * points.skipped, at }
}

/** The items whose text matches, best first; those that match alike stay in their order. */
export function fuzzyFilter<T>(
  query: string,
  items: readonly T[],
  textOf: (item: T) => string,
): { readonly item: T; readonly match: FuzzyMatch }[] {
  return items
    .flatMap((item) => {
      const match = fuzzyMatch(query, textOf(item))
      return match ? [{ item, match }] : []
    })
    .toSorted((a, b) => b.match.score - a.match.score)
}

/** The text in pieces, found and not found by turns. */
export function marked(text: string, at: readonly number[]): { readonly text: string; readonly found: boolean }[] {
  const found = new Set(at)
  const pieces: { text: string; found: boolean }[] = []
  for (let index = 0; index < text.length; index++) {
    const last = pieces.at(-1)
    const isFound = found.has(index)
    const character = text.charAt(index)
    if (last?.found === isFound) last.text += character
    else pieces.push({ text: character, found: isFound })
  }
  return pieces
}

/** By code units, so that an index is one into the text as well: lower case is longer than upper case in a few letters. */
const lowered = (text: string): string[] =>
  text.split('').map((unit) => (unit.toLowerCase().length === 1 ? unit.toLowerCase() : unit))

function isSubsequence(wanted: readonly string[], characters: readonly string[]): boolean {
  let found = 0
  for (const character of characters) if (character === wanted[found]) found++
  return found === wanted.length
}

function startPoints(characters: readonly string[], index: number): number {
  if (index === 0) return points.wordStart + points.textStart
  return /[\p{L}\p{N}]/u.test(characters[index - 1] ?? '') ? 0 : points.wordStart
}

import type { Command } from './command.ts'
import { fuzzyFilter, fuzzyMatch } from './fuzzy.ts'

/** A command that is shown, and the characters of its title that were asked for. */
export interface Found {
  readonly command: Command
  readonly at: readonly number[]
  /** It was chosen lately, and stands first for that. */
  readonly recent: boolean
}

const remembered = 6
/** What was chosen last comes first. Forgotten when the page closes: names of files and calls belong to the project. */
let recent: readonly string[] = []

export function remember(id: string): void {
  recent = [id, ...recent.filter((each) => each !== id)].slice(0, remembered)
}

/** The commands to choose from: without a query all of them, the recent ones first; else those that match, best first. */
export function found(query: string, commands: readonly Command[], lately = recent): Found[] {
  if (query.trim() === '') {
    const first = lately.flatMap((id) => commands.filter((command) => command.id === id))
    const rest = commands.filter((command) => !first.includes(command))
    return [
      ...first.map((command) => ({ command, at: [], recent: true })),
      ...rest.map((command) => ({ command, at: [], recent: false })),
    ]
  }
  const byTitle = fuzzyFilter(query, commands, ({ title }) => title)
  const titled = new Map(byTitle.map(({ item, match }) => [item, match.at]))
  const matching = [
    ...titled.keys(),
    ...commands.filter(({ words = '' }) => words !== '' && fuzzyMatch(query, words) !== undefined),
  ]
  // A word that begins like the query is meant rather than letters that are found here and there.
  const ranked = [...new Set(matching)].map((command) => ({
    command,
    rank: hasWord(query, command.title) ? 0 : hasWord(query, command.words ?? '') ? 1 : titled.has(command) ? 2 : 3,
  }))
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ command }) => ({ command, at: titled.get(command) ?? [], recent: false }))
}

/** Whether one of the words of the text begins with the query, or several in a row do. */
function hasWord(query: string, text: string): boolean {
  const plain = (each: string): string =>
    each
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .join(' ')
  return ` ${plain(text)}`.includes(` ${plain(query).trim()}`)
}

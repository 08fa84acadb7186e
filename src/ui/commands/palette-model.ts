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
  const titled = new Set(byTitle.map(({ item }) => item))
  const byWords = commands.filter(({ words }) => words !== undefined && fuzzyMatch(query, words) !== undefined)
  return [
    ...byTitle.map(({ item, match }) => ({ command: item, at: match.at, recent: false })),
    ...byWords.filter((each) => !titled.has(each)).map((command) => ({ command, at: [], recent: false })),
  ]
}

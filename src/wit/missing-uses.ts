import type { SymbolIndex } from './symbols.ts'
import type { TextFix } from './text.ts'
import { completionsAt } from './complete.ts'
import { written } from './identifier.ts'

/** What takes in a type that is named where there is none of that name. */
export function missingUses(index: SymbolIndex, file: string, offset: number): TextFix[] {
  const source = index.source(file)
  const named = source?.parsed.tokens.find(
    ({ kind, start, end }) => kind === 'word' && start <= offset && offset <= end,
  )
  if (source === undefined || named === undefined || index.at(source, named.start) !== undefined) return []
  return completionsAt(index, file, named.end).flatMap(({ label, detail, also }) =>
    also !== undefined && label === named.text
      ? [{ title: `Add use ${detail}.{${written(label)}};`, edits: [also] }]
      : [],
  )
}

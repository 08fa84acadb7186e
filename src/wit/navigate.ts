import type { Diagnostic, Place } from '../contract/fault.ts'
import type { Occurrence, SymbolIndex, WitSymbol } from './symbols.ts'
import type { Source } from './packages.ts'
import type { Span, TextEdit } from './text.ts'
import { identifierProblem, written } from './identifier.ts'
import { applyEdits, placeOf } from './text.ts'

/** A place in a file of the project, or in a built-in package, whose `file` is its name: `wasi:clocks@0.2.12`. */
export interface Target extends Place {
  readonly builtin: boolean
}

export const targetOf = (source: Source, span: Span): Target => ({
  ...placeOf(source.file, source.starts, span),
  builtin: source.origin === 'builtin',
})

const occurrenceAt = (index: SymbolIndex, file: string, offset: number): Occurrence | undefined => {
  const source = index.source(file)
  return source === undefined ? undefined : index.at(source, offset)
}

/** Where the name at an offset is defined. From a name that is given by `as`: where the thing itself is defined. */
export const definitionAt = (index: SymbolIndex, file: string, offset: number): Target | undefined => {
  const found = occurrenceAt(index, file, offset)
  if (found === undefined) return undefined
  const symbol = found.role === 'definition' ? (found.symbol.of ?? found.symbol) : found.symbol
  return targetOf(symbol.source, symbol.span)
}

/** Every place at which the thing that is named at an offset stands, its definition first. */
export const referencesAt = (index: SymbolIndex, file: string, offset: number): Target[] => {
  const found = occurrenceAt(index, file, offset)
  return found === undefined ? [] : index.placesOf(found.symbol).map(({ source, span }) => targetOf(source, span))
}

export interface Edit extends TextEdit {
  readonly file: string
}

export type RenameOutcome =
  | {
      readonly ok: true
      readonly symbol: WitSymbol
      /** The new name, without `%`. */
      readonly name: string
      readonly edits: readonly Edit[]
      /** The files that change, as they are then. */
      readonly files: Readonly<Record<string, string>>
    }
  /** Why not, and what to do instead, as one text. */
  | { readonly ok: false; readonly message: string }

/** What would be renamed at an offset, or why that cannot be. */
export const renamable = (
  index: SymbolIndex,
  file: string,
  offset: number,
):
  | { readonly ok: true; readonly symbol: WitSymbol; readonly span: Span; readonly text: string }
  | { readonly ok: false; readonly message: string } => {
  const found = occurrenceAt(index, file, offset)
  if (found === undefined) return refuse('Put the cursor on a name of your own.')
  const { symbol, span } = found
  if (symbol.kind === 'constructor') return refuse('A constructor has no name of its own: rename its resource.')
  if (symbol.kind === 'package') return refuse('A package is renamed by hand: its name is also that of its files.')
  const foreign = index.placesOf(symbol).find(({ source }) => source.origin === 'builtin')
  if (foreign !== undefined)
    return refuse(`\`${symbol.text}\` belongs to \`${foreign.source.file}\`, which is read-only.`)
  return { ok: true, symbol, span, text: symbol.text }
}

const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message })

/**
 * The edits that give another name to what is named at an offset, in all files; refused where the project would have a
 * mistake by them that it has not now. `check` finds those of the files as they would be.
 */
export const renameAt = (
  index: SymbolIndex,
  file: string,
  offset: number,
  name: string,
  check: (files: Readonly<Record<string, string>>) => readonly Diagnostic[],
): RenameOutcome => {
  const found = renamable(index, file, offset)
  if (!found.ok) return found
  const text = name.trim().replace(/^%/, '')
  const problem = identifierProblem(text)
  if (problem !== undefined) return refuse(`${problem.message} ${problem.next}`)
  const places = index.placesOf(found.symbol)
  const broken = places.find(({ source }) => source.parsed.problems.length > 0)
  if (broken !== undefined)
    return refuse(
      `\`${broken.source.file}\` has a syntax error, so not every use of the name can be told. Correct it first.`,
    )
  const edits = places.map(({ source, span }) => ({ file: source.file, ...span, text: written(text) }))
  const known = new Set(index.resolution.diagnostics.map(({ message }) => message))
  const changed: Record<string, string> = {}
  for (const { source } of places)
    changed[source.file] ??= applyEdits(
      source.parsed.text,
      edits.filter((edit) => edit.file === source.file),
    )
  const mistakes = check(changed).filter(
    ({ message }) => !known.has(message) && !isRenamed(message, known, found.symbol.text, text),
  )
  // One collision has many consequences: it is told itself where it can be.
  const mistake = mistakes.find(({ message }) => collision.test(message)) ?? mistakes[0]
  if (mistake !== undefined) return refuse(`\`${text}\` cannot be the name. ${mistake.message}`)
  return { ok: true, symbol: found.symbol, name: text, edits, files: changed }
}

/** How the checks say that two things have one name. */
const collision = /\b(?:twice|two items|differ only|already|taken)\b/

/** Whether a mistake that was there before is told with the new name now. */
const isRenamed = (message: string, known: ReadonlySet<string>, before: string, after: string): boolean =>
  known.has(message.replaceAll(`\`${after}\``, `\`${before}\``))

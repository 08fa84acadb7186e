import type { Diagnostic } from '../contract/fault.ts'
import type { Token } from './lexer.ts'
import type { Source } from './packages.ts'
import type { Span } from './text.ts'
import type { ParsedWit } from './tree.ts'
import { checkWit } from './check.ts'
import { keywords } from './identifier.ts'
import { renameAt, type RenameOutcome } from './navigate.ts'
import type { SymbolIndex } from './symbols.ts'

type Files = Readonly<Record<string, string>>

/** The tokens that are names: no keywords, and not what an annotation says. */
export const namesOf = ({ tokens }: ParsedWit): Token[] => {
  const found: Token[] = []
  let [before, annotation] = ['', '']
  for (const token of tokens) {
    const { kind, text, escaped } = token
    if (before === '@' && kind === 'word') annotation = text
    else if (annotation !== '' && text === ')') annotation = ''
    else if (annotation !== '' && before === annotation && text !== '(') annotation = ''
    const isName = kind === 'word' && (escaped || !keywords.has(text))
    if (isName && annotation === '' && before !== '@') found.push(token)
    before = text
  }
  return found
}

/** Dependencies in binary form, or as a component's text, are not read: what is in them has no place. */
export const isReadable = (files: Files): boolean => !Object.keys(files).some((file) => /\.(?:wasm|wat)$/.test(file))

interface Named {
  readonly source: Source
  readonly span: Span
}

/** Every name of these files, with whether it is known what it stands for. */
export const namesIn = (index: SymbolIndex): (Named & { readonly text: string; readonly isKnown: boolean })[] =>
  [...index.resolution.packages.packages.values()]
    .flatMap(({ units }) => units.map(({ source }) => source))
    .flatMap((source) =>
      namesOf(source.parsed).map((token) => ({
        source,
        span: token,
        text: token.text,
        isKnown: index.at(source, token.start) !== undefined,
      })),
    )

/** Renames everything that is defined in these files, one after the other; with what is wrong in them then. */
export function* renames(
  files: Files,
  index: SymbolIndex,
): Generator<Named & { readonly outcome: RenameOutcome; readonly found: readonly Diagnostic[] }> {
  for (const { units } of index.resolution.packages.packages.values())
    for (const { source } of units)
      for (const { role, span } of index.of(source)) {
        if (role !== 'definition') continue
        const outcome = renameAt(index, source.file, span.start, 'another-name', () => [])
        yield { source, span, outcome, found: outcome.ok ? checkWit({ ...files, ...outcome.files }) : [] }
      }
}

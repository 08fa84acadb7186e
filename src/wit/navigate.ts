import type { Place } from '../contract/fault.ts'
import type { Occurrence, SymbolIndex, WitSymbol } from './symbols.ts'
import type { Source } from './packages.ts'
import type { Span } from './text.ts'
import { identifierProblem, keywords } from './identifier.ts'
import { where } from './packages.ts'
import { placeOf } from './text.ts'

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

export interface Edit extends Span {
  readonly file: string
  readonly text: string
}

export type RenameOutcome =
  | { readonly ok: true; readonly edits: readonly Edit[] }
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
  if (found === undefined) return refuse('Here is no name that could be renamed.')
  const { symbol, span } = found
  if (symbol.kind === 'constructor') return refuse('A constructor has no name of its own: rename its resource.')
  if (symbol.kind === 'package') return refuse('A package is renamed by hand: its name is also that of its files.')
  const foreign = index.placesOf(symbol).find(({ source }) => source.origin === 'builtin')
  if (foreign !== undefined)
    return refuse(`\`${symbol.text}\` belongs to \`${foreign.source.file}\`, which is read-only.`)
  return { ok: true, symbol, span, text: symbol.text }
}

const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message })

/** The edits that give another name to what is named at an offset, in all files. */
export const renameAt = (index: SymbolIndex, file: string, offset: number, name: string): RenameOutcome => {
  const found = renamable(index, file, offset)
  if (!found.ok) return found
  const { symbol } = found
  const text = name.trim().replace(/^%/, '')
  const problem = identifierProblem(text)
  if (problem !== undefined) return refuse(`${problem.message} ${problem.next}`)
  const places = index.placesOf(symbol)
  if (text.toLowerCase() !== symbol.text.toLowerCase()) {
    const taken = places.map((place) => takenBy(index, place, symbol, text)).find((one) => one !== undefined)
    if (taken !== undefined) return refuse(`The name \`${text}\` is taken: see ${taken}. Choose another name.`)
  }
  const written = keywords.has(text) ? `%${text}` : text
  return { ok: true, edits: places.map(({ source, span }) => ({ file: source.file, ...span, text: written })) }
}

/** Where another thing of the new name is that could be meant, or collides, at a place of the symbol. */
const takenBy = (
  index: SymbolIndex,
  { source, span }: Occurrence,
  symbol: WitSymbol,
  name: string,
): string | undefined => {
  const lower = name.toLowerCase()
  for (const scope of index.resolution.scopes.all) {
    if (scope.unit.source !== source) continue
    const isInside = scope.body.start <= span.start && span.end <= scope.body.end
    if (!isInside) continue
    if (symbol.kind === 'type' || symbol.scope === scope)
      for (const each of [...scope.types.values(), ...scope.functions.values()])
        if (each.name.text.toLowerCase() === lower) return where(source, each.name)
    if (symbol.kind === 'import' || symbol.kind === 'export')
      for (const item of scope.items)
        if (item.kind === symbol.kind && item.name?.text.toLowerCase() === lower) return where(source, item.name)
  }
  if (symbol.kind === 'interface' || symbol.kind === 'world') {
    for (const { definitions, units } of index.resolution.packages.packages.values()) {
      const unit = units.find((each) => each.source === source)
      if (unit === undefined) continue
      const definition = definitions.get(name)
      if (definition !== undefined) return where(definition.unit.source, definition.node.name)
      const alias = unit.aliases.get(name)
      if (alias !== undefined) return where(source, alias.span)
    }
  }
  const sibling = siblings(index, symbol).find(({ text }) => text.toLowerCase() === lower)
  return sibling && where(sibling.source, sibling.span)
}

/** The other members of the record, variant, resource or signature that a member belongs to. */
const siblings = (index: SymbolIndex, symbol: WitSymbol): WitSymbol[] => {
  const kinds: readonly string[] =
    symbol.kind === 'method' || symbol.kind === 'static' ? ['method', 'static'] : [symbol.kind]
  if (!['field', 'case', 'flag', 'parameter', 'method', 'static'].includes(symbol.kind)) return []
  const around = smallestAround(index, symbol)
  if (around === undefined) return []
  return index
    .of(symbol.source)
    .filter(({ role, span }) => role === 'definition' && around.start <= span.start && span.end <= around.end)
    .map((each) => each.symbol)
    .filter((each) => each !== symbol && kinds.includes(each.kind))
}

const smallestAround = (index: SymbolIndex, { source, span, kind }: WitSymbol): Span | undefined => {
  let found: Span | undefined
  for (const { symbol } of index.of(source)) {
    const { item } = symbol
    const node =
      kind === 'parameter'
        ? item.kind === 'function'
          ? item.type
          : undefined
        : item.kind === 'type'
          ? item.definition
          : undefined
    if (node === undefined || symbol.source !== source || node.start > span.start || node.end < span.end) continue
    if (found === undefined || node.end - node.start < found.end - found.start) found = node
  }
  return found
}

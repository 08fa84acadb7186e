import type { AbiLayout } from './abi.ts'
import type { Source } from './packages.ts'
import type { SymbolIndex, WitSymbol } from './symbols.ts'
import { applyEdits, type Span } from './text.ts'
import type { FunctionType, Gate } from './tree.ts'
import { keywordDoc } from './keyword-docs.ts'
import { definitionLayout, layoutOf } from './abi.ts'
import type { Scope, Scopes } from './scopes.ts'
import { declarationOf, signatureOf, thrownOf, typescriptOf, type Follow } from './typescript.ts'

/** What there is to say about a name. */
export interface Hover extends Span {
  /** The definition as WIT. */
  readonly wit: string
  /** What it belongs to: `wasi:clocks/wall-clock@0.2.12`; absent where that is the file's own package. */
  readonly from: string | undefined
  /** The version that is there in the place of the one that `from` names. */
  readonly release: string | undefined
  /** The documentation, as Markdown. */
  readonly docs: string | undefined
  /** What it becomes in TypeScript. */
  readonly typescript: string | undefined
  /** The type that is thrown for an `err`. */
  readonly throws: string | undefined
  readonly layout: AbiLayout | undefined
  readonly gates: readonly string[]
}

/** Lines of a definition that are shown; who wants more goes there. */
const mostLines = 16

/** What is known about the name at an offset. */
export const hoverAt = (index: SymbolIndex, file: string, offset: number): Hover | undefined => {
  const source = index.source(file)
  const found = source && index.at(source, offset)
  if (found === undefined) return source && keywordAt(source, offset)
  const symbol = origin(found.symbol)
  const { start, end } = found.span
  return { ...describe(index, symbol), release: symbol.source.release, start, end }
}

/** A word of WIT itself. */
function keywordAt({ parsed }: Source, offset: number): Hover | undefined {
  const token = parsed.tokens.find(({ start, end }) => start <= offset && offset <= end)
  const doc = token?.kind === 'word' && !token.escaped ? keywordDoc(token.text) : undefined
  if (token === undefined || doc === undefined) return undefined
  const { start, end } = token
  return { ...doc, from: undefined, release: undefined, throws: undefined, gates: [], start, end }
}

/** Behind names that `as` gives is what they are about. */
const origin = (symbol: WitSymbol): WitSymbol => (symbol.of === undefined ? symbol : origin(symbol.of))

const describe = (index: SymbolIndex, symbol: WitSymbol): Omit<Hover, 'start' | 'end' | 'release'> => {
  const { scopes } = index.resolution
  const { item, source } = symbol
  const blank = { typescript: undefined, throws: undefined, layout: undefined, gates: [], docs: undefined }
  switch (item.kind) {
    case 'package':
      return { ...blank, wit: `package ${symbol.text}`, from: undefined, docs: packageDocs(symbol) }
    case 'definition': {
      const { node, id } = item.definition
      return {
        ...blank,
        wit: `${node.kind} ${symbol.text}`,
        from: id,
        docs: node.docs?.text,
        gates: gatesOf(source, node.gates),
      }
    }
    case 'type': {
      const { definition, scope } = item
      if (definition === undefined) return { ...blank, wit: `type ${symbol.text}`, from: ownerOf(symbol) }
      return {
        wit: textOf(source, definition, definition.gates),
        from: ownerOf(symbol),
        docs: definition.docs?.text,
        typescript: shortened(declarationOf(definition, through(scopes, scope))),
        throws: undefined,
        layout: definitionLayout(scopes, scope, definition),
        gates: gatesOf(source, definition.gates),
      }
    }
    case 'function':
      return {
        ...functionPart(
          symbol.kind === 'constructor' ? undefined : symbol.text,
          item.type,
          through(scopes, item.scope),
        ),
        wit: headOf(symbol, source, item.type),
        from: ownerOf(symbol),
        docs: item.node.docs?.text,
        layout: undefined,
        gates: [],
      }
    case 'member':
      return {
        ...blank,
        wit: `${symbol.kind} ${source.parsed.text.slice(item.node.start, item.node.end)}`,
        from: undefined,
        docs: item.node.docs?.text,
        typescript: item.type && shortened(typescriptOf(item.type, through(scopes, item.scope))),
        layout: item.type && layoutOf(scopes, item.scope, item.type),
      }
    case 'extern':
    case 'alias':
      return { ...blank, wit: `${symbol.kind} ${symbol.text}`, from: undefined }
  }
}

const functionPart = (
  name: string | undefined,
  type: FunctionType,
  follow: Follow,
): Pick<Hover, 'typescript' | 'throws'> => ({
  typescript: name === undefined ? undefined : signatureOf(name, type, follow),
  throws: thrownOf(type, follow),
})

/** Characters of a line that are shown. */
const longestLine = 240

/** As much of it as a hover has room for. */
const shortened = (code: string): string => {
  const lines = code.split('\n').map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)} …` : line))
  if (lines.length <= mostLines) return lines.join('\n')
  const end = lines.at(-1) === '}' ? ['}'] : []
  return [...lines.slice(0, mostLines - 1 - end.length), '  // ...', ...end].join('\n')
}

/** Sees through `type a = b;`, as often as it takes. */
const through =
  (scopes: Scopes, scope: Scope): Follow =>
  (type) => {
    let [found, from] = [type, scope]
    for (let steps = 0; found.kind === 'named' && steps < 100; steps += 1) {
      const symbol = scopes.lookUp(from, found.name)
      const origin = symbol && scopes.origin(symbol)
      if (origin?.definition?.kind !== 'alias') return found
      found = origin.definition.type
      from = origin.scope
    }
    return found
  }

/** `greet: func(name: string) -> string` */
const headOf = ({ kind, span }: WitSymbol, source: Source, type: FunctionType): string => {
  const { text } = source.parsed
  const name = text.slice(span.start, span.end)
  const written = oneLine(text.slice(type.start, type.end))
  if (kind === 'constructor') return written
  return `${kind === 'import' || kind === 'export' ? `${kind} ` : ''}${name}: ${kind === 'static' ? 'static ' : ''}${written}`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/,? \)/g, ')')

/**
 * A definition without its annotations, its lines moved to the left together. Where it is long, what documents its parts
 * would take the room of what it documents.
 */
const textOf = (source: Source, { start, end }: Span, gates: readonly Gate[]): string => {
  const from = gates.reduce((latest, gate) => Math.max(latest, gate.end), start)
  const whole = linesOf(source.parsed.text.slice(from, end))
  const [first = '', ...rest] = whole.length <= mostLines ? whole : linesOf(undocumented(source, from, end))
  const margin = Math.min(
    ...rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  )
  const moved = [first, ...rest.map((line) => line.slice(Number.isFinite(margin) ? margin : 0))]
  return moved.length <= mostLines ? moved.join('\n') : [...moved.slice(0, mostLines - 1), '  // ...', '}'].join('\n')
}

const linesOf = (text: string): string[] => text.trim().split(/\r?\n/)

const undocumented = ({ parsed: { text, tokens } }: Source, start: number, end: number): string => {
  const edits = tokens
    .filter((token) => token.start > start && token.start < end)
    .flatMap(({ comments }) => comments.filter(({ doc }) => doc))
    .filter((comment) => comment.start >= start && comment.end <= end)
    .map((comment) => {
      let before = comment.start
      while (text[before - 1] === ' ' || text[before - 1] === '\t') before -= 1
      const alone = text[before - 1] === '\n' && /^[ \t]*\r?\n/.test(text.slice(comment.end, comment.end + 200))
      return { start: (alone ? before - 1 : comment.start) - start, end: comment.end - start, text: '' }
    })
  return applyEdits(text.slice(start, end), edits)
}

const gatesOf = (source: Source, gates: readonly Gate[]): string[] =>
  gates.map(({ start, end }) => oneLine(source.parsed.text.slice(start, end)))

/** The interface or world that something is in, by its full name. */
const ownerOf = ({ item }: WitSymbol): string | undefined => ('scope' in item ? item.scope.owner?.id : undefined)

const packageDocs = ({ item }: WitSymbol): string | undefined => {
  if (item.kind !== 'package') return undefined
  const files = item.package.units.map(({ source }) => source.parsed.file.package)
  return files.find((each) => each?.docs !== undefined)?.docs?.text
}

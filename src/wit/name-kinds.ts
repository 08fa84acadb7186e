import type { SymbolIndex, SymbolKind, WitSymbol } from './symbols.ts'
import type { Span } from './text.ts'

export interface NamedSpan extends Span {
  readonly kind: 'type' | 'function'
}

const kinds: ReadonlyMap<SymbolKind, NamedSpan['kind']> = new Map([
  ['type', 'type'],
  ['function', 'function'],
  ['method', 'function'],
  ['static', 'function'],
])

/** Under a plain name, worlds import and export functions and interfaces. */
const isFunction = ({ kind, item, of }: WitSymbol): boolean =>
  of === undefined ? (kind === 'import' || kind === 'export') && item.kind === 'function' : isFunction(of)

/** The names of a file that are types and functions: a grammar cannot tell all of them. Constructors have none. */
export const namedSpans = (index: SymbolIndex, file: string): NamedSpan[] => {
  const source = index.source(file)
  if (source === undefined) return []
  return index.of(source).flatMap(({ span, symbol }) => {
    const kind = isFunction(symbol) ? 'function' : kinds.get(symbol.kind)
    return kind === undefined ? [] : [{ start: span.start, end: span.end, kind }]
  })
}

import type { Span } from './text.ts'
import type { Token } from './lexer.ts'
import { keywords } from './identifier.ts'
import { lex } from './lexer.ts'

export type HighlightKind =
  | 'keyword'
  | 'type'
  | 'string'
  | 'number'
  | 'comment'
  | 'punctuation'
  | 'function'
  | 'identifier'

export interface HighlightToken extends Span {
  readonly kind: HighlightKind
}

const types: ReadonlySet<string> = new Set(
  (
    'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string error-context list option result tuple map stream future ' +
    'own borrow'
  ).split(' '),
)

const definers: ReadonlySet<string> = new Set('type record variant enum flags resource'.split(' '))

const wordKind = (tokens: readonly Token[], index: number): HighlightKind => {
  const token = tokens[index]
  if (token === undefined) return 'identifier'
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  const following = tokens[index + 2]
  if (!token.escaped && keywords.has(token.text)) return types.has(token.text) ? 'type' : 'keyword'
  if (before?.text === '@' && before.end === token.start) return 'keyword'
  if (before?.kind === 'word' && !before.escaped && definers.has(before.text)) return 'type'
  if (after?.text === ':' && ['func', 'async', 'static'].includes(following?.text ?? '')) return 'function'
  if (before !== undefined && ['<', '->', '='].includes(before.text)) return 'type'
  // `name: type` in parameters and fields; `ns:package` has no space.
  if (before?.text === ':' && (before.end !== token.start || tokens[index - 2]?.kind !== 'word')) return 'type'
  return 'identifier'
}

/**
 * Tokens for colours before anything is resolved, in order and without overlap; white space has none. Works on any text.
 */
export const highlightWit = (text: string): HighlightToken[] => {
  const found: HighlightToken[] = []
  const { tokens } = lex(text)
  for (const [index, token] of tokens.entries()) {
    for (const comment of token.comments) found.push({ start: comment.start, end: comment.end, kind: 'comment' })
    if (token.kind === 'end') break
    const kind =
      token.kind === 'word'
        ? wordKind(tokens, index)
        : token.kind === 'string' || token.kind === 'number'
          ? token.kind
          : 'punctuation'
    found.push({ start: token.start, end: token.end, kind })
  }
  return found
}

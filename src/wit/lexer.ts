import type { Problem, Span } from './text.ts'
import { replaceBy } from './fixes.ts'
import { identifierProblem, written } from './identifier.ts'

export type TokenKind = 'word' | 'number' | 'string' | 'mark' | 'unknown' | 'end'

/** A comment. `///` and `/**` comments document the item that follows them. */
export interface Comment extends Span {
  readonly kind: 'line' | 'block'
  readonly doc: boolean
}

/**
 * A token with the comments before it. `text` is the source text, without the `%` of an escaped identifier. A number is
 * an integer or everything that may be a version (`0.2.0-rc.1`); the parser says which one it wants.
 */
export interface Token extends Span {
  readonly kind: TokenKind
  readonly text: string
  readonly escaped: boolean
  readonly comments: readonly Comment[]
  /** Whether the token is the first one on its line: recovery resumes at such tokens. */
  readonly first: boolean
}

export interface Lexed {
  readonly tokens: readonly Token[]
  readonly problems: readonly Problem[]
}

const space = /[ \t\r\n]+/y
const word = /%?[\p{ID_Start}_](?:[\p{ID_Continue}]|-(?!>))*|%/uy
const number = /[0-9]+(?:\.[0-9]+)*(?:(?<=\.[0-9]+)[-+][0-9A-Za-z+-]*(?:\.[0-9A-Za-z-][0-9A-Za-z+-]*)*)?/y
const mark = /->|[=,:;(){}<>*/.@_]/y
const string = /"(?:[^"\\\n]|\\[^\n])*("?)/y
const escape = /^(?:[^\\]|\\(?:[tnr"'\\]|[0-9a-fA-F]{2}|u\{[0-9a-fA-F](?:_?[0-9a-fA-F])*\}))*$/
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g
const discouraged =
  /\u0149|\u0673|\u0f77|\u0f79|[\u17a3-\u17a4]|\u17b4|\u17b5|[\u206a-\u206f]|[\u2329-\u232a]|\u{e0001}/gu

const codePoint = (text: string, at: number): string =>
  `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Characters that WIT.md#lexical-structure bans everywhere, comments included: they can make text look like other text. */
const bannedCharacters = (text: string): Problem[] => {
  const found: Problem[] = []
  for (const match of text.matchAll(forbidden)) {
    const start = match.index
    const bidi = match[0] > '\u2000'
    found.push({
      start,
      end: start + 1,
      message: bidi
        ? `The invisible character ${codePoint(text, start)} changes the direction of the text after it, which WIT forbids.`
        : `The control character ${codePoint(text, start)} is not allowed in WIT.`,
      next: 'Delete the character.',
    })
  }
  for (const match of text.matchAll(discouraged)) {
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      message: `The character ${codePoint(text, match.index)} is deprecated by Unicode, and WIT does not allow it.`,
      next: 'Replace it by the character that Unicode recommends instead, or delete it.',
    })
  }
  return found
}

/** What people mean who write marks of other languages. */
const hints: Readonly<Record<string, string>> = {
  '?': 'Write `option<...>` for a value that may be missing.',
  '|': 'Write a `variant` for a value that is one of several types.',
  '[': 'Write `list<...>` for lists.',
  ']': 'Write `list<...>` for lists.',
  "'": 'Strings stand in double quotes.',
  '#': 'Comments start with `//`.',
}

/** Whether a bracket belongs to the `[]` of an array, of which the parser says more. */
const isArray = (text: string, at: number): boolean =>
  /[\w>\]]$/.test(text.slice(Math.max(0, at - 2), at).replace(/\[$/, '')) &&
  (text.startsWith('[]', at) || text.startsWith('[]', at - 1))

/** The end of a block comment that starts at `start`; block comments nest. -1 where it is never closed. */
const blockCommentEnd = (text: string, start: number): number => {
  const delimiter = /\/\*|\*\//g
  delimiter.lastIndex = start
  let depth = 0
  for (let match = delimiter.exec(text); match !== null; match = delimiter.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return delimiter.lastIndex
  }
  return -1
}

/**
 * Splits a text into tokens (WIT.md#lexical-structure). Every character belongs to a token, a comment or white space; the
 * last token is of kind `end`. Never throws.
 */
export const lex = (text: string): Lexed => {
  const tokens: Token[] = []
  const problems = bannedCharacters(text)
  const banned = new Set(problems.map(({ start }) => start))
  let comments: Comment[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  let first = true

  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    return pattern.exec(text) ?? undefined
  }
  const push = (kind: TokenKind, end: number, escaped = false): void => {
    tokens.push({ kind, start: at, end, text: text.slice(escaped ? at + 1 : at, end), escaped, comments, first })
    comments = []
    first = false
    at = end
  }

  while (at < text.length) {
    const blank = match(space)
    if (blank !== undefined) {
      if (blank[0].includes('\n')) first = true
      at += blank[0].length
      continue
    }
    if (text.startsWith('//', at)) {
      const newline = text.indexOf('\n', at)
      const end = newline === -1 ? text.length : newline
      comments.push({ kind: 'line', doc: text.startsWith('///', at), start: at, end })
      at = end
      continue
    }
    if (text.startsWith('/*', at)) {
      const close = blockCommentEnd(text, at)
      const end = close === -1 ? text.length : close
      if (close === -1)
        problems.push({
          start: at,
          end: at + 2,
          message: 'This block comment is never closed, so everything after it is a comment.',
          next: 'Close it with `*/`. Block comments nest: each `/*` needs its own `*/`.',
        })
      comments.push({ kind: 'block', doc: text.startsWith('/**', at) && !text.startsWith('/**/', at), start: at, end })
      at = end
      continue
    }
    const name = match(word)
    if (name !== undefined && name[0] !== '_') {
      const start = at
      push('word', at + name[0].length, name[0].startsWith('%'))
      const problem = identifierProblem(name[0].replace(/^%/, ''))
      if (problem !== undefined) {
        const { message, next, suggestion } = problem
        const span = { start, end: at }
        const fixes = suggestion === undefined ? [] : [replaceBy(span, written(suggestion))]
        problems.push({ ...span, message, next, fixes })
      }
      continue
    }
    const digits = match(number)
    if (digits !== undefined) {
      push('number', at + digits[0].length)
      continue
    }
    const quoted = match(string)
    if (quoted !== undefined) {
      const start = at
      push('string', at + quoted[0].length)
      if (quoted[1] !== '"')
        problems.push({
          start,
          end: at,
          message: 'This string has no closing quote on its line.',
          next: 'End the string with `"`; write a line break inside a string as `\\n`.',
        })
      else if (!escape.test(quoted[0]))
        problems.push({
          start,
          end: at,
          message: 'This string has an escape that WIT does not know.',
          next: 'The escapes are `\\t`, `\\n`, `\\r`, `\\"`, `\\\'`, `\\\\`, two hexadecimal digits (`\\7f`) and `\\u{7fff}`.',
        })
      continue
    }
    const operator = match(mark)
    if (operator !== undefined) {
      push('mark', at + operator[0].length)
      continue
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    const start = at
    push('unknown', at + character.length)
    if (!banned.has(start) && !isArray(text, start))
      problems.push({
        start,
        end: at,
        message: `The character \`${character}\` has no meaning in WIT.`,
        next: hints[character] ?? 'Delete it. Names are made of letters, digits and `-`.',
      })
  }
  push('end', text.length)
  return { tokens, problems }
}

import type { Problem, Span } from './text.ts'
import type { Comment, Token } from './lexer.ts'
import type { Docs, Name } from './tree.ts'
import { insertAt, replaceBy } from './fixes.ts'
import type { TextFix } from './text.ts'
import { keywords } from './identifier.ts'
import { closest } from './wording.ts'

/** A token as people would call it in a sentence. */
export const describe = (token: Token): string => {
  if (token.kind === 'end') return 'the end of the file'
  if (token.kind === 'string') return 'a string'
  if (isKeyword(token)) return `the keyword \`${token.text}\``
  return `\`${token.text.length > 40 ? `${token.text.slice(0, 40)}...` : token.text}\``
}

export const isKeyword = (token: Token): boolean => token.kind === 'word' && !token.escaped && keywords.has(token.text)
export const isName = (token: Token): boolean => token.kind === 'word' && !isKeyword(token)

const openers: ReadonlySet<string> = new Set(['{', '(', '<'])
const closers: ReadonlySet<string> = new Set(['}', ')', '>'])

/**
 * Walks over tokens. After a syntax error the cursor is lost: it reports nothing more and moves no further until somebody
 * who knows a place to go on from calls `recover...`. So parsing code is straight lines, one mistake gives one message,
 * and nodes keep what was there before the mistake.
 */
export class Cursor {
  readonly text: string
  readonly problems: Problem[] = []
  lost = false
  /** How many types the current one is nested in. */
  typeDepth = 0
  /** How many package blocks the current item is in. */
  packageDepth = 0
  private readonly tokens: readonly Token[]
  private at = 0

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text
    this.tokens = tokens
  }

  get position(): number {
    return this.at
  }

  /** The token `ahead` tokens further on; the last one is of kind `end` and repeats for ever. */
  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]
    if (token === undefined) throw new Error('the lexer gave no tokens')
    return token
  }

  /** Where the last token that was taken ends. */
  get end(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end'
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return (token.kind === 'mark' || token.kind === 'word') && !token.escaped && token.text === text
  }

  /** Whether there is this character, which has no meaning in WIT. */
  isUnknown(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'unknown' && token.text === text
  }

  /** What stands in a span. */
  source({ start, end }: Span): string {
    return this.text.slice(start, end)
  }

  take(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.at += 1
    return token
  }

  eat(text: string): boolean {
    if (this.lost || !this.is(text)) return false
    this.take()
    return true
  }

  problem(span: Span, message: string, next: string, fixes: readonly TextFix[] = []): void {
    this.problems.push({ start: span.start, end: span.end, message, next, fixes })
  }

  /** Reports a syntax error at the current token, once, and is lost from here on. */
  fail(message: string, next: string, fixes: readonly TextFix[] = []): void {
    if (this.lost) return
    this.problem(this.peek(), message, next, fixes)
    this.lost = true
  }

  expect(text: string, message: (found: string) => string, next: string, fixes: readonly TextFix[] = []): boolean {
    if (this.lost) return false
    if (this.eat(text)) return true
    this.fail(message(describe(this.peek())), next, fixes)
    return false
  }

  /** The `;` that ends an item. */
  semicolon(after: string): void {
    this.expect(
      ';',
      (found) => `${after} ends with \`;\`, and here is ${found}.`,
      this.peek().first
        ? 'Put a `;` at the end of the line above.'
        : this.atEnd
          ? 'Put a `;` at the end.'
          : 'Put a `;` before it.',
      // What follows on the line may be meant to belong to it.
      this.peek().first || this.atEnd || this.is('}') ? [insertAt(this.end, ';')] : [],
    )
  }

  private missingName(): Name {
    const at = this.lost ? this.end : this.peek().start
    return { text: '', missing: true, start: at, end: at }
  }

  /** A name; `what` says for whom: "the record", "a parameter". */
  name(what: string): Name {
    const token = this.peek()
    if (!this.lost && isName(token)) {
      this.take()
      return { text: token.text, missing: false, start: token.start, end: token.end }
    }
    const missing = this.missingName()
    if (isKeyword(token) && token.first)
      this.fail(
        `A name for ${what} is missing at the end of the line above: here is already \`${token.text}\`.`,
        `Write a name for ${what} there.`,
      )
    else if (isKeyword(token))
      this.fail(
        `A name for ${what} is expected here, but \`${token.text}\` is a keyword of WIT.`,
        `Write \`%${token.text}\` to use the word as a name, or choose another name.`,
        [replaceBy(token, `%${token.text}`)],
      )
    else this.fail(`A name for ${what} is expected here, but there is ${describe(token)}.`, `Write a name for ${what}.`)
    return missing
  }

  /** Inside a comma-separated list: skips a broken element. True where the list goes on or closes here. */
  recoverInList(close: string): boolean {
    let depth = 0
    for (;;) {
      const token = this.peek()
      if (token.kind === 'end') return false
      if (token.kind === 'mark') {
        if (depth === 0 && (token.text === ',' || token.text === close)) {
          this.lost = false
          return true
        }
        if (token.text === ';' || token.text === '{') return false
        if (openers.has(token.text)) depth += 1
        else if (closers.has(token.text) && depth > 0) depth -= 1
        else if (closers.has(token.text)) return false
      } else if (this.startsAnotherItem()) return false
      this.take()
    }
  }

  /** Inside a list, a line that can only be an item after it: `name: func`, or a keyword and a name. */
  startsAnotherItem(): boolean {
    const token = this.peek()
    if (!token.first || token.kind !== 'word') return false
    if (this.is(':', 1)) return ['func', 'async', 'static'].some((text) => this.is(text, 2))
    return isKeyword(token) && this.peek(1).kind === 'word'
  }

  /**
   * Skips the rest of a broken item: to after its `;` or its block, to before the `}` around it, or to before a line on
   * which an item starts. Always moves on from `start`, the position at which the item began.
   */
  recoverItem(start: number, startsItem: (cursor: Cursor) => boolean): void {
    this.lost = false
    if (this.at === start && !this.is('}')) this.skipOne()
    while (!this.atEnd) {
      if (this.eat(';')) return
      if (this.is('}')) return
      if (this.peek().first && startsItem(this)) return
      const block = this.is('{')
      this.skipOne()
      if (!block) continue
      this.eat(';')
      return
    }
  }

  /** Skips a token, or a whole `{ ... }` block. */
  private skipOne(): void {
    if (this.take().text !== '{') return
    for (let depth = 1; depth > 0 && !this.atEnd;) {
      if (this.peek().first && startsTopLevel(this)) return
      const token = this.take()
      if (token.kind !== 'mark') continue
      if (token.text === '{') depth += 1
      else if (token.text === '}') depth -= 1
    }
  }

  /** The documentation in front of the current token: the doc comments directly before it. */
  docs(): Docs | undefined {
    const comments = this.peek().comments.filter((comment) => comment.doc)
    const [head] = comments
    const tail = comments.at(-1)
    if (head === undefined || tail === undefined) return undefined
    return {
      start: head.start,
      end: tail.end,
      text: comments.map((comment) => commentText(this.text, comment)).join('\n'),
    }
  }
}

/** `interface x {`, `world x {` and `package x:y` start nothing but a top-level item, wherever they stand. */
export const startsTopLevel = (cursor: Cursor): boolean => {
  if (cursor.peek(1).kind !== 'word') return false
  if (cursor.is('interface') || cursor.is('world')) return cursor.is('{', 2)
  return cursor.is('package') && cursor.is(':', 2)
}

/** What a comment says, without what makes it one. */
export const commentText = (text: string, comment: Comment): string => {
  const start = comment.start + (comment.doc ? 3 : 2)
  if (comment.kind === 'line') return text.slice(start, comment.end).replace(/^ /, '').trimEnd()
  const body = text.slice(start, comment.end).replace(/\*\/$/, '')
  return body
    .split('\n')
    .map((line, index) => (index === 0 ? line.trim() : line.replace(/^\s*\*? ?/, '').trimEnd()))
    .join('\n')
    .trim()
}

/** What to write where a word is not one of those that can start an item, and the fix that writes it. */
export const misspelt = (
  token: Token,
  words: readonly string[],
  otherwise: string,
): [next: string, fixes: readonly TextFix[]] => {
  const near = isName(token) ? closest(token.text, words) : undefined
  return near === undefined ? [otherwise, []] : [`Did you mean \`${near}\`?`, [replaceBy(token, near)]]
}

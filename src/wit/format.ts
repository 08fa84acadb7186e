import type { Comment, Token } from './lexer.ts'
import type { ParsedWit } from './tree.ts'
import {
  blankLine,
  group,
  hardBreak,
  ifBroken,
  indent,
  type Layout,
  line,
  print,
  softLine,
  toLineEnd,
  witWidth,
} from '../contract/layout.ts'

const lists: ReadonlySet<string> = new Set(['record', 'variant', 'enum', 'flags'])
const closers: Readonly<Record<string, string>> = { '(': ')', '<': '>', '{': '}' }
const noSpaceBefore: ReadonlySet<string> = new Set([',', ';', ':', ')', '>', '(', '<', '.', '/', '@'])
/** After these an element or an item begins. */
const openings: ReadonlySet<string> = new Set([',', ';', '(', '<', '{', '}'])
const noSpaceAfter: ReadonlySet<string> = new Set(['(', '<', '.', '/', '@'])

/** The colons between a namespace and a package, by offset: no space follows them. */
const packageColons = (parsed: ParsedWit): ReadonlySet<number> => {
  const found = new Set<number>()
  const { tokens } = parsed
  for (const [index, token] of tokens.entries()) {
    if (token.text !== ':' || token.kind !== 'mark') continue
    const [keyword, after] = [tokens[index - 2], tokens[index + 2]]
    // `package a:b`, or `a:b/c` wherever an interface or a world is named: nothing else has a `/` after it.
    if (after?.text === '/' || (keyword?.text === 'package' && !keyword.escaped)) found.add(token.start)
  }
  return found
}

/**
 * Walks over the tokens of a file without syntax errors and says how they stand. Every token is kept, in its order, except
 * commas that end a list: those stand where the list is broken and the grammar has them.
 */
class Formatter {
  private readonly text: string
  private readonly tokens: readonly Token[]
  private readonly colons: ReadonlySet<number>
  private at = 0

  constructor(parsed: ParsedWit) {
    this.text = parsed.text
    this.tokens = parsed.tokens
    this.colons = packageColons(parsed)
  }

  file(): Layout {
    return this.items(true, '')
  }

  private get token(): Token {
    const token = this.tokens[Math.min(this.at, this.tokens.length - 1)]
    if (token === undefined) throw new Error('the lexer gave no tokens')
    return token
  }

  private is(text: string): boolean {
    return isMark(this.token, text)
  }

  /** Whether the last token that was taken is this mark. */
  private was(text: string): boolean {
    return isMark(this.tokens[this.at - 1], text)
  }

  private source({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.text.slice(start, end)
  }

  /** The end of the last token that was taken. */
  private get end(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  private isLineBetween(from: number, to: number): boolean {
    return this.text.slice(from, to).includes('\n')
  }

  /** Whether the text has an empty line between two places with only white space between them. */
  private isBlankBetween(from: number, to: number): boolean {
    return /\n[ \t\r]*\n/.test(this.text.slice(from, to))
  }

  private comment(comment: Comment): Layout {
    const text = this.source(comment).replace(/\r/g, '')
    if (comment.kind === 'line') return toLineEnd(text.trimEnd())
    const [head = '', ...rest] = text.split('\n')
    if (rest.length === 0) return head
    // With a star before every line the stars stand in a column; other text stays where it is.
    if (!rest.every((each) => each.trimStart().startsWith('*'))) return text.replace(/[ \t]+$/gm, '')
    return [head.trimEnd(), rest.map((each) => [hardBreak, ` ${each.trim()}`])]
  }

  /**
   * The comments before the current token that belong to the one before it: those on its line, except where the current
   * one follows them there at the beginning of an item or an element.
   */
  private trailing(): { readonly layout: Layout; readonly count: number } {
    const { comments, start } = this.token
    const opens = openings.has(this.tokens[this.at - 1]?.text ?? '') && !this.isClosing
    let from = this.end
    let count = 0
    const parts: Layout[] = []
    for (const comment of comments) {
      if (this.at === 0 || this.isLineBetween(from, comment.start)) break
      if (opens && comment.kind === 'block' && !this.isLineBetween(comment.start, start)) break
      const inside = count === 0 && comment.kind === 'block' && (this.was('(') || this.was('<'))
      parts.push(inside ? '' : ' ', this.comment(comment))
      from = comment.end
      count += 1
    }
    return { layout: parts, count }
  }

  private get isClosing(): boolean {
    return this.token.kind === 'end' || ['}', ')', '>', ','].some((text) => this.is(text))
  }

  /**
   * What separates the current token from the one before it, its comments included; `plain` where there are none. `blank`
   * says which empty lines stay: those of the source, or those of them `inside` of all that, or that there is `always` one
   * before it.
   */
  private before(plain: Layout, blank: 'drop' | 'keep' | 'inside' | 'always' = 'drop'): Layout {
    const { comments, start } = this.token
    const { layout, count } = this.trailing()
    const parts: Layout[] = [layout]
    let from = comments[count - 1]?.end ?? this.end
    let first = true
    const separator = (to: number, otherwise: Layout): Layout => {
      const always = first && blank === 'always'
      const never = blank === 'drop' || (first && blank === 'inside')
      first = false
      return always || (!never && this.isBlankBetween(from, to)) ? blankLine : otherwise
    }
    for (const [index, comment] of comments.slice(count).entries()) {
      const together = this.at > 0 && !this.isLineBetween(from, comment.start)
      parts.push(separator(comment.start, together ? (index === 0 ? plain : ' ') : hardBreak), this.comment(comment))
      from = comment.end
    }
    const last = comments.at(-1)
    if (last === undefined) parts.push(separator(start, plain))
    else if (count === comments.length) parts.push(separator(start, plain === '' || plain === softLine ? ' ' : plain))
    else if (last.kind === 'block' && !this.isLineBetween(last.end, start)) parts.push(' ')
    else parts.push(separator(start, hardBreak))
    return parts
  }

  /** The current token. Without `gap`, what separates it from the one before it is written already. */
  private take(gap?: Layout): Layout {
    const layout = gap === undefined ? this.source(this.token) : [this.before(gap), this.source(this.token)]
    this.at += 1
    return layout
  }

  /** What stands between the last token and the current one inside of an item. */
  private gap(): '' | ' ' {
    const before = this.tokens[this.at - 1]
    const { token } = this
    if (before === undefined) return ''
    if (before.kind === 'mark' && noSpaceAfter.has(before.text)) return ''
    if (isMark(before, ':') && this.colons.has(before.start)) return ''
    if (token.kind === 'mark' && noSpaceBefore.has(token.text)) return ''
    return isMark(token, '{') && isMark(before, '.') ? '' : ' '
  }

  /** Items up to the `}` that closes them, which is not taken, or to the end of the file. `top`: of a package. */
  private items(top: boolean, opening: Layout): Layout {
    const parts: Layout[] = []
    let previous: string | undefined
    while (this.token.kind !== 'end' && !this.is('}')) {
      const keyword = this.keyword()
      const apart = top && !(previous === 'use' && keyword === 'use')
      parts.push(
        previous === undefined ? this.before(opening, 'inside') : this.before(hardBreak, apart ? 'always' : 'keep'),
        this.item(keyword),
      )
      previous = keyword
    }
    parts.push(this.rest(previous === undefined ? 'inside' : 'keep'))
    return parts
  }

  /** The comments in front of a closing token, as lines of what it closes. */
  private rest(empty: 'drop' | 'keep' | 'inside'): Layout {
    const { comments } = this.token
    const { layout, count } = this.trailing()
    const parts: Layout[] = [layout]
    let from = comments[count - 1]?.end ?? this.end
    for (const [index, comment] of comments.slice(count).entries()) {
      const keeps = empty === 'keep' || (empty === 'inside' && index > 0)
      const blank = keeps && this.isBlankBetween(from, comment.start)
      parts.push(blank ? blankLine : hardBreak, this.comment(comment))
      from = comment.end
    }
    return parts
  }

  /** The word that says what the next item is, behind its annotations. */
  private keyword(): string {
    let at = this.at
    while (isMark(this.tokens[at], '@')) {
      at += 2
      if (!isMark(this.tokens[at], '(')) continue
      while (at < this.tokens.length && !isMark(this.tokens[at], ')')) at += 1
      at += 1
    }
    const token = this.tokens[at]
    return token === undefined || token.escaped ? '' : token.text
  }

  /** One item; what separates it from the one before it is written already. */
  private item(keyword: string): Layout {
    const parts: Layout[] = []
    let gap: Layout | undefined
    while (this.is('@')) {
      parts.push(this.take(gap), this.take(''))
      if (this.is('(')) parts.push(this.list('', false))
      gap = hardBreak
    }
    parts.push(this.take(gap))
    while (this.token.kind !== 'end' && !this.is('}')) {
      if (this.is(';')) {
        parts.push(this.take(''))
        return parts
      }
      if (this.is('(') || this.is('<')) parts.push(this.list(this.gap(), false))
      else if (!this.is('{')) parts.push(this.take(this.gap()))
      else if (keyword === 'use') parts.push(this.list(this.gap(), true))
      else {
        if (keyword === 'include') parts.push(this.list(' ', true, line))
        else parts.push(lists.has(keyword) ? this.members() : this.block(keyword === 'package'))
        return parts
      }
    }
    return parts
  }

  private block(top: boolean): Layout {
    const open = this.take(' ')
    const body = this.items(top, hardBreak)
    return this.closed(open, body)
  }

  /** The bracket at the cursor around what is before it, on lines of their own; together where there is nothing. */
  private closed(open: Layout, body: Layout): Layout {
    const isEmpty = this.was('{') && this.token.comments.length === 0
    const close = this.take()
    return isEmpty ? [open, close] : [open, indent(body), hardBreak, close]
  }

  /** `{ ... }` with a line for each member: of records, variants, enums and flags. */
  private members(): Layout {
    const open = this.take(' ')
    const parts: Layout[] = []
    while (this.token.kind !== 'end' && !this.is('}')) {
      parts.push(this.before(hardBreak, parts.length > 0 ? 'keep' : 'inside'), this.element('}'), this.comma(','))
    }
    return this.closed(open, [parts, this.rest(parts.length > 0 ? 'keep' : 'inside')])
  }

  /** A list on one line where it fits. `padding`: what stands inside of its brackets. */
  private list(gap: Layout, trailingComma: boolean, padding: Layout = softLine): Layout {
    const close = closers[this.token.text] ?? ''
    const open = this.take(gap)
    const parts: Layout[] = []
    while (this.token.kind !== 'end' && !this.is(close)) {
      parts.push(this.before(parts.length === 0 ? padding : line), this.element(close))
      const more = this.is(',') && !isMark(this.tokens[this.at + 1], close)
      parts.push(this.comma(more ? ',' : trailingComma ? ifBroken(',') : ''))
    }
    const end = parts.length === 0 ? '' : padding
    return group([open, indent([parts, this.rest('drop')]), end, this.take()])
  }

  /** The comma that is due at the cursor, with the comments before one that is written already. */
  private comma(comma: Layout): Layout {
    if (!this.is(',')) return comma
    // The comma stands before a line comment rather than on a line of its own; but not before what documents, which
    // would then document the next element.
    const { comments: before } = this.token
    const first = before.some(({ kind }) => kind === 'line') && !before.some(({ doc }) => doc)
    const comments = this.rest('drop')
    this.at += 1
    return first ? [comma, comments] : [comments, comma]
  }

  /** Tokens up to the next comma or the end of the list. What separates the first one is written already. */
  private element(close: string): Layout {
    const parts: Layout[] = [this.take()]
    while (this.token.kind !== 'end' && !this.is(',') && !this.is(close))
      parts.push(this.is('(') || this.is('<') ? this.list(this.gap(), false) : this.take(this.gap()))
    return parts
  }
}

const isMark = (token: Token | undefined, text: string): boolean => token?.kind === 'mark' && token.text === text

/**
 * The text in the one form that all WIT has here, or `undefined` where it has syntax errors. Comments and the meaning stay;
 * formatting what is formatted changes nothing.
 */
export const formatWit = (parsed: ParsedWit): string | undefined =>
  parsed.problems.length > 0 ? undefined : print(new Formatter(parsed).file(), witWidth)

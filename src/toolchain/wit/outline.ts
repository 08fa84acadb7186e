/**
 * The outline of a WIT file: which packages it holds, which worlds they have and which other packages it names. It
 * reads tokens, not grammar, and never fails: text that is no WIT gives a poor outline, and whoever parses it properly
 * says what is wrong. Syntax: WIT.md#lexical-structure, WIT.md#package-declaration.
 */

/** `demo:shop@1.0.0`, or without a version `demo:shop`. */
export type PackageId = string

export interface WitOutline {
  readonly file: string
  /** `package a:b;` at the head of the file. `start` covers the comments before it; the text ends after the `;`. */
  readonly header?: PackageHeader
  /** `package a:b { … }`: offsets of the whole and of what is between the braces. */
  readonly nested: readonly NestedPackage[]
  /** Statements `use …;` outside of any interface, by offsets. */
  readonly uses: readonly TopLevelUse[]
  readonly worlds: readonly NamedItem[]
  readonly references: readonly PackageReference[]
}

export interface PackageHeader {
  readonly id: PackageId
  /** As the file writes it: a name that is a keyword has a `%` there and none in `id`. */
  readonly spelling: string
  readonly start: number
  readonly end: number
}

export interface NestedPackage extends PackageHeader {
  readonly bodyStart: number
  readonly bodyEnd: number
}

export interface TopLevelUse {
  /** The tokens, joined by single spaces: equal for statements that say the same. */
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface NamedItem {
  readonly name: string
  /** Offset of the name. */
  readonly offset: number
  /** The nested package that holds it, by index into `nested`; absent for the package of the file. */
  readonly nested?: number
}

/** `wasi:io/streams@0.2.0` names a package; so does a header, which is not listed here. */
export interface PackageReference {
  readonly id: PackageId
  /** The interface or world named in it. */
  readonly item: string
  readonly start: number
  readonly end: number
  readonly nested?: number
}

export interface WitToken {
  readonly kind: 'word' | 'version' | 'mark'
  readonly text: string
  readonly start: number
  readonly end: number
}

const word = /%?[A-Za-z][A-Za-z0-9-]*/y
const digits = /\d+/y
const version = /\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?/y

/** The tokens of WIT text without white space and comments. A version is one token. */
export function witTokens(text: string): WitToken[] {
  const tokens: WitToken[] = []
  let at = 0
  const push = (kind: WitToken['kind'], end: number) => {
    tokens.push({ kind, text: text.slice(at, end), start: at, end })
    at = end
  }
  while (at < text.length) {
    const char = text[at] ?? ''
    if (/\s/.test(char)) at += 1
    else if (text.startsWith('//', at)) at = endOr(text.indexOf('\n', at), text)
    else if (text.startsWith('/*', at)) at = endOfBlockComment(text, at)
    else if (matchAt(word, text, at)) push('word', word.lastIndex)
    else if (matchAt(version, text, at)) push('version', version.lastIndex)
    // In one token: else each digit of a long number would be tried as the start of a version.
    else push('mark', matchAt(digits, text, at) ? digits.lastIndex : at + 1)
  }
  return tokens
}

const matchAt = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at
  return pattern.test(text)
}
const endOr = (found: number, text: string): number => (found === -1 ? text.length : found)

/** Block comments nest: WIT.md#comments. */
function endOfBlockComment(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length;) {
    if (text.startsWith('/*', at)) {
      depth += 1
      at += 2
    } else if (text.startsWith('*/', at)) {
      depth -= 1
      at += 2
      if (depth === 0) return at
    } else at += 1
  }
  return text.length
}

const plain = (name: string): string => (name.startsWith('%') ? name.slice(1) : name)

export function outlineWit(file: string, text: string): WitOutline {
  const tokens = witTokens(text)
  let next = 0
  const peek = (ahead = 0) => tokens[next + ahead]?.text
  const kindOf = (ahead = 0) => tokens[next + ahead]?.kind
  const startOf = (index: number) => tokens[index]?.start ?? text.length
  const endOf = (index: number) => tokens[index]?.end ?? text.length

  let header: WitOutline['header']
  const nested: NestedPackage[] = []
  const uses: TopLevelUse[] = []
  const worlds: NamedItem[] = []
  const references: PackageReference[] = []
  /** Index of the nested package that is open, and where its body starts. */
  let open: Omit<NestedPackage, 'end' | 'bodyEnd'> | undefined

  /** Reads `a:b` or `a:b@1.0.0` at the current token; the tokens are consumed only when it is one. */
  const packageId = (): PackageId | undefined => {
    if (kindOf() !== 'word' || peek(1) !== ':' || kindOf(2) !== 'word') return undefined
    let id = plain(peek() ?? '')
    next += 1
    while (peek() === ':' && kindOf(1) === 'word') {
      id += `:${plain(peek(1) ?? '')}`
      next += 2
    }
    return id
  }
  const optionalVersion = (): string => {
    if (peek() !== '@' || kindOf(1) !== 'version') return ''
    const text = `@${peek(1) ?? ''}`
    next += 2
    return text
  }
  const inside = () => (open === undefined ? {} : { nested: nested.length })

  /** Notes the package that is named at the current token, if any, and moves on by at least one token. */
  const reference = () => {
    const from = next
    const id = packageId()
    if (id === undefined) next += 1
    if (id === undefined || peek() !== '/' || kindOf(1) !== 'word') return
    const item = plain(peek(1) ?? '')
    next += 2
    const versionText = optionalVersion()
    references.push({ id: id + versionText, item, start: startOf(from), end: endOf(next - 1), ...inside() })
  }
  /** Moves past the end of an item: a `;` outside of braces, or the brace that closes its body. */
  const skipItem = () => {
    for (let depth = 0; next < tokens.length;) {
      const text = peek()
      if (text === '{') depth += 1
      if (text === '}') {
        if (depth === 0) return
        depth -= 1
      }
      if (depth === 0 && (text === ';' || text === '}')) {
        next += 1
        return
      }
      reference()
    }
  }

  while (next < tokens.length) {
    const first = next
    if (peek() === 'package') {
      next += 1
      const name = packageId()
      const id = (name ?? '') + optionalVersion()
      const spelling = text.slice(startOf(first + 1), endOf(next - 1))
      if (name !== undefined && peek() === ';') {
        next += 1
        if (first === 0) header = { id, spelling, start: 0, end: endOf(next - 1) }
      } else if (name !== undefined && peek() === '{' && open === undefined) {
        open = { id, spelling, start: startOf(first), bodyStart: endOf(next) }
        next += 1
      } else skipItem()
    } else if (peek() === '}' && open !== undefined) {
      nested.push({ ...open, bodyEnd: startOf(next), end: endOf(next) })
      open = undefined
      next += 1
    } else if (peek() === 'use') {
      skipItem()
      const text = tokens.slice(first, next).map((token) => token.text)
      if (open === undefined) uses.push({ text: text.join(' '), start: startOf(first), end: endOf(next - 1) })
    } else if (peek() === 'world' && kindOf(1) === 'word') {
      worlds.push({ name: plain(peek(1) ?? ''), offset: startOf(next + 1), ...inside() })
      skipItem()
    } else if (peek() === '@' && kindOf(1) === 'word') {
      // A gate before an item: `@since(version = 0.2.0)`.
      next += 2
      if (peek() === '(') while (next < tokens.length && tokens[next++]?.text !== ')');
    } else if (peek() === 'interface') skipItem()
    else next += 1
  }
  // A package whose brace is missing still holds what was seen in it.
  if (open !== undefined) nested.push({ ...open, bodyEnd: text.length, end: text.length })
  return { file, ...(header === undefined ? {} : { header }), nested, uses, worlds, references }
}

import { quote } from './text-error.ts'

/**
 * The words of WAVE, the text form of component values: README of wasm-wave in bytecodealliance/wasm-tools. Positions
 * are offsets in UTF-16 code units.
 */

export const waveKeywords: ReadonlySet<string> = new Set(['true', 'false', 'some', 'none', 'ok', 'err', 'inf', 'nan'])

/** A case as it has to be written: keywords need a `%` in front. */
export function escapeLabel(label: string): string {
  return waveKeywords.has(label) ? `%${label}` : label
}

export type WaveTokenKind =
  | '{'
  | '}'
  | '('
  | ')'
  | '['
  | ']'
  | ':'
  | ','
  | 'number'
  | 'label'
  | 'char'
  | 'string'
  | 'handle'
  | 'end'
  | 'invalid'

export interface WaveToken {
  readonly kind: WaveTokenKind
  readonly start: number
  readonly end: number
  /** The decoded text of a char or string, a label without its `%`, the digits of a handle; else as written. */
  readonly value: string
  /** A label without `%` in front: if it is a keyword, it is meant as one. */
  readonly bare?: boolean
  /** Why the token is invalid, and what would have been right, where there is more to say than that it does not fit. */
  readonly problem?: string
}

const blank = /(?:[ \t\r\n]|\/\/[^\n]*)*/y
const punctuation = /[{}()[\]:,]/y
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|-inf(?![a-zA-Z0-9-])/y
const handle = /%([0-9]{1,9})(?![a-zA-Z0-9-])/y
const word = /%?[a-zA-Z0-9-]+/y
const label = /^%?(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[a-z0-9]+|[A-Z0-9]+))*$/
const run = /[^\s{}()[\]:,"'/]+|[^]/y

export class WaveLexer {
  readonly text: string
  /** Where the last taken token ended. */
  lastEnd: number
  #offset: number
  #next: WaveToken | undefined

  constructor(text: string, offset = 0) {
    this.text = text
    this.#offset = offset
    this.lastEnd = offset
  }

  peek(): WaveToken {
    this.#next ??= this.#read()
    return this.#next
  }

  take(): WaveToken {
    const token = this.peek()
    this.#next = undefined
    this.#offset = token.end
    this.lastEnd = token.end
    return token
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#offset
    return pattern.exec(this.text) ?? undefined
  }

  #read(): WaveToken {
    this.#offset += this.#match(blank)?.[0].length ?? 0
    const start = this.#offset
    if (start >= this.text.length) return { kind: 'end', start, end: start, value: '' }
    const mark = this.#match(punctuation)?.[0]
    if (mark !== undefined && isPunctuation(mark)) return { kind: mark, start, end: start + 1, value: mark }
    const first = this.text[start]
    if (first === '"')
      return this.text.startsWith('"""', start) ? readMultiline(this.text, start) : readString(this.text, start)
    if (first === "'") return readChar(this.text, start)
    const digits = this.#match(number)?.[0]
    if (digits !== undefined) return this.#number(start, digits)
    const handled = this.#match(handle)
    if (handled) return { kind: 'handle', start, end: start + handled[0].length, value: handled[1] ?? '' }
    return this.#label(start)
  }

  #number(start: number, digits: string): WaveToken {
    const end = start + digits.length
    if (!/[\w.%+-]/.test(this.text[end] ?? '')) return { kind: 'number', start, end, value: digits }
    const found = this.#match(run)?.[0] ?? digits
    return invalid(
      start,
      start + found.length,
      `${quote(found)} is not a number: numbers are decimal, such as 12 or -0.5e3`,
    )
  }

  #label(start: number): WaveToken {
    const text = this.#match(word)?.[0]
    if (text === undefined || text.startsWith('-')) {
      const found = this.#match(run)?.[0] ?? ''
      return { kind: 'invalid', start, end: start + found.length, value: found }
    }
    const end = start + text.length
    if (!label.test(text))
      return invalid(
        start,
        end,
        `${quote(text)} is not a label: words of one case, joined by hyphens, such as dark-green`,
      )
    const bare = !text.startsWith('%')
    return { kind: 'label', start, end, value: bare ? text : text.slice(1), bare }
  }
}

function isPunctuation(text: string): text is '{' | '}' | '(' | ')' | '[' | ']' | ':' | ',' {
  return text.length === 1 && '{}()[]:,'.includes(text)
}

function invalid(start: number, end: number, problem: string): WaveToken {
  return { kind: 'invalid', start, end, value: '', problem }
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' }
const unicodeEscape = /\\u\{([0-9a-fA-F]{1,6})\}/y

interface Unit {
  readonly text: string
  readonly length: number
}

/** One character or escape at `offset`; a text says what is wrong with it. */
function readUnit(text: string, offset: number): Unit | string {
  const code = text.codePointAt(offset)
  if (code === undefined) return 'the text ends here'
  if (code !== 0x5c) {
    if (code >= 0xd800 && code <= 0xdfff) return 'half of a surrogate pair is not a character'
    const plain = String.fromCodePoint(code)
    return { text: plain, length: plain.length }
  }
  const simple = simpleEscapes[text[offset + 1] ?? '']
  if (simple !== undefined) return { text: simple, length: 2 }
  unicodeEscape.lastIndex = offset
  const match = unicodeEscape.exec(text)
  if (!match) return `${quote(text.slice(offset, offset + 2))} is not an escape: \\n \\r \\t \\\\ \\' \\" or \\u{2603}`
  const value = Number.parseInt(match[1] ?? '', 16)
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return `${quote(match[0])} is not a Unicode character`
  return { text: String.fromCodePoint(value), length: match[0].length }
}

function readChar(text: string, start: number): WaveToken {
  const unit =
    text[start + 1] === "'" || text[start + 1] === '\n' ? 'a char holds one character' : readUnit(text, start + 1)
  if (typeof unit === 'string') return invalid(start, start + 1, unit)
  const end = start + 1 + unit.length
  if (text[end] !== "'") return invalid(start, start + 1, "a char is one character between ' and '")
  return { kind: 'char', start, end: end + 1, value: unit.text }
}

/** Characters that stand for themselves, in strings of any kind. */
const plain = /[^\\"\n\ud800-\udfff]+/y

function readString(text: string, start: number): WaveToken {
  const { value, end } = readUnits(text, start + 1, text.length, '"')
  if (typeof value !== 'string') return value
  if (text[end] === '"') return { kind: 'string', start, end: end + 1, value }
  return invalid(start, start + 1, 'a string ends with " on the same line; write \\n for a line break')
}

/** Characters and escapes up to `limit`, the end of the line or `stop`. */
function readUnits(
  text: string,
  start: number,
  limit: number,
  stop?: string,
): { readonly value: string | WaveToken; readonly end: number } {
  let value = ''
  let offset = start
  while (offset < limit && text[offset] !== '\n' && text[offset] !== stop) {
    plain.lastIndex = offset
    const chunk = plain.exec(text)?.[0]
    const unit = chunk === undefined ? readUnit(text, offset) : { text: chunk, length: chunk.length }
    if (typeof unit === 'string') return { value: invalid(offset, offset + 1, unit), end: offset }
    value += unit.text
    offset += unit.length
  }
  return { value, end: offset }
}

const opening = /"""\r?\n/y

/** The indentation of the closing quotes is taken from every line; the first and the last line break do not count. */
function readMultiline(text: string, start: number): WaveToken {
  opening.lastIndex = start
  const first = opening.exec(text)?.[0]
  if (first === undefined) return invalid(start, start + 3, 'a line break has to follow the opening """')
  const close = text.indexOf('"""', start + 3)
  if (close < 0) return invalid(start, start + 3, 'the closing """ is missing')
  const indentStart = text.lastIndexOf('\n', close) + 1
  const indent = text.slice(indentStart, close)
  if (indent.trimStart() !== '' || indent.includes('\t'))
    return invalid(close, close + 3, 'only spaces may stand in front of the closing """')
  const lines: string[] = []
  let offset = start + first.length
  while (offset < indentStart) {
    const lineEnd = text.indexOf('\n', offset)
    if (!text.startsWith(indent, offset))
      return invalid(offset, offset + 1, 'a line is indented less than the closing """')
    const { value } = readUnits(text, offset + indent.length, lineEnd)
    if (typeof value !== 'string') return value
    // A carriage return belongs to the line break; one that is meant is written as an escape.
    lines.push(text[lineEnd - 1] === '\r' ? value.slice(0, -1) : value)
    offset = lineEnd + 1
  }
  return { kind: 'string', start, end: close + 3, value: lines.join('\n') }
}

/** A rough highlighting for the time before the editor is there: words, strings, comments. One pass, no parser. */
export type TokenClass = 'keyword' | 'type' | 'string' | 'number' | 'function' | 'comment' | 'punctuation'

export type CodeLanguage = 'wit' | 'source' | 'plain'

export interface Token {
  readonly text: string
  readonly kind?: TokenClass
}

const witWords = new Set(
  'package world interface import export use as func static constructor resource record variant enum flags type include with async from'.split(
    ' ',
  ),
)
const witTypes = new Set(
  'bool s8 u8 s16 u16 s32 u32 s64 u64 f32 f64 char string list option result tuple borrow own future stream error-context map'.split(
    ' ',
  ),
)
const sourceWords = new Set(
  'abstract as async await break case catch class const continue debugger declare default delete do else enum export extends false finally for from function get if implements import in instanceof interface keyof let new null of private protected public readonly return satisfies set static super switch this throw true try type typeof undefined var void while yield'.split(
    ' ',
  ),
)

const wit =
  /(?<comment>\/\/.*|\/\*[^]*?(?:\*\/|$))|(?<word>%?[a-zA-Z][a-zA-Z0-9-]*)|(?<number>@?\d[\w.+-]*)|(?<punctuation>[{}()<>:;,=/@*]|->)|\s+|[^]/g
const source =
  /(?<comment>\/\/.*|\/\*[^]*?(?:\*\/|$))|(?<string>'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|`(?:[^`\\]|\\.)*`?)|(?<number>\b\d[\w.]*)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)|(?<punctuation>[{}()[\]<>:;,.=+*/?|&!%^~-])|\s+|[^]/gu

/** The text as lines of tokens. */
export function highlight(text: string, language: CodeLanguage): Token[][] {
  if (language === 'plain') return text.split('\n').map((line) => (line === '' ? [] : [{ text: line }]))
  const lines: Token[][] = [[]]
  for (const match of text.matchAll(language === 'wit' ? wit : source)) {
    const kind = kindOf(match, text, language)
    match[0].split('\n').forEach((part, index) => {
      if (index > 0) lines.push([])
      if (part !== '') lines.at(-1)?.push(kind === undefined ? { text: part } : { text: part, kind })
    })
  }
  return lines
}

function kindOf(match: RegExpMatchArray, text: string, language: 'wit' | 'source'): TokenClass | undefined {
  const { comment, string, number, word, punctuation } = match.groups ?? {}
  if (comment !== undefined) return 'comment'
  if (string !== undefined) return 'string'
  if (number !== undefined) return 'number'
  if (punctuation !== undefined) return 'punctuation'
  if (word === undefined) return undefined
  const after = text.slice((match.index ?? 0) + word.length)
  if (language === 'wit') {
    if (witTypes.has(word)) return 'type'
    if (/^\s*:\s*(?:static\s+|async\s+)*func\b/.test(after)) return 'function'
    return witWords.has(word) ? 'keyword' : undefined
  }
  if (sourceWords.has(word)) return 'keyword'
  if (/^[A-Z]/.test(word)) return 'type'
  return /^\s*\(/.test(after.slice(0, 8)) ? 'function' : undefined
}

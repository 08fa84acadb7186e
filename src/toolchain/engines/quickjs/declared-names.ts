/** What a module declares, as far as its text shows without a parser. Linear in the length of the text. */
export interface Declaration {
  readonly name: string
  /** Where the name stands, in UTF-16 code units. */
  readonly at: number
  /** `default`: exported, but not under its name. */
  readonly exported: boolean | 'default'
}

const word = '[\\w$\\u0080-\\uffff]'
const declaring = new RegExp(
  `(?:^|(?<![\\w$.])(export\\s+))(default\\s+)?(?:async\\s+)?(?:abstract\\s+)?(?:function\\b(?:\\s*\\*)?|(?:class|const|let|var)\\b)\\s*(${word}+)`,
  'gm',
)

/** What stands at the beginning of a line or behind `export`. */
export function declarationsOf(text: string): Declaration[] {
  return [...codeOf(text).matchAll(declaring)].map(({ 0: found, 1: keyword, 2: isDefault, 3: name = '', index }) => ({
    name,
    at: index + found.length - name.length,
    exported: isDefault === undefined ? keyword !== undefined : 'default',
  }))
}

/** Behind one of these, a slash begins a regular expression. */
const beforeRegExp =
  /(?:^|[([{,;:=!&|?+\-*%~^<>]|(?<![\w$.])(?:return|typeof|case|in|of|do|else|void|delete|throw))\s*$/

/** The text with spaces for its comments, strings, templates and regular expressions: all else is where it was. */
function codeOf(text: string): string {
  const parts: string[] = []
  let kept = 0
  /** How deep the braces were around each template that is written to. */
  const templates: number[] = []
  let depth = 0
  const blank = (from: number, to: number): number => {
    parts.push(text.slice(kept, from), text.slice(from, to).replaceAll(/[^\n]/g, ' '))
    kept = to
    return to
  }
  const interesting = /\/[/*]?|['"`{}]/g
  for (let found = interesting.exec(text); found; found = interesting.exec(text)) {
    const from = found.index
    switch (found[0]) {
      case '//':
        interesting.lastIndex = blank(from, after(/$/gm, text, from))
        break
      case '/*':
        interesting.lastIndex = blank(from, after(/\*\//g, text, from + 2))
        break
      case '/':
        if (beforeRegExp.test(text.slice(Math.max(kept, from - 20), from))) {
          interesting.lastIndex = blank(from, after(/(?:[^\\/[\n]+|\\.|\[(?:[^\\\]\n]+|\\.)*\]?)*\/?/y, text, from + 1))
        }
        break
      case '`':
        interesting.lastIndex = blank(from, afterTemplate(from + 1))
        break
      case '{':
        depth++
        break
      case '}':
        if (templates.at(-1) === depth) {
          templates.pop()
          depth--
          interesting.lastIndex = blank(from, afterTemplate(from + 1))
        } else depth--
        break
      default:
        interesting.lastIndex = blank(from, after(found[0] === '"' ? doubleQuoted : singleQuoted, text, from + 1))
    }
  }
  return parts.join('') + text.slice(kept)

  function afterTemplate(from: number): number {
    const end = after(/(?:[^\\`$]+|\\[^]|\$(?!\{))*(?:`|\$\{)?/y, text, from)
    if (text.startsWith('${', end - 2) && end - 2 >= from) templates.push(++depth)
    return end
  }
}

const doubleQuoted = /(?:[^\\"\n]+|\\[^])*"?/y
const singleQuoted = /(?:[^\\'\n]+|\\[^])*'?/y

/** The end of what is found from there on, or of the text. */
function after(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  const found = pattern.exec(text)
  return found ? found.index + found[0].length : text.length
}

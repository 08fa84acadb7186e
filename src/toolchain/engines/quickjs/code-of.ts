/** Behind one of these words, a slash begins a regular expression. */
const beforeValue = new Set(
  'return typeof instanceof case in of do else void delete throw new await yield default extends'.split(' '),
)
/** What stands in parentheses behind one of these is followed by a statement. */
const beforeStatement = new Set(['if', 'while', 'for', 'with'])

const token = /\/[/*]?|\+\+|--|['"`{}()]|[\w$\u0080-\uffff]+|[^\s\w$\u0080-\uffff]/g

let last = { text: '', code: '' }

/** The text with spaces for its comments, strings, templates and regular expressions: all else is where it was. */
export function codeOf(text: string): string {
  // Of one text, each of its problems asks.
  if (last.text !== text) last = { text, code: blanked(text) }
  return last.code
}

function blanked(text: string): string {
  const parts: string[] = []
  let kept = 0
  /** How deep the braces were around each template that is written to. */
  const templates: number[] = []
  let depth = 0
  /** Of each parenthesis that is open: whether a statement follows it. */
  const parentheses: boolean[] = []
  /** The word before, but not one behind a dot, which names a member. */
  let word = ''
  /** Whether a value ends here, which a slash divides. */
  let isValue = false
  const blank = (from: number, to: number): number => {
    parts.push(text.slice(kept, from), text.slice(from, to).replaceAll(/[^\n]/g, ' '))
    kept = to
    return to
  }
  token.lastIndex = 0
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const from = found.index
    const [sign] = found
    const before: string = word
    const wasValue: boolean = isValue
    word = ''
    isValue = false
    switch (sign) {
      case '//':
      case '/*':
        token.lastIndex = blank(from, sign === '//' ? after(/$/gm, text, from) : after(/\*\//g, text, from + 2))
        word = before
        isValue = wasValue
        break
      case '/':
        if (wasValue) break
        token.lastIndex = blank(from, after(/(?:[^\\/[\n]+|\\.|\[(?:[^\\\]\n]+|\\.)*\]?)*\/?/y, text, from + 1))
        isValue = true
        break
      case '`':
        token.lastIndex = blank(from, afterTemplate(from + 1))
        break
      case '{':
        depth++
        break
      case '}':
        if (templates.at(-1) === depth) {
          templates.pop()
          token.lastIndex = blank(from, afterTemplate(from + 1))
        } else isValue = true
        depth--
        break
      case '(':
        parentheses.push(beforeStatement.has(before))
        break
      case ')':
        isValue = parentheses.pop() !== true
        break
      case '++':
      case '--':
        isValue = wasValue
        break
      case '"':
      case "'":
        token.lastIndex = blank(from, after(sign === '"' ? doubleQuoted : singleQuoted, text, from + 1))
        isValue = true
        break
      case ']':
        isValue = true
        break
      default:
        if (!/[\w$\u0080-\uffff]/.test(sign)) break
        word = text[from - 1] === '.' ? '' : sign === 'await' && before === 'for' ? before : sign
        isValue = !beforeValue.has(word)
    }
  }
  return parts.join('') + text.slice(kept)

  /** What follows is written into it, or is behind its end. */
  function afterTemplate(from: number): number {
    const end = after(/(?:[^\\`$]+|\\[^]|\$(?!\{))*(?:`|\$\{)?/y, text, from)
    if (text.startsWith('${', end - 2) && end - 2 >= from) templates.push(++depth)
    else isValue = true
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

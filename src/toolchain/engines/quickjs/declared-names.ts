import { codeOf } from './code-of.ts'

/** What a module declares, as far as its text shows without a parser. Linear in the length of the text. */
export interface Declaration {
  readonly name: string
  /** Where the name stands, in UTF-16 code units. */
  readonly at: number
  /** `default`: exported, but not under its name. */
  readonly exported: boolean | 'default'
  /** It is another module's. */
  readonly imported: boolean
}

const word = '[\\w$\\u0080-\\uffff]'
const interesting = new RegExp(
  `[{}]|^import\\b|(?:^|(?<![\\w$.])(export\\s+))(default\\s+)?(?:async\\s+)?(?:abstract\\s+)?(?:function\\b(?:\\s*\\*)?|(?:class|const|let|var)\\b)\\s*(${word}+)`,
  'gm',
)

/** What stands at the beginning of a line or behind `export`, not in braces. */
export function declarationsOf(text: string): Declaration[] {
  const code = codeOf(text)
  const declarations: Declaration[] = []
  let depth = 0
  for (const { 0: found, 1: keyword, 2: isDefault, 3: name = '', index } of code.matchAll(interesting)) {
    if (found === '{') depth++
    else if (found === '}') depth = Math.max(0, depth - 1)
    else if (depth > 0) continue
    else if (found === 'import') declarations.push(...importsOf(code, index + found.length))
    else {
      const exported = isDefault === undefined ? keyword !== undefined : 'default'
      declarations.push({ name, at: index + found.length - name.length, exported, imported: false })
    }
  }
  return declarations
}

const part = new RegExp(`\\s*(${word}+|[{},*])`, 'y')

/** The names that an import gives what it imports, but not types: `import a, { b, c as d, type E } from`. */
function importsOf(code: string, from: number): Declaration[] {
  const names: Declaration[] = []
  /** The last of these words is the name. */
  let last: Declaration | undefined
  let isType = false
  let inside = false
  const end = (): void => {
    if (last && !isType) names.push(last)
    last = undefined
    isType = false
  }
  part.lastIndex = from
  for (let found = part.exec(code); found; found = part.exec(code)) {
    const [, sign = ''] = found
    if (sign === '{' || sign === '*') {
      if (last) return []
      inside = sign === '{'
    } else if (sign === '}' || sign === ',') {
      end()
      inside &&= sign === ','
    } else if (sign === 'from' && !inside) {
      end()
      return names
    } else if (sign === 'import' || sign === 'export') return []
    else {
      isType ||= last?.name === 'type' && sign !== 'as'
      last = { name: sign, at: part.lastIndex - sign.length, exported: false, imported: true }
    }
  }
  return []
}

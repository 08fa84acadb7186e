import type { Token } from './strip.ts'

const values = new Set(['const', 'let', 'var', 'function', 'class', 'enum', 'async', 'abstract'])

export interface Unsupported {
  readonly token: Token
  readonly message: string
  readonly next: string
}

/**
 * TypeScript that has a meaning at run time and that the compiler would drop or turn into CommonJS: namespaces with
 * values, `import x = require(…)` and `export =`.
 */
export function unsupportedSyntax(tokens: readonly Token[]): Unsupported | undefined {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]
    const before = tokens[index - 1]?.text
    if (before === '.' || before === '?.') continue
    if ((token.text === 'namespace' || token.text === 'module') && before !== 'declare' && next?.kind === 'name') {
      if (!namespaceHasValues(tokens, index + 2)) continue
      return {
        token,
        message: `The namespace ${next.text} has values, and namespaces are only for types here.`,
        next: 'Move it to its own file and import that.',
      }
    }
    if (token.text === 'import' && next?.kind === 'name' && tokens[index + 2]?.text === '=') {
      return { token, message: '"import … =" is not supported.', next: 'Write import … from instead.' }
    }
    if (token.text === 'export' && next?.text === '=') {
      return { token, message: '"export =" is not supported.', next: 'Write export default instead.' }
    }
  }
  return undefined
}

/** Reads from after the name to the end of the body. */
function namespaceHasValues(tokens: readonly Token[], start: number): boolean {
  let depth = 0
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at]
    if (token === undefined) return false
    if (depth === 0 && token.text !== '{' && token.text !== '.' && token.kind !== 'name') return false
    if (token.text === '{') depth += 1
    if (token.text === '}') {
      depth -= 1
      if (depth === 0) return false
    }
    if (depth === 1 && values.has(token.text) && tokens[at - 1]?.text !== 'declare') return true
  }
  return false
}

import { alignColumns } from './alignment.ts'
import { lineStarts, positionAt } from './position.ts'
import type { Position, SourceError } from './position.ts'
import { stripTypes } from './strip.ts'
import type { KeptToken, StrippedModule } from './strip.ts'
import { unsupportedSyntax } from './unsupported.ts'

/** One source file with its types removed. */
export interface CompiledModule {
  readonly code: string
  readonly imports: readonly ImportSpecifier[]
  /** Whether it names `URL` or `URLSearchParams` as code, and not as a property of something else. */
  readonly usesUrl: boolean
}

export interface ImportSpecifier extends Position {
  readonly specifier: string
  /** Offset in `code` of the literal with its quotes, and its length. */
  readonly offset: number
  readonly length: number
  /** The text after the literal that says how to read the module: `with { type: 'json' }`. */
  readonly attributes?: { readonly offset: number; readonly length: number }
}

export type ModuleOutcome =
  | { readonly ok: true; readonly module: CompiledModule }
  | { readonly ok: false; readonly error: SourceError }

/**
 * Removes the types of one module and leaves every token where it was. Imports that only serve types are removed, as
 * TypeScript removes them; those of a JavaScript file stay.
 */
export function compileModule(path: string, text: string): ModuleOutcome {
  const typescript = /\.[cm]?ts$/.test(path)
  let stripped: StrippedModule
  try {
    stripped = stripTypes(text, typescript)
  } catch (thrown) {
    return { ok: false, error: syntaxError(thrown, text) }
  }
  const starts = lineStarts(text)
  const unsupported = typescript ? unsupportedSyntax(stripped.tokens) : undefined
  if (unsupported !== undefined) {
    const { token, message, next } = unsupported
    return { ok: false, error: { ...positionAt(starts, token.start), length: token.text.length, message, next } }
  }
  const { code, kept } = alignColumns(stripped, text)
  return { ok: true, module: { code, imports: readImports(kept, starts), usesUrl: usesUrl(kept) } }
}

/** The specifiers of `import … from 'x'`, `import 'x'`, `export … from 'x'` and `import('x')`. */
function readImports(tokens: readonly KeptToken[], starts: readonly number[]): ImportSpecifier[] {
  const found: ImportSpecifier[] = []
  const add = (index: number) => {
    const token = tokens[index]
    if (token === undefined) return
    const { offset, start, text } = token
    const attributes = readAttributes(tokens, index + 1)
    found.push({
      specifier: unquote(text),
      offset,
      length: text.length,
      ...positionAt(starts, start),
      ...(attributes === undefined ? {} : { attributes }),
    })
  }
  const isString = (index: number) => tokens[index]?.kind === 'string'
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]?.text
    if (before === '.' || before === '?.') continue
    if (token.text === 'import') {
      if (isString(index + 1)) add(index + 1)
      else if (tokens[index + 1]?.text === '(' && isString(index + 2)) add(index + 2)
    } else if (token.text === 'from' && isString(index + 1) && endsBindings(tokens, index)) add(index + 1)
  }
  return found
}

/** Whether the `from` at `index` follows the bindings of an import or export: `}`, `* as name`, `*` or a name. */
function endsBindings(tokens: readonly KeptToken[], index: number): boolean {
  for (let at = index - 1; at >= 0; at--) {
    const { text, kind } = tokens[at] ?? { text: '', kind: 'other' }
    if (text === 'import' || text === 'export') return true
    if (kind === 'other' && !/^(?:[{},*]|\p{ID_Start}+)$/u.test(text)) return false
  }
  return false
}

/** `with { type: 'json' }` from `index` on. */
function readAttributes(tokens: readonly KeptToken[], index: number): ImportSpecifier['attributes'] {
  const start = tokens[index]
  if (start?.text !== 'with' || tokens[index + 1]?.text !== '{') return undefined
  const end = tokens.slice(index, index + 16).find((token) => token.text === '}')
  return end === undefined ? undefined : { offset: start.offset, length: end.offset + 1 - start.offset }
}

/** The value of a string literal, escapes resolved; specifiers hardly ever have any. */
function unquote(literal: string): string {
  const inner = literal.slice(1, -1)
  if (!inner.includes('\\')) return inner
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\}|([^]))/g,
    (_, x, u, braces, char) =>
      char === undefined ? String.fromCodePoint(Number.parseInt(x ?? u ?? braces, 16)) : String(char),
  )
}

function usesUrl(tokens: readonly KeptToken[]): boolean {
  return tokens.some(({ text, kind }, index) => {
    if (kind !== 'name' || (text !== 'URL' && text !== 'URLSearchParams')) return false
    const before = tokens[index - 1]?.text
    // A property name: `{ URL: 1 }`.
    if (tokens[index + 1]?.text === ':' && (before === '{' || before === ',')) return false
    return (before !== '.' && before !== '?.') || tokens[index - 2]?.text === 'globalThis'
  })
}

/** What sucrase throws: a message that ends with `(line:column)`, and the place beside it. */
function syntaxError(thrown: unknown, text: string): SourceError {
  if (thrown instanceof RangeError) {
    return { line: 1, column: 1, message: 'The source is nested too deeply to be read.', next: 'Split the expression.' }
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const [, line, column] = /\((\d+):(\d+)\)\s*$/.exec(message) ?? []
  const at = { line: Number(line ?? 1), column: Number(column ?? 1) }
  const rest = (text.split('\n')[at.line - 1] ?? '').slice(at.column - 1)
  const found = /^[\p{ID_Continue}$]+|^\S/u.exec(rest)?.[0]
  const said = message.replace(/\s*\(\d+:\d+\)\s*$/, '')
  const expected = /expected "(.+)"/.exec(said)?.[1]
  if (said.startsWith('Unexpected token') && expected !== undefined) {
    return {
      ...at,
      message: `Expected "${expected}" ${found === undefined ? 'here' : `before "${found}"`}.`,
      next: fix,
    }
  }
  if (said.startsWith('Unexpected token')) {
    const what = found === undefined ? 'The line ends where more was expected' : `"${found}" cannot stand here`
    return { ...at, message: `${what}.`, next: fix }
  }
  return { ...at, message: `${said.replace(/\.$/, '')}.`, next: fix }
}

const fix = 'Correct the syntax and run again.'

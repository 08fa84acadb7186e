import type { ModuleOutcome } from './module.ts'
import { lineStarts, positionAt } from './position.ts'

/**
 * A JSON file as a module with one default export. The text is parsed where the module runs: as JavaScript it would not
 * mean the same, since `__proto__` sets the prototype there. https://tc39.es/proposal-json-modules/
 */
export function jsonModule(path: string, text: string): ModuleOutcome {
  try {
    JSON.parse(text)
    return {
      ok: true,
      module: { code: `export default JSON.parse(${JSON.stringify(text)})`, imports: [], usesUrl: false },
    }
  } catch {
    const offset = jsonErrorOffset(text) ?? 0
    const found = text.charAt(offset)
    const next =
      found === '' ? 'Complete it: it ends too early.' : `Correct it: ${JSON.stringify(found)} cannot stand here.`
    return {
      ok: false,
      error: { ...positionAt(lineStarts(text), offset), message: `${path} is not JSON.`, next },
    }
  }
}

const space = /[ \t\n\r]*/y
// oxlint-disable-next-line no-control-regex -- they are what JSON leaves out of strings
const string = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y
const scalar = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y

/**
 * Where a text stops being JSON; undefined where it is JSON. What `JSON.parse` says of the place differs from browser to
 * browser, and some say nothing. https://www.rfc-editor.org/rfc/rfc8259#section-2
 */
export function jsonErrorOffset(text: string): number | undefined {
  let at = 0
  const skip = (token: RegExp): boolean => {
    token.lastIndex = at
    if (!token.test(text)) return false
    at = token.lastIndex
    return true
  }
  const take = (character: string): boolean => {
    skip(space)
    if (text[at] !== character) return false
    at += 1
    return true
  }
  /** The brackets that close what is open, the innermost last. */
  const open: ('}' | ']')[] = []
  const key = (): boolean => {
    skip(space)
    return skip(string) && take(':')
  }
  for (;;) {
    skip(space)
    let isValue = true
    if (take('{')) {
      open.push('}')
      isValue = take('}')
      if (isValue) open.pop()
      else if (!key()) return at
    } else if (take('[')) {
      open.push(']')
      isValue = take(']')
      if (isValue) open.pop()
    } else if (!skip(string) && !skip(scalar)) return at
    if (!isValue) continue
    // A value is complete: what is around it may be, too.
    for (;;) {
      const end = open.at(-1)
      if (end === undefined) {
        skip(space)
        return at === text.length ? undefined : at
      }
      if (take(end)) open.pop()
      else if (!take(',')) return at
      else if (end === '}' && !key()) return at
      else break
    }
  }
}

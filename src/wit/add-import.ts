import type { TextEdit } from './text.ts'
import type { World } from './tree.ts'
import { openSource } from './packages.ts'
import { applyEdits } from './text.ts'
import { listWorlds } from './worlds.ts'

/** A file with its new text. */
export interface WitEdit {
  readonly path: string
  readonly text: string
}

/**
 * Has a world import an interface, `wasi:cli/stdout@0.2.12`, or export it. A line of its own at the start of the world or
 * at its end, indented like what is there. Undefined where there is no such world, or where it has the line already.
 */
export function addImport(
  files: Readonly<Record<string, string>>,
  world: string,
  name: string,
  kind: 'import' | 'export' = 'import',
): WitEdit | undefined {
  const listed = listWorlds(files).find((each) => each.name === world)
  if (listed === undefined) return undefined
  const text = files[listed.file] ?? ''
  const { file } = openSource(listed.file, text, 'root').parsed
  const found = file.items.find((item) => item.kind === 'world' && item.name.text === world)
  const edit = found?.kind === 'world' ? lineInWorld(text, found, kind, name) : undefined
  return edit && { path: listed.file, text: applyEdits(text, [edit]) }
}

/**
 * Writes `import name;` at the start of a world or `export name;` at its end, indented like what is there. Undefined where
 * the world has the line already, or no body.
 */
export function lineInWorld(
  text: string,
  { items, body, start: from }: World,
  kind: 'import' | 'export',
  name: string,
): TextEdit | undefined {
  const line = `${kind} ${name};`
  if (items.some((item) => text.slice(item.start, item.end).replaceAll(/\s+/g, ' ') === line)) return undefined
  const open = text.indexOf('{', body.start)
  const close = body.end - 1
  if (open < 0 || open >= close || text[close] !== '}') return undefined
  const lineStart = text.lastIndexOf('\n', from) + 1
  const [outer = ''] = /^[ \t]*/.exec(text.slice(lineStart)) ?? []
  const [, inner = `${outer}  `] = /^[ \t]*\r?\n([ \t]+)\S/.exec(text.slice(open + 1, body.end)) ?? []
  if (kind === 'export') {
    const before = text.slice(open + 1, close).trimEnd()
    return { start: open + 1 + before.length, end: close, text: `\n${inner}${line}\n${outer}` }
  }
  const rest = text.slice(open + 1)
  if (/^[ \t]*(?:\r?\n|\/\/)/.test(rest)) return { start: open + 1, end: open + 1, text: `\n${inner}${line}` }
  const [blank = ''] = /^\s*/.exec(rest) ?? []
  const next = open + 1 + blank.length
  return { start: open + 1, end: next, text: `\n${inner}${line}\n${next === close ? outer : inner}` }
}

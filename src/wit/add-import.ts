import { openSource } from './packages.ts'
import { listWorlds } from './worlds.ts'

/** A file with its new text. */
export interface WitEdit {
  readonly path: string
  readonly text: string
}

/**
 * Has a world import an interface: `wasi:cli/stdout@0.2.12`. A line of its own at the start of the world, indented like
 * what follows it. Undefined where there is no such world, or where it has the line already.
 */
export function addImport(files: Readonly<Record<string, string>>, world: string, name: string): WitEdit | undefined {
  const listed = listWorlds(files).find((each) => each.name === world)
  if (listed === undefined) return undefined
  const text = files[listed.file] ?? ''
  const { file } = openSource(listed.file, text, 'root').parsed
  const found = file.items.find((item) => item.kind === 'world' && item.name.text === world)
  if (found?.kind !== 'world') return undefined
  const line = `import ${name};`
  const { start, end } = found.body
  if (found.items.some((item) => text.slice(item.start, item.end).replaceAll(/\s+/g, ' ') === line)) return undefined
  const open = text.indexOf('{', start)
  if (open < 0 || open >= end) return undefined
  const lineStart = text.lastIndexOf('\n', found.start) + 1
  const [outer = ''] = /^[ \t]*/.exec(text.slice(lineStart)) ?? []
  const [, inner = `${outer}  `] = /^[ \t]*\r?\n([ \t]+)\S/.exec(text.slice(open + 1, end)) ?? []
  const rest = text.slice(open + 1)
  const follows = /^[ \t]*(?:\r?\n|\/\/)/.test(rest)
    ? rest
    : `\n${/^\s*\}/.test(rest) ? outer : inner}${rest.trimStart()}`
  return { path: listed.file, text: `${text.slice(0, open + 1)}\n${inner}${line}${follows}` }
}

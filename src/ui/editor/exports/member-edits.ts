import type * as typescript from 'typescript'
import type { Edit } from './import-names.ts'
import { indented } from './skeleton.ts'

/**
 * Puts members, each on lines of its own, behind those that an object or a class has. What is written there stays,
 * comments too: only white space before the brace at `close` gives way. `comma`: what the last one lacks.
 */
export function inserted(
  { text }: typescript.SourceFile,
  present: typescript.NodeArray<typescript.Node>,
  close: number,
  members: readonly string[],
  comma: string,
): Edit[] {
  const margin = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', close) + 1))?.[0] ?? ''
  const last = present.at(-1)
  const at = last ? Math.max(last.end, present.hasTrailingComma ? present.end : 0) : present.pos
  const start = at + text.slice(at, close).trimEnd().length
  const isOpen = text.slice(start, close).includes('\n')
  const code = members
    .map((each, index) => `\n${indented(last || index > 0 ? each : each.replace(/^\n/, ''))}`)
    .join('')
  const lines = `${code}${isOpen ? '' : '\n'}`.replaceAll(/\n(?=.)/g, `\n${margin}`)
  const missing = last && !present.hasTrailingComma ? comma : ''
  const edit = { start, end: isOpen ? start : close, text: lines + (isOpen ? '' : margin) }
  if (missing === '') return [edit]
  return start === at ? [{ ...edit, text: missing + edit.text }] : [{ start: at, end: at, text: missing }, edit]
}

import type { Fix } from '../../contract/fault.ts'
import { markOf } from '../../contract/text-mark.ts'
import { addImport } from '../../wit/add-import.ts'
import { lineStarts, positionAt } from '../../wit/text.ts'

/** Has a world import an interface, as one insertion into the file that has the world. */
export function importFix(wit: Readonly<Record<string, string>>, world: string, full: string): Fix | undefined {
  const edit = addImport(wit, world, full)
  const before = edit && wit[edit.path]
  if (edit === undefined || before === undefined) return undefined
  let from = 0
  while (from < before.length && before[from] === edit.text[from]) from++
  let kept = 0
  const most = Math.min(before.length, edit.text.length) - from
  while (kept < most && before.at(-1 - kept) === edit.text.at(-1 - kept)) kept++
  const starts = lineStarts(before)
  const begin = positionAt(starts, from)
  const end = positionAt(starts, before.length - kept)
  const place = { file: edit.path, ...begin, endLine: end.line, endColumn: end.column }
  const text = edit.text.slice(from, edit.text.length - kept)
  return { title: `Import ${full}`, mark: markOf(before), edits: [{ place, text }] }
}

import type { Fix } from '../../contract/fault.ts'
import { markOf } from '../../contract/text-mark.ts'
import type { WitEdit } from '../../wit/add-import.ts'
import { lineStarts, positionAt } from '../../wit/text.ts'

/** The import of an interface as one insertion into the text that was there `before`. */
export function importFix(before: string, edit: WitEdit, full: string): Fix {
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

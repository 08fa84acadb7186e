import type { Fix, Place } from '../contract/fault.ts'
import type { Project } from '../project/project.ts'
import { lineStarts, type Span } from '../wit/text.ts'

/** The file that a fix changes, with its new text; undefined where it is not the text that the fix was made for. */
export function mended(
  files: Project['files'],
  fix: Fix,
): { readonly file: string; readonly text: string } | undefined {
  const file = fix.edits[0]?.place.file ?? ''
  const text = files[file]
  if (text === undefined || text.length !== fix.length) return undefined
  const starts = lineStarts(text)
  const edits = fix.edits
    .map((edit) => ({ ...spanOf(edit.place, starts), insert: edit.text }))
    // Later ones first, so that the places of the others stay.
    .toSorted((a, b) => b.start - a.start)
  if (edits.some(({ start, end }) => !(start <= end && end <= text.length))) return undefined
  let changed = text
  for (const { start, end, insert } of edits) changed = changed.slice(0, start) + insert + changed.slice(end)
  return { file, text: changed }
}

const spanOf = ({ line, column, endLine = line, endColumn = column }: Place, starts: readonly number[]): Span => ({
  start: (starts[line - 1] ?? Infinity) + column - 1,
  end: (starts[endLine - 1] ?? Infinity) + endColumn - 1,
})

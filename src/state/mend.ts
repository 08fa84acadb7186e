import type { Fix, Place } from '../contract/fault.ts'
import { markOf } from '../contract/text-mark.ts'
import type { Project } from '../project/project.ts'
import { applyEdits, lineStarts, type Span } from '../wit/text.ts'

/** The file that a fix changes, with its new text; undefined where it is not the text that the fix was made for. */
export function mended(
  files: Project['files'],
  fix: Fix,
): { readonly file: string; readonly text: string } | undefined {
  const file = fix.edits[0]?.place.file ?? ''
  const text = files[file]
  if (text === undefined || markOf(text) !== fix.mark) return undefined
  const starts = lineStarts(text)
  const edits = fix.edits.map(({ place, text: insert }) => ({ ...spanOf(place, starts), text: insert }))
  if (edits.some(({ start, end }) => !(start <= end && end <= text.length))) return undefined
  return { file, text: applyEdits(text, edits) }
}

const spanOf = ({ line, column, endLine = line, endColumn = column }: Place, starts: readonly number[]): Span => ({
  start: (starts[line - 1] ?? Infinity) + column - 1,
  end: (starts[endLine - 1] ?? Infinity) + endColumn - 1,
})

import type { Fix, Place } from '../contract/fault.ts'
import type { Project } from '../project/project.ts'
import { lineStarts, type Span } from '../wit/text.ts'

/** The files that a fix changes, with their new texts. Files that are not there, and places outside of them, stay. */
export function mended(files: Project['files'], { edits }: Fix): Readonly<Record<string, string>> {
  const changed: Record<string, string> = {}
  for (const file of new Set(edits.map(({ place }) => place.file))) {
    const text = files[file]
    if (text === undefined) continue
    const starts = lineStarts(text)
    const spans = edits
      .filter(({ place }) => place.file === file)
      .map(({ place, text: insert }) => ({ ...spanOf(place, starts), insert }))
      .filter(({ start, end }) => start <= end && end <= text.length)
      // Later ones first, so that the places of the others stay.
      .toSorted((a, b) => b.start - a.start)
    let result = text
    for (const { start, end, insert } of spans) result = result.slice(0, start) + insert + result.slice(end)
    changed[file] = result
  }
  return changed
}

const spanOf = ({ line, column, endLine = line, endColumn = column }: Place, starts: readonly number[]): Span => ({
  start: (starts[line - 1] ?? Infinity) + column - 1,
  end: (starts[endLine - 1] ?? Infinity) + endColumn - 1,
})

import type { Place } from '../contract/fault.ts'

/** A half-open range of UTF-16 code units in one file's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Writes something in the place of a span. */
export interface TextEdit extends Span {
  readonly text: string
}

/** A change of the file with the problem that mends it. */
export interface TextFix {
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/** The text with all of these edits, whose places are those of the text as it is; they do not overlap. */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string => {
  const parts: string[] = []
  let end = 0
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    parts.push(text.slice(end, edit.start), edit.text)
    end = edit.end
  }
  return parts.join('') + text.slice(end)
}

/** Something wrong in one file, before it is turned into a `Diagnostic`. */
export interface Problem extends Span {
  readonly message: string
  readonly next: string
  readonly fixes?: readonly TextFix[]
}

/** Start offsets of the lines of a text: the basis of every place shown to people. */
export const lineStarts = (text: string): readonly number[] => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

export interface Position {
  readonly line: number
  readonly column: number
}

/** Line and column, both from 1, of an offset. */
export const positionAt = (starts: readonly number[], offset: number): Position => {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

export const placeOf = (file: string, starts: readonly number[], span: Span): Place => {
  const from = positionAt(starts, span.start)
  const to = positionAt(starts, span.end)
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

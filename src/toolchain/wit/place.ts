import type { Place } from '../../contract/fault.ts'

/** `count` lines of an assembled text, from `firstLine`, are the lines of `file` from its first. */
export interface LineOrigin {
  readonly firstLine: number
  readonly count: number
  readonly file: string
}

export function placeInLines(lines: readonly LineOrigin[], line: number, column: number): Place | undefined {
  const origin = lines.find(({ firstLine, count }) => line >= firstLine && line < firstLine + count)
  return origin === undefined ? undefined : { file: origin.file, line: line - origin.firstLine + 1, column }
}

/** The place of the text between two offsets. */
export function placeAt(file: string, text: string, start: number, end: number): Place {
  const from = lineAndColumn(text, start)
  const to = lineAndColumn(text, end)
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

/** Line and column of an offset, both from 1. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

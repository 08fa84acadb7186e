import type { Place } from '../../contract/fault.ts'

/** The place of the text between two offsets. */
export function placeAt(file: string, text: string, start: number, end: number): Place {
  const from = lineAndColumn(text, start)
  const to = lineAndColumn(text, end)
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

/** Line and column of an offset, both from 1. */
function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

import type { Place } from '../../../contract/fault.ts'

/** A line of a stack: the function, and where it was; any other line is only its text. */
export interface Frame {
  readonly text: string
  readonly place?: Place
}

/** Reads `    at total (lib/cart.ts:12:10)`, `    at main.ts:3:1` and whatever else there is between them. */
export function stackOf(detail: string): Frame[] {
  return detail
    .replace(/\s+$/, '')
    .split('\n')
    .map((line) => {
      const [, name = '', file = '', row, column] = /^\s*at (?:(.*?) \()?([^()\s]+):(\d+):(\d+)\)?\s*$/.exec(line) ?? []
      if (file === '') return { text: line }
      const text = name === '' || name === '<anonymous>' ? '(top level)' : name
      return { text, place: { file, line: Number(row), column: Number(column) } }
    })
}

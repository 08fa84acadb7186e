/** Line and column from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface SourceError extends Position {
  readonly message: string
  readonly next: string
  readonly length?: number
}

/** Offsets at which the lines of a text begin. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/** Positions of offsets that never go back, in one pass over the text. */
export class PositionReader {
  private readonly text: string
  private line = 1
  private lineStart = 0
  private lineEnd: number

  constructor(text: string) {
    this.text = text
    this.lineEnd = text.indexOf('\n')
  }

  next(offset: number): Position {
    while (this.lineEnd !== -1 && this.lineEnd < offset) {
      this.line += 1
      this.lineStart = this.lineEnd + 1
      this.lineEnd = this.text.indexOf('\n', this.lineStart)
    }
    return { line: this.line, column: offset - this.lineStart + 1 }
  }
}

import type { OutputLog, OutputPiece } from './output.ts'

export interface OutputLine {
  readonly stream: OutputPiece['stream']
  readonly phase: OutputPiece['phase']
  readonly text: string
}

/** How much of a log is drawn. In UTF-16 code units, except the number of lines. */
export interface Window {
  readonly lines: number
  /** A line that is longer is cut, and says so. */
  readonly width: number
  /** Of all lines together; at least one line is drawn. */
  readonly characters: number
}

/** The last lines of a log that the window has room for, before those that are skipped at its end. */
export function lastLines(
  pieces: OutputLog['pieces'],
  { lines: count, width, characters }: Window,
  skip = 0,
): { lines: OutputLine[]; more: boolean } {
  const lines: OutputLine[] = []
  let room = characters
  let skipped = 0
  for (let index = pieces.length - 1; index >= 0; index--) {
    const piece = pieces[index]
    if (!piece) break
    let end = piece.text.endsWith('\n') ? piece.text.length - 1 : piece.text.length
    for (;;) {
      if (lines.length === count || room <= 0) return { lines: lines.toReversed(), more: true }
      // `lastIndexOf` with a negative position would look at index 0.
      const start = end === 0 ? 0 : piece.text.lastIndexOf('\n', end - 1) + 1
      if (skipped < skip) {
        skipped++
        if (start === 0) break
        end = start - 1
        continue
      }
      const long = end - start > width
      const text = long
        ? `${piece.text.slice(start, start + width)}… (${end - start} characters)`
        : piece.text.slice(start, end)
      room -= text.length
      lines.push({ stream: piece.stream, phase: piece.phase, text })
      if (start === 0) break
      end = start - 1
    }
  }
  return { lines: lines.toReversed(), more: false }
}

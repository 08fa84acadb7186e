import type { OutputChunk } from '../runner/runner.ts'

/** Text of one stream and one phase, possibly of several lines, in the order in which it was written. */
export interface OutputPiece {
  /** `stdin`: what was typed. */
  readonly stream: OutputChunk['stream'] | 'stdin'
  readonly phase: OutputChunk['phase']
  readonly text: string
}

export interface OutputLog {
  readonly pieces: readonly OutputPiece[]
  /** UTF-16 code units in `pieces`. */
  readonly length: number
  /** The same in bytes of UTF-8. */
  readonly bytes: number
  /** Bytes that the guest wrote and that are not in `pieces`: exact. */
  readonly dropped: number
  /** The result that somebody cleared away with what was written before it. */
  readonly without?: number | undefined
}

export const emptyOutput: OutputLog = { pieces: [], length: 0, bytes: 0, dropped: 0 }

/** Kept at most; the oldest goes first. */
export const outputLimits = { characters: 4 * 1024 * 1024, pieces: 8192, pieceCharacters: 64 * 1024 } as const

const encoder = new TextEncoder()
const bytesOf = (text: string): number => encoder.encode(text).length

type Written = OutputPiece & Pick<OutputChunk, 'dropped'>

export function appendOutput(log: OutputLog, chunks: readonly Written[]): OutputLog {
  let { length, bytes, dropped } = log
  if (chunks.every(({ text }) => text === '')) {
    // The same pieces: nobody has to draw them again.
    for (const { dropped: lost } of chunks) dropped += lost
    return { ...log, dropped }
  }
  const pieces = [...log.pieces]
  for (const { stream, phase, text, dropped: lost } of chunks) {
    dropped += lost
    if (text === '') continue
    length += text.length
    bytes += bytesOf(text)
    const last = pieces.at(-1)
    if (last?.stream === stream && last.phase === phase && last.text.length < outputLimits.pieceCharacters) {
      pieces[pieces.length - 1] = { stream, phase, text: last.text + text }
    } else {
      pieces.push({ stream, phase, text })
    }
  }
  if (length <= outputLimits.characters && pieces.length <= outputLimits.pieces)
    return { pieces, length, bytes, dropped }

  // A quarter more than needed goes at once, so that a flood does not come here with every chunk.
  const keptPieces = Math.ceil(outputLimits.pieces * 0.75)
  const drop = (count: number): void => {
    bytes -= count
    dropped += count
  }
  let first = 0
  while (first < pieces.length - 1 && (length > outputLimits.characters || pieces.length - first > keptPieces)) {
    const text = pieces[first]?.text ?? ''
    length -= text.length
    drop(bytesOf(text))
    first++
  }
  const kept = pieces.slice(first)
  const only = kept[0]
  if (only && length > outputLimits.characters) {
    const cut = cutAt(only.text, only.text.length - outputLimits.characters)
    drop(bytesOf(only.text.slice(0, cut)))
    length -= cut
    kept[0] = { ...only, text: only.text.slice(cut) }
  }
  return { pieces: kept, length, bytes, dropped }
}

/** An index at or after `index` that is not in the middle of a surrogate pair. */
function cutAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code >= 0xdc00 && code <= 0xdfff ? index + 1 : index
}

export const outputText = (log: OutputLog): string => log.pieces.map((piece) => piece.text).join('')

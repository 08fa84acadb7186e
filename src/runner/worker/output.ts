import { atOnce } from '../protocol.ts'
import type { OutputChunk } from '../runner.ts'

export type StreamName = OutputChunk['stream']

export interface Output {
  /** When the text is written, for the chunks from now on. */
  phase: OutputChunk['phase']
  write(stream: StreamName, bytes: Uint8Array): void
  /** Posts everything that is still here. */
  flush(): void
}

export interface OutputOptions {
  /** Bytes that are kept in a run, over all streams. */
  readonly capBytes: number
  /** Takes what one message carries, in the order in which it was written. */
  readonly post: (chunks: readonly OutputChunk[]) => void
  /** Milliseconds. */
  readonly now: () => number
}

/** Bytes of one message. */
const joinedBytes = 64 * 1024
/**
 * Changes between streams that one message tells. What is written after more of them is joined by stream: nobody reads
 * such a flood, and the page has to take every piece.
 */
const mostPieces = 512
/** How many messages that may go out at once a millisecond brings back. Beyond them, output waits to be joined. */
const perMillisecond = 0.1
/** Between two messages that only say how much was dropped. */
const dropNews = 100

interface Piece {
  readonly stream: StreamName
  text: string
}

/**
 * Counts, joins, cuts and drops what a guest writes, inside the worker: one message for each write would stall the page.
 * A few writes go out at once, so that what was printed before an endless loop is seen; many are joined into messages
 * of 64 KiB. What exceeds the cap is counted and dropped.
 */
export const createOutput = ({ capBytes, post, now }: OutputOptions): Output => {
  /** A character may be split between two writes; the decoder of a stream keeps its first bytes for the next time. */
  const decoders = new Map<StreamName, TextDecoder>()
  let pieces: Piece[] = []
  let joined = 0
  let dropped = 0
  let kept = 0
  let tokens: number = atOnce.output
  let refilledAt = now()
  let droppedAt = 0
  let phase: OutputChunk['phase'] = 'run'

  const decoderOf = (stream: StreamName): TextDecoder => {
    const decoder = decoders.get(stream) ?? new TextDecoder('utf-8', { ignoreBOM: true })
    decoders.set(stream, decoder)
    return decoder
  }

  const pieceOf = (stream: StreamName): Piece => {
    const last = pieces.at(-1)
    if (last?.stream === stream) return last
    const known = pieces.length < mostPieces ? undefined : pieces.findLast((piece) => piece.stream === stream)
    if (known) return known
    const piece = { stream, text: '' }
    pieces.push(piece)
    return piece
  }

  const send = (stream: StreamName): void => {
    const chunks = pieces.flatMap((piece) => (piece.text === '' ? [] : [{ ...piece, phase, dropped: 0 }]))
    const last = chunks.pop() ?? { stream, phase, text: '', dropped: 0 }
    if (last.text !== '' || dropped > 0) {
      tokens--
      post([...chunks, { ...last, dropped }])
    }
    pieces = []
    joined = 0
    dropped = 0
  }

  const mayPost = (): boolean => {
    if (tokens >= 1) return true
    const time = now()
    tokens = Math.min(atOnce.output, tokens + (time - refilledAt) * perMillisecond)
    refilledAt = time
    return tokens >= 1
  }

  const keep = (stream: StreamName, bytes: Uint8Array): void => {
    let rest = bytes
    while (rest.length > 0) {
      if (joined >= joinedBytes) send(stream)
      const part = rest.subarray(0, joinedBytes - joined)
      pieceOf(stream).text += decoderOf(stream).decode(part, { stream: true })
      joined += part.length
      rest = rest.subarray(part.length)
    }
  }

  return {
    get phase() {
      return phase
    },
    set phase(next) {
      if (next === phase) return
      send('stdout')
      phase = next
    },
    write: (stream, bytes) => {
      if (bytes.length === 0) return
      const room = capBytes - kept
      const taken = bytes.length <= room ? bytes.length : wholeCharacters(bytes, room)
      if (taken > 0) {
        kept += taken
        keep(stream, taken === bytes.length ? bytes : bytes.subarray(0, taken))
      }
      if (taken < bytes.length) {
        // Once something was dropped nothing more is kept, or the text would have holes.
        kept = capBytes
        dropped += bytes.length - taken
        const time = now()
        if (time - droppedAt < dropNews) return
        droppedAt = time
      }
      if (mayPost()) send(stream)
    },
    flush: () => send('stdout'),
  }
}

/** The greatest length up to `room` that does not end inside a UTF-8 character. */
const wholeCharacters = (bytes: Uint8Array, room: number): number => {
  let length = Math.max(0, room)
  // At most three continuation bytes follow the first byte of a character.
  for (let back = 0; back < 4 && length > 0; back++) {
    if (((bytes[length] ?? 0) & 0xc0) !== 0x80) return length
    length--
  }
  return length
}

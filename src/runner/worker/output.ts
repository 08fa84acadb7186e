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
  readonly post: (chunk: OutputChunk) => void
  /** Milliseconds. */
  readonly now: () => number
}

const bufferSize = 64 * 1024
/** How many messages that may go out at once a millisecond brings back. Beyond them, output waits to be joined. */
const perMillisecond = 0.1
/** Between two messages that only say how much was dropped. */
const dropNews = 100

interface Lane {
  readonly stream: StreamName
  readonly decoder: TextDecoder
  readonly buffer: Uint8Array
  length: number
  dropped: number
}

/**
 * Counts, joins, cuts and drops what a guest writes, inside the worker: one message for each write would stall the page.
 * A few writes go out at once, so that what was printed before an endless loop is seen; many are joined into messages
 * of 64 KiB. What exceeds the cap is counted and dropped.
 */
export const createOutput = ({ capBytes, post, now }: OutputOptions): Output => {
  const lanes = new Map<StreamName, Lane>()
  let kept = 0
  let tokens: number = atOnce.output
  let refilledAt = now()
  let droppedAt = 0
  let phase: OutputChunk['phase'] = 'run'

  const laneOf = (stream: StreamName): Lane => {
    const known = lanes.get(stream)
    if (known) return known
    const lane = {
      stream,
      decoder: new TextDecoder('utf-8', { ignoreBOM: true }),
      buffer: new Uint8Array(bufferSize),
      length: 0,
      dropped: 0,
    }
    lanes.set(stream, lane)
    return lane
  }

  const send = (lane: Lane): void => {
    if (lane.length === 0 && lane.dropped === 0) return
    // A character may be split between two writes; the decoder keeps its first bytes for the next time.
    const text = lane.decoder.decode(lane.buffer.subarray(0, lane.length), { stream: true })
    const { dropped } = lane
    lane.length = 0
    lane.dropped = 0
    tokens--
    if (text !== '' || dropped > 0) post({ stream: lane.stream, phase, text, dropped })
  }

  const mayPost = (): boolean => {
    if (tokens >= 1) return true
    const time = now()
    tokens = Math.min(atOnce.output, tokens + (time - refilledAt) * perMillisecond)
    refilledAt = time
    return tokens >= 1
  }

  const keep = (lane: Lane, bytes: Uint8Array): void => {
    let rest = bytes
    while (rest.length > 0) {
      if (lane.length === bufferSize) send(lane)
      const part = rest.subarray(0, bufferSize - lane.length)
      lane.buffer.set(part, lane.length)
      lane.length += part.length
      rest = rest.subarray(part.length)
    }
  }

  const flush = (): void => lanes.forEach(send)

  return {
    get phase() {
      return phase
    },
    set phase(next) {
      if (next === phase) return
      flush()
      phase = next
    },
    write: (stream, bytes) => {
      if (bytes.length === 0) return
      const lane = laneOf(stream)
      const room = capBytes - kept
      const taken = bytes.length <= room ? bytes.length : wholeCharacters(bytes, room)
      if (taken > 0) {
        kept += taken
        keep(lane, taken === bytes.length ? bytes : bytes.subarray(0, taken))
      }
      if (taken < bytes.length) {
        // Once something was dropped nothing more is kept, or the text would have holes.
        kept = capBytes
        lane.dropped += bytes.length - taken
        const time = now()
        if (time - droppedAt < dropNews) return
        droppedAt = time
      }
      if (mayPost()) send(lane)
    },
    flush,
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

import { always, type Condition } from '../waiting.ts'

/** Where an `input-stream` takes its bytes from. Ready: bytes are there, or the end, or a failure. */
export interface ByteSource extends Condition {
  /**
   * Takes up to `length` bytes, at least one where any are there and `length` is not 0; none where none are there yet;
   * `closed` after the last. Throws a `StreamFailure`; after that it is closed.
   */
  take(length: number): Uint8Array | 'closed'
  /** The component gave up its handle: nobody reads any more. */
  drop?(): void
}

/** Where an `output-stream` puts its bytes. Ready: it has room, or is closed, or has failed; and no flush lasts. */
export interface ByteSink extends Condition {
  /** Bytes that it has room for now: 0 while it has none or a flush lasts. Throws a `StreamFailure` likewise. */
  room(): number | 'closed'
  /** Takes the bytes at once, up to `room()` of them; they may be changed afterwards. */
  write(bytes: Uint8Array): void
  /** Begins to pass on all that was written; ready again when that has been done. */
  flush(): void
  /** The component gave up its handle: nobody writes any more. */
  drop?(): void
}

/** The last operation on a stream failed. Thrown by sources and sinks. */
export class StreamFailure {
  readonly text: string
  /** What the functions that look into an `error` give of it: an error code of the filesystem or of HTTP. */
  readonly cause: unknown
  constructor(text: string, cause?: unknown) {
    this.text = text
    this.cause = cause
  }
}

/** Bytes that are all there from the start. */
export const bytesSource = (bytes: Uint8Array): ByteSource => {
  let offset = 0
  return {
    ready: always.ready,
    take: (length) => {
      if (offset >= bytes.length) return 'closed'
      const part = bytes.slice(offset, offset + length)
      offset += part.length
      return part
    },
  }
}

/** The permit that a sink gives that always has room. */
export const roomOfUnbounded = 65536

/** A sink that takes everything at once. */
export const unboundedSink = (write: (bytes: Uint8Array) => void): ByteSink => ({
  ready: always.ready,
  room: () => roomOfUnbounded,
  write,
  flush: () => {},
})

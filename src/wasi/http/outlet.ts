import { roomOfUnbounded, type ByteSink } from '../io/byte-streams.ts'
import { type ErrorCode, streamFailure } from './error-code.ts'
import type { Field } from './message.ts'
import type { BodyEnd } from './inlet.ts'

/** Who gets what the guest writes to a body, once its message was sent. */
export interface BodyReader {
  /** The bytes are the reader's own. */
  chunk(bytes: Uint8Array): void
  end(end: BodyEnd): void
}

/** Bytes that may be written to a body whose message was not sent yet. */
const mostUnsent = 1 << 20

/** A body that the guest writes. */
export interface Outlet {
  readonly sink: ByteSink
  readonly written: bigint
  /** `outgoing-body.finish`; gives the error where the Content-Length says another number of bytes. */
  finish(trailers: readonly Field[] | undefined): ErrorCode | undefined
  /** It will never be finished, for this reason. Nothing where it has ended. */
  abort(code: ErrorCode, why: string): void
  /** The message was sent: what was written and what will be goes to the reader. */
  send(reader: BodyReader): void
}

/** `wrongSize`: the error code of a body that has not the length that its Content-Length says. */
export const createOutlet = (expected: bigint | undefined, wrongSize: (size: bigint) => ErrorCode): Outlet => {
  let reader: BodyReader | undefined
  let unsent: Uint8Array[] = []
  let unsentBytes = 0
  let written = 0n
  let end: BodyEnd | undefined

  const sizes = (is: bigint): string => `The Content-Length says ${expected} bytes, and the body has ${is}.`
  const close = (how: BodyEnd): void => {
    if (end !== undefined) return
    end = how
    reader?.end(how)
  }
  const room = (): number => (reader ? roomOfUnbounded : Math.min(roomOfUnbounded, mostUnsent - unsentBytes))
  return {
    sink: {
      ready: () => end !== undefined || room() > 0,
      room: () => {
        if (end === undefined) return room()
        if (end.ok) return 'closed'
        throw streamFailure(end.code)
      },
      write: (bytes) => {
        const next = written + BigInt(bytes.length)
        if (expected !== undefined && next > expected) {
          const code = wrongSize(next)
          close({ ok: false, code, why: sizes(next) })
          throw streamFailure(code)
        }
        written = next
        if (bytes.length === 0) return
        const copy = bytes.slice()
        if (reader) return reader.chunk(copy)
        unsent.push(copy)
        unsentBytes += copy.length
      },
      flush: () => {},
    },
    get written() {
      return written
    },
    finish: (trailers) => {
      if (end?.ok === false) return end.code
      if (expected !== undefined && written !== expected) {
        const code = wrongSize(written)
        close({ ok: false, code, why: sizes(written) })
        return code
      }
      close({ ok: true, trailers })
      return undefined
    },
    abort: (code, why) => close({ ok: false, code, why }),
    send: (to) => {
      reader = to
      for (const chunk of unsent) to.chunk(chunk)
      unsent = []
      unsentBytes = 0
      if (end) to.end(end)
    },
  }
}

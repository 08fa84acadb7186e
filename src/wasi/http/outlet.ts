import { type Budget, Share } from '../budget.ts'
import { ByteQueue } from '../io/byte-queue.ts'
import { roomOfUnbounded, type ByteSink } from '../io/byte-streams.ts'
import { type ErrorCode, outOfMemory, streamFailure } from './error-code.ts'
import { type Field, mostSection, sectionSize } from './message.ts'
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
  /** `outgoing-body.finish`; gives the error where the Content-Length says another number of bytes. */
  finish(trailers: readonly Field[] | undefined): ErrorCode | undefined
  /** It will never be finished, for this reason. Nothing where it has ended. */
  abort(code: ErrorCode, why: string): void
  /** The message was sent: what was written and what will be goes to the reader. */
  send(reader: BodyReader): void
  /** The message will never be sent, if it was not: nobody reads it. */
  discard(): void
}

const nobody: BodyReader = { chunk: () => {}, end: () => {} }

/** `expected`: the length that the Content-Length says. */
export const createOutlet = (expected: bigint | undefined, message: 'request' | 'response', memory: Budget): Outlet => {
  let reader: BodyReader | undefined
  const unsent = new ByteQueue()
  const share = new Share(memory)
  let written = 0n
  let end: BodyEnd | undefined

  const wrongSize = (is: bigint): ErrorCode => {
    const code: ErrorCode = { tag: `HTTP-${message}-body-size`, val: is }
    close({ ok: false, code, why: `The Content-Length says ${expected} bytes, and the body has ${is}.` })
    return code
  }
  const close = (how: BodyEnd): void => {
    if (end !== undefined) return
    end = how
    reader?.end(how)
  }
  const fail = (code: ErrorCode): ErrorCode => {
    close({ ok: false, code })
    return code
  }
  const room = (): number =>
    reader ? roomOfUnbounded : Math.min(roomOfUnbounded, mostUnsent - unsent.size, memory.free)
  const send = (to: BodyReader): void => {
    if (reader) return
    reader = to
    if (unsent.size > 0) to.chunk(unsent.take(unsent.size))
    share.release()
    if (end) to.end(end)
  }
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
        if (expected !== undefined && next > expected) throw streamFailure(wrongSize(next))
        written = next
        if (bytes.length === 0) return
        if (reader) return reader.chunk(bytes.slice())
        // Many may have been permitted the same memory.
        if (!share.set(unsent.size + bytes.length)) throw streamFailure(fail(outOfMemory))
        unsent.push(bytes)
      },
      flush: () => {},
    },
    finish: (trailers) => {
      if (end?.ok === false) return end.code
      if (expected !== undefined && written !== expected) return wrongSize(written)
      const size = trailers ? sectionSize(trailers) : 0
      if (size > mostSection) return fail({ tag: `HTTP-${message}-trailer-section-size`, val: size })
      if (!reader && !share.set(unsent.size + size)) return fail(outOfMemory)
      close({ ok: true, trailers })
      return undefined
    },
    abort: (code, why) => close({ ok: false, code, why }),
    send,
    discard: () => send(nobody),
  }
}

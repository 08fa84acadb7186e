import { StreamFailure, type ByteSink, type ByteSource, roomOfUnbounded } from '../io/byte-streams.ts'
import { always } from '../waiting.ts'
import { codeOf, type ErrorCode } from './errors.ts'
import type { RegularFile, Volume } from './volume.ts'

/** What `filesystem-error-code` finds in the failure of a stream. */
export class FileFailure {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    this.code = code
  }
}

const failing = <T>(work: () => T): T => {
  try {
    return work()
  } catch (thrown) {
    const code = codeOf(thrown)
    throw new StreamFailure(`The file cannot be read or written: ${code}`, new FileFailure(code))
  }
}

/** `read-via-stream`. Like the other streams it holds the file until it is dropped. */
export const fileSource = (volume: Volume, file: RegularFile, from: bigint): ByteSource => {
  let offset = from
  volume.hold(file)
  return {
    ready: always.ready,
    take: (length) => {
      if (length === 0) return new Uint8Array()
      const part = failing(() => file.content.read(offset, BigInt(length)))
      if (part.length === 0) return 'closed'
      file.accessed = volume.now
      offset += BigInt(part.length)
      return part
    },
    drop: () => volume.release(file),
  }
}

/** `write-via-stream`, and `append-via-stream` where `from` is left out: POSIX, O_APPEND. */
export const fileSink = (volume: Volume, file: RegularFile, from?: bigint): ByteSink => {
  let offset = from
  volume.hold(file)
  return {
    ready: always.ready,
    room: () => roomOfUnbounded,
    write: (bytes) => {
      failing(() => volume.write(file, offset ?? BigInt(file.content.size), bytes))
      if (offset !== undefined) offset += BigInt(bytes.length)
    },
    flush: () => {},
    drop: () => volume.release(file),
  }
}

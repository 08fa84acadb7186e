import type { ServedInterface } from './gate.ts'
import { HostTrap } from './signals.ts'
import type { Time } from './time.ts'

/** Bytes that wait to be read, shared by all streams that were made of them. */
export interface Source {
  readonly bytes: Uint8Array
  offset: number
}

export interface Io {
  readonly interfaces: Readonly<Record<string, ServedInterface>>
  inputStream(source: Source): object
  outputStream(write: (bytes: Uint8Array) => void): object
  /** Ready when `ready` says so; `deadline` in nanoseconds of the monotonic clock where time alone makes it ready. */
  pollable(ready: () => boolean, deadline?: bigint): object
}

/** The permit that `check-write` gives. Output is counted and cut elsewhere, so that there is always room. */
const permitted = 65536
/** streams.wit: `blocking-write-and-flush` takes up to 4096 bytes. */
const blockingLimit = 4096
/** No read returns more, whatever is asked for. */
const readLimit = 1 << 20

const closed = { tag: 'closed' } as const

const always = (): boolean => true
const take = (source: Source, length: bigint): Uint8Array => {
  if (source.offset >= source.bytes.length) throw closed
  const count = Math.min(Number(length), readLimit)
  const part = source.bytes.slice(source.offset, source.offset + count)
  source.offset += part.length
  return part
}

/**
 * wasi:io: `error`, `poll` and `streams`. The classes are made anew for each run. A value thrown that is no `Error` is
 * the payload of a `stream-error`.
 */
export const createIo = (time: Time): Io => {
  class IoError {
    #text: string
    constructor(text: string) {
      this.#text = text
    }
    toDebugString(): string {
      return this.#text
    }
  }

  let wait: (list: readonly Pollable[]) => Uint32Array
  class Pollable {
    #ready: () => boolean
    #deadline: bigint | undefined
    constructor(ready: () => boolean, deadline?: bigint) {
      this.#ready = ready
      this.#deadline = deadline
    }
    ready(): boolean {
      return this.#ready()
    }
    block(): void {
      wait([this])
    }
    static {
      wait = (list) => {
        while (!list.some((item) => item.#ready())) {
          time.waitUntil(list.flatMap((item) => (item.#deadline === undefined ? [] : [item.#deadline])))
        }
        return Uint32Array.from(list.flatMap((item, index) => (item.#ready() ? [index] : [])))
      }
    }
  }

  let sourceOf: (stream: InputStream) => Source
  class InputStream {
    #source: Source
    constructor(source: Source) {
      this.#source = source
    }
    read(length: bigint): Uint8Array {
      return take(this.#source, length)
    }
    /** All of the input is there from the start, so that nothing blocks. */
    blockingRead(length: bigint): Uint8Array {
      return take(this.#source, length)
    }
    skip(length: bigint): bigint {
      return BigInt(take(this.#source, length).length)
    }
    blockingSkip(length: bigint): bigint {
      return BigInt(take(this.#source, length).length)
    }
    subscribe(): Pollable {
      return new Pollable(always)
    }
    static {
      sourceOf = (stream) => stream.#source
    }
  }

  class OutputStream {
    #sink: (bytes: Uint8Array) => void
    #permit = 0
    constructor(sink: (bytes: Uint8Array) => void) {
      this.#sink = sink
    }
    #spend(length: number): void {
      if (length > this.#permit) {
        throw new HostTrap(
          `output-stream.write got ${length} bytes where check-write permitted ${this.#permit}: call check-write first`,
        )
      }
      this.#permit -= length
    }
    #limit(name: string, length: number): void {
      if (length > blockingLimit) {
        throw new HostTrap(`output-stream.${name} takes up to ${blockingLimit} bytes, got ${length}`)
      }
    }
    checkWrite(): bigint {
      this.#permit = permitted
      return BigInt(permitted)
    }
    write(contents: Uint8Array): void {
      this.#spend(contents.length)
      this.#sink(contents)
    }
    blockingWriteAndFlush(contents: Uint8Array): void {
      this.#limit('blocking-write-and-flush', contents.length)
      this.#sink(contents)
    }
    flush(): void {}
    blockingFlush(): void {}
    subscribe(): Pollable {
      return new Pollable(always)
    }
    writeZeroes(length: bigint): void {
      this.#spend(Number(length))
      this.#sink(new Uint8Array(Number(length)))
    }
    blockingWriteZeroesAndFlush(length: bigint): void {
      this.#limit('blocking-write-zeroes-and-flush', Number(length))
      this.#sink(new Uint8Array(Number(length)))
    }
    splice(from: InputStream, length: bigint): bigint {
      const bytes = take(sourceOf(from), length < BigInt(permitted) ? length : BigInt(permitted))
      this.#sink(bytes)
      return BigInt(bytes.length)
    }
    blockingSplice(from: InputStream, length: bigint): bigint {
      const bytes = take(sourceOf(from), length < BigInt(permitted) ? length : BigInt(permitted))
      this.#sink(bytes)
      return BigInt(bytes.length)
    }
  }

  return {
    interfaces: {
      'wasi:io/error': { resources: { error: IoError } },
      'wasi:io/poll': {
        resources: { pollable: Pollable },
        functions: {
          poll: (list: readonly Pollable[]) => {
            // poll.wit: "This function traps if either: the list is empty, …"
            if (list.length === 0) throw new HostTrap('wasi:io/poll#poll got an empty list')
            return wait(list)
          },
        },
      },
      'wasi:io/streams': {
        resources: { 'input-stream': InputStream, 'output-stream': OutputStream },
        refusal: (call) => ({ tag: 'last-operation-failed', val: new IoError(`The policy denies ${call}`) }),
        infallible: ['[method]input-stream.subscribe', '[method]output-stream.subscribe'],
      },
    },
    inputStream: (source) => new InputStream(source),
    outputStream: (write) => new OutputStream(write),
    pollable: (ready, deadline) => new Pollable(ready, deadline),
  }
}

import type { ServedInterface } from '../gate.ts'
import { HostTrap } from '../signals.ts'
import { always, once, type Awaitable, type Condition, type Waiting } from '../waiting.ts'
import { type ByteSink, type ByteSource, StreamFailure } from './byte-streams.ts'
import { createPoll, type Pollable } from './poll.ts'

/** What the other packages make of wasi:io. Its methods do not call each other: each call of one is the guest's. */
export interface Io {
  readonly interfaces: Readonly<Record<string, ServedInterface>>
  inputStream(source: ByteSource): object
  outputStream(sink: ByteSink): object
  pollable(condition: Condition): object
  /** The `cause` of the failure that an `error` of this run came from. */
  causeOf(error: object): unknown
}

/** streams.wit: `blocking-write-and-flush` takes up to 4096 bytes. */
const blockingLimit = 4096
/** No read returns more, whatever is asked for. */
const readLimit = 1 << 20

const closed = { tag: 'closed' } as const

const bounded = (length: bigint): number => (length > BigInt(readLimit) ? readLimit : Number(length))

/**
 * wasi:io: `error`, `poll` and `streams`. The classes are made anew for each run. A value thrown that is no `Error` is
 * the payload of a `stream-error`. Functions that block give a promise where the run can wait for the outside.
 */
export const createIo = (waiting: Waiting): Io => {
  const { Pollable, poll } = createPoll(waiting)
  let causeOf: (error: object) => unknown
  class IoError {
    #text: string
    #cause: unknown
    constructor(text: string, cause?: unknown) {
      this.#text = text
      this.#cause = cause
    }
    toDebugString(): string {
      return this.#text
    }
    static {
      causeOf = (error) => (#cause in error ? error.#cause : undefined)
    }
  }

  /** What a source or a sink throws, as the interface has it. */
  const failed = (error: unknown): unknown =>
    error instanceof StreamFailure ? { tag: 'last-operation-failed', val: new IoError(error.text, error.cause) } : error

  /** A stream after its end or a failure. Dropping a stream frees what it was made of. */
  let readFrom: (stream: InputStream, length: bigint) => Uint8Array
  let sourceOf: (stream: InputStream) => Condition
  class InputStream {
    #source: ByteSource
    #closed = false
    constructor(source: ByteSource) {
      this.#source = source
    }
    #take(length: bigint): Uint8Array {
      if (this.#closed) throw closed
      try {
        const part = this.#source.take(bounded(length))
        if (part !== 'closed') return part
      } catch (error) {
        this.#closed = true
        throw failed(error)
      }
      this.#closed = true
      throw closed
    }
    #once<T>(then: () => T): Awaitable<T> {
      return once(waiting, [this.#condition], then)
    }
    get #condition(): Condition {
      return this.#closed ? always : this.#source
    }
    read(length: bigint): Uint8Array {
      return this.#take(length)
    }
    blockingRead(length: bigint): Awaitable<Uint8Array> {
      // A length of 0 asks for nothing that could be waited for.
      return length === 0n ? this.#take(length) : this.#once(() => this.#take(length))
    }
    #skip(length: bigint): bigint {
      return BigInt(this.#take(length).length)
    }
    skip(length: bigint): bigint {
      return this.#skip(length)
    }
    blockingSkip(length: bigint): Awaitable<bigint> {
      return length === 0n ? this.#skip(length) : this.#once(() => this.#skip(length))
    }
    subscribe(): Pollable {
      const of = () => this.#condition
      return new Pollable(followed(of))
    }
    [Symbol.dispose](): void {
      this.#closed = true
      this.#source.drop?.()
    }
    static {
      readFrom = (stream, length) => stream.#take(length)
      sourceOf = (stream) => stream.#condition
    }
  }

  class OutputStream {
    #sink: ByteSink
    #closed = false
    #permit = 0
    constructor(sink: ByteSink) {
      this.#sink = sink
    }
    get #condition(): Condition {
      return this.#closed ? always : this.#sink
    }
    /** Does what may fail; a failure and the end close the stream. */
    #open<T>(work: () => T | 'closed'): T {
      if (this.#closed) throw closed
      try {
        const value = work()
        if (value !== 'closed') return value
      } catch (error) {
        if (!(error instanceof HostTrap)) this.#closed = true
        throw failed(error)
      }
      this.#closed = true
      throw closed
    }
    #room(): number {
      return this.#open(() => this.#sink.room())
    }
    #spend(length: bigint): void {
      if (length > BigInt(this.#permit)) {
        throw new HostTrap(
          `output-stream.write got ${length} bytes where check-write permitted ${this.#permit}: call check-write first`,
        )
      }
      this.#permit -= Number(length)
    }
    /** Closed meanwhile: nothing is written, and the stream says so. */
    #put(bytes: Uint8Array): void {
      this.#open(() => (this.#sink.room() === 'closed' ? 'closed' : this.#sink.write(bytes)))
    }
    #all(name: string, bytes: Uint8Array): Awaitable<void> {
      if (bytes.length > blockingLimit) {
        throw new HostTrap(`output-stream.${name} takes up to ${blockingLimit} bytes, got ${bytes.length}`)
      }
      const rest = (from: number): Awaitable<void> =>
        once(waiting, [this.#condition], () => {
          const room = this.#room()
          const part = bytes.subarray(from, from + room)
          this.#put(part)
          return from + part.length < bytes.length ? rest(from + part.length) : this.#flushed()
        })
      return rest(0)
    }
    checkWrite(): bigint {
      this.#permit = 0
      this.#permit = this.#room()
      return BigInt(this.#permit)
    }
    write(contents: Uint8Array): void {
      this.#spend(BigInt(contents.length))
      this.#put(contents)
    }
    blockingWriteAndFlush(contents: Uint8Array): Awaitable<void> {
      return this.#all('blocking-write-and-flush', contents)
    }
    #flush(): void {
      this.#permit = 0
      this.#open(() => this.#sink.flush())
    }
    flush(): void {
      this.#flush()
    }
    blockingFlush(): Awaitable<void> {
      return this.#flushed()
    }
    #flushed(): Awaitable<void> {
      this.#flush()
      return once(waiting, [this.#condition], () => {
        // A flush that fails says so here; a stream that it closed says so next time.
        if (!this.#closed) this.#open(() => void this.#sink.room())
      })
    }
    subscribe(): Pollable {
      const of = () => this.#condition
      return new Pollable(followed(of))
    }
    writeZeroes(length: bigint): void {
      this.#spend(length)
      this.#put(new Uint8Array(Number(length)))
    }
    blockingWriteZeroesAndFlush(length: bigint): Awaitable<void> {
      if (length > BigInt(blockingLimit)) {
        throw new HostTrap(
          `output-stream.blocking-write-zeroes-and-flush takes up to ${blockingLimit} bytes, got ${length}`,
        )
      }
      return this.#all('blocking-write-zeroes-and-flush', new Uint8Array(Number(length)))
    }
    splice(from: InputStream, length: bigint): bigint {
      return this.#splice(from, length)
    }
    #splice(from: InputStream, length: bigint): bigint {
      // It is a check-write and a write of its own: what was permitted before is spent.
      this.#permit = 0
      const room = BigInt(this.#room())
      const bytes = readFrom(from, length < room ? length : room)
      this.#put(bytes)
      return BigInt(bytes.length)
    }
    blockingSplice(from: InputStream, length: bigint): Awaitable<bigint> {
      if (length === 0n) return this.#splice(from, length)
      return once(waiting, [this.#condition], () => once(waiting, [sourceOf(from)], () => this.#splice(from, length)))
    }
    [Symbol.dispose](): void {
      this.#closed = true
      this.#sink.drop?.()
    }
  }

  return {
    interfaces: {
      'wasi:io/error': { resources: { error: IoError } },
      'wasi:io/poll': {
        resources: { pollable: Pollable },
        functions: { poll },
      },
      'wasi:io/streams': {
        resources: { 'input-stream': InputStream, 'output-stream': OutputStream },
        refusal: (call) => ({ tag: 'last-operation-failed', val: new IoError(`The policy denies ${call}`) }),
        infallible: ['[method]input-stream.subscribe', '[method]output-stream.subscribe'],
      },
    },
    inputStream: (source) => new InputStream(source),
    outputStream: (sink) => new OutputStream(sink),
    pollable: (condition) => new Pollable(condition),
    causeOf,
  }
}

/** The condition of a stream, which is another one once the stream is closed. */
const followed = (of: () => Condition): Condition => ({
  ready: () => of().ready(),
  deadline: () => of().deadline?.(),
  awaits: () => of().awaits?.(),
})

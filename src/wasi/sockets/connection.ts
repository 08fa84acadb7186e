import type { ByteSink, ByteSource } from '../io/byte-streams.ts'
import { type Budget, Share } from '../budget.ts'
import { ByteQueue } from '../io/byte-queue.ts'
import type { SocketAddress } from './addresses.ts'
import { type ErrorCode, streamFailure } from './errors.ts'
import type { TcpOptions } from './tcp-options.ts'

/**
 * One direction of a connection. It holds what the send buffer of the writer and the receive buffer of the reader hold
 * together, as long as there is memory for it.
 */
class Pipe {
  readonly #memory: Budget
  readonly #share: Share
  readonly #capacity: () => number
  readonly #queue = new ByteQueue()
  /** The writer has sent its FIN, the reader takes no more, the connection was reset. */
  #ended = false
  #deaf = false
  #reset = false

  constructor(memory: Budget, capacity: () => number) {
    this.#memory = memory
    this.#share = new Share(memory)
    this.#capacity = capacity
  }

  get #room(): number {
    if (this.#deaf) return this.#capacity()
    return Math.max(0, Math.min(this.#capacity() - this.#queue.size, this.#memory.free))
  }

  end(): void {
    this.#ended = true
  }
  /** What is still to be read is discarded, what will come too. */
  deafen(): void {
    this.#deaf = true
    this.#queue.clear()
    this.#share.release()
  }
  /** What has come may still be read. */
  reset(): void {
    this.#reset = true
  }

  source(drop: () => void): ByteSource {
    return {
      ready: () => this.#deaf || this.#queue.size > 0 || this.#ended || this.#reset,
      take: (length) => {
        if (this.#deaf) return 'closed'
        if (this.#queue.size === 0 && this.#reset) throw streamFailure('connection-reset')
        if (this.#queue.size === 0 && this.#ended) return 'closed'
        const bytes = this.#queue.take(length)
        this.#share.set(this.#queue.size)
        return bytes
      },
      drop,
    }
  }

  sink(drop: () => void): ByteSink {
    return {
      ready: () => this.#ended || this.#reset || this.#room > 0,
      room: () => {
        if (this.#ended) return 'closed'
        if (this.#reset) throw streamFailure('connection-reset')
        return this.#room
      },
      write: (bytes) => {
        if (this.#deaf) return
        // Many may have been permitted the same memory.
        if (!this.#share.set(this.#queue.size + bytes.length)) {
          this.#reset = true
          throw streamFailure('out-of-memory')
        }
        this.#queue.push(bytes)
      },
      // Written is sent: the network has no delay.
      flush: () => {},
      drop,
    }
  }
}

/** One end of a connection, held by a socket and its two streams. */
export class Endpoint {
  readonly local: SocketAddress
  readonly remote: SocketAddress
  /** The accepted socket has its own from `accept` on. */
  options: TcpOptions
  readonly #incoming: Pipe
  readonly #outgoing: Pipe
  readonly #onClose: () => void
  readonly #holders = new Set<'socket' | 'input' | 'output'>(['socket', 'input', 'output'])

  constructor(
    addresses: { readonly local: SocketAddress; readonly remote: SocketAddress },
    options: TcpOptions,
    incoming: Pipe,
    outgoing: Pipe,
    onClose: () => void,
  ) {
    this.local = addresses.local
    this.remote = addresses.remote
    this.options = options
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#onClose = onClose
  }

  source(): ByteSource {
    return this.#incoming.source(() => this.release('input'))
  }
  sink(): ByteSink {
    return this.#outgoing.sink(() => this.release('output'))
  }
  shutdown(how: 'receive' | 'send' | 'both'): void {
    if (how !== 'send') this.#incoming.deafen()
    if (how !== 'receive') this.#outgoing.end()
  }

  /** A stream that is gone will never be used again; with the last holder the connection ends. */
  release(holder: 'socket' | 'input' | 'output'): void {
    if (!this.#holders.delete(holder)) return
    if (holder === 'output') this.#outgoing.end()
    if (holder === 'input') this.#incoming.deafen()
    if (this.#holders.size > 0) return
    // Nobody will ever read what the peer writes (RFC 9293, section 3.10.7.1).
    this.#incoming.reset()
    this.#onClose()
  }

  abort(): void {
    this.#outgoing.reset()
    for (const holder of this.#holders) this.release(holder)
  }
}

/** The two ends of a new connection, the client's first. */
export const connectedPair = (
  memory: Budget,
  client: { readonly address: SocketAddress; readonly options: TcpOptions; onClose(): void },
  server: { readonly address: SocketAddress; readonly options: TcpOptions },
): readonly [client: Endpoint, server: Endpoint] => {
  const toServer = new Pipe(memory, () => ends[0].options.sendBuffer + ends[1].options.receiveBuffer)
  const toClient = new Pipe(memory, () => ends[1].options.sendBuffer + ends[0].options.receiveBuffer)
  const ends: readonly [Endpoint, Endpoint] = [
    new Endpoint({ local: client.address, remote: server.address }, client.options, toClient, toServer, client.onClose),
    new Endpoint({ local: server.address, remote: client.address }, server.options, toServer, toClient, () => {}),
  ]
  return ends
}

/** A client's attempt to connect. Settled once `outcome` is an end of the connection, or why there is none. */
export interface Attempt {
  outcome: 'waiting' | Endpoint | { readonly failed: ErrorCode }
  /** Connects it to the listener. */
  establish(): Endpoint
}

/** A listening socket: connections that wait to be accepted, and attempts that wait for room among these. */
export class Listener {
  /** Those of the listening socket, as they are at any time. */
  readonly options: TcpOptions
  readonly #pending: Endpoint[] = []
  readonly #waiting = new Set<Attempt>()

  constructor(options: TcpOptions) {
    this.options = options
  }

  get hasPending(): boolean {
    return this.#pending.length > 0
  }

  knock(attempt: Attempt): void {
    this.#waiting.add(attempt)
    this.#admit()
  }
  leave(attempt: Attempt): void {
    this.#waiting.delete(attempt)
  }
  accept(): Endpoint | undefined {
    const endpoint = this.#pending.shift()
    this.#admit()
    return endpoint
  }
  close(): void {
    for (const endpoint of this.#pending.splice(0)) endpoint.abort()
    for (const attempt of this.#waiting) attempt.outcome = { failed: 'connection-refused' }
    this.#waiting.clear()
  }

  #admit(): void {
    for (const attempt of this.#waiting) {
      if (this.#pending.length >= this.options.backlog) return
      this.#waiting.delete(attempt)
      this.#pending.push(attempt.establish())
    }
  }
}

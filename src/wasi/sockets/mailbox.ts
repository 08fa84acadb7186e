import { sameSocket, type SocketAddress } from './addresses.ts'
import { type Budget, Share } from '../budget.ts'

export interface Datagram {
  readonly data: Uint8Array
  readonly remoteAddress: SocketAddress
}

/** What a datagram takes of a receive buffer beside its data, so that empty ones cannot fill the memory. */
const overhead = 64

/** The received datagrams of a socket. One that finds no room is lost, as on any network. */
export class Mailbox {
  readonly #share: Share
  readonly #room: () => number
  #datagrams: Datagram[] = []
  #peer: SocketAddress | undefined
  /** The peer had nobody at its port: told once. */
  refused = false

  constructor(memory: Budget, room: () => number) {
    this.#share = new Share(memory)
    this.#room = room
  }

  get isEmpty(): boolean {
    return this.#datagrams.length === 0
  }

  /** From now on only what this peer sends, if any is named; what others sent is gone. */
  only(peer: SocketAddress | undefined): void {
    this.#peer = peer
    this.refused = false
    if (peer === undefined) return
    this.#keep(this.#datagrams.filter(({ remoteAddress }) => sameSocket(remoteAddress, peer)))
  }

  /** Nobody can receive any more. */
  close(): void {
    this.#keep([])
  }

  #keep(datagrams: Datagram[]): void {
    this.#datagrams = datagrams
    this.#share.set(datagrams.reduce((sum, { data }) => sum + data.length + overhead, 0))
  }

  deliver(datagram: Datagram): void {
    if (this.#peer !== undefined && !sameSocket(this.#peer, datagram.remoteAddress)) return
    const cost = datagram.data.length + overhead
    // An empty buffer takes any datagram, however small it was made.
    const { bytes } = this.#share
    if (bytes > 0 && bytes + cost > this.#room()) return
    if (this.#share.set(bytes + cost)) this.#datagrams.push(datagram)
  }

  take(most: number): readonly Datagram[] {
    const taken = this.#datagrams.slice(0, most)
    this.#keep(this.#datagrams.slice(taken.length))
    return taken
  }
}

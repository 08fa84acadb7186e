import { sameSocket, type SocketAddress } from './addresses.ts'

export interface Datagram {
  readonly data: Uint8Array
  readonly remoteAddress: SocketAddress
}

/** What a datagram takes of a receive buffer beside its data, so that empty ones cannot fill the memory. */
const overhead = 64

/** The received datagrams of a socket. One that finds no room is lost, as on any network. */
export class Mailbox {
  readonly #room: () => number
  #datagrams: Datagram[] = []
  #size = 0
  #peer: SocketAddress | undefined
  /** The peer had nobody at its port: told once. */
  refused = false

  constructor(room: () => number) {
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
    this.#datagrams = this.#datagrams.filter(({ remoteAddress }) => sameSocket(remoteAddress, peer))
    this.#size = this.#datagrams.reduce((sum, { data }) => sum + data.length + overhead, 0)
  }

  deliver(datagram: Datagram): void {
    if (this.#peer !== undefined && !sameSocket(this.#peer, datagram.remoteAddress)) return
    const cost = datagram.data.length + overhead
    // An empty buffer takes any datagram, however small it was made.
    if (this.#size > 0 && this.#size + cost > this.#room()) return
    this.#datagrams.push(datagram)
    this.#size += cost
  }

  take(most: number): readonly Datagram[] {
    const taken = this.#datagrams.splice(0, most)
    for (const { data } of taken) this.#size -= data.length + overhead
    return taken
  }
}

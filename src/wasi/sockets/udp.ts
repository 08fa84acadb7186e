import type { HostContext } from '../context.ts'
import type { ResourceClass } from '../gate.ts'
import { HostTrap } from '../signals.ts'
import { always } from '../waiting.ts'
import { at, type Family, ipOf, isUnspecified, sameSocket, type SocketAddress } from './addresses.ts'
import { raise } from './errors.ts'
import { type Datagram, Mailbox } from './mailbox.ts'
import type { Network } from './network.ts'
import type { Binding } from './ports.ts'
import { bufferSize, notZero } from './tcp-options.ts'

/** Datagrams that one call takes. */
const mostDatagrams = 64
/** What the lengths in the headers of UDP and of IPv4 leave for data; IPv6 does not count its own header. */
const longestData: Readonly<Record<Family, number>> = { ipv4: 65507, ipv6: 65527 }

interface OutgoingDatagram {
  readonly data: Uint8Array
  readonly remoteAddress?: SocketAddress | undefined
}

type State =
  | { readonly tag: 'unbound' | 'closed' }
  | { readonly tag: 'bind-in-progress' | 'bound'; readonly binding: Binding<Mailbox> }

/** What a socket and its streams share. */
interface Shared {
  readonly family: Family
  readonly mailbox: Mailbox
  binding: Binding<Mailbox>
  /** Counts the calls of `stream`: only the streams of the last one work. */
  turn: number
  peer: SocketAddress | undefined
  holders: number
}

export interface Udp {
  readonly UdpSocket: ResourceClass
  readonly IncomingDatagramStream: ResourceClass
  readonly OutgoingDatagramStream: ResourceClass
  create(family: Family): object
}

/** wasi:sockets/udp. A method that cannot do what it is asked for throws the error code. */
export const createUdp = ({ io, memory }: HostContext, network: Network): Udp => {
  const localOf = ({ binding, peer }: Shared): SocketAddress =>
    // udp.wit, `stream`: the address may be "updated as well, based on the best network path".
    peer !== undefined && isUnspecified(ipOf(binding.address))
      ? at(network.sourceFor(ipOf(peer)), binding.address.val.port)
      : binding.address

  const release = (shared: Shared): void => {
    shared.holders--
    if (shared.holders > 0) return
    shared.mailbox.close()
    shared.binding.release()
  }

  const checkReachable = (peer: SocketAddress): void => {
    if (!network.isLocal(ipOf(peer))) raise('remote-unreachable')
  }

  /** The port of a peer that nobody listens on is told to who sent there. */
  const tell = (shared: Shared): void => {
    if (!shared.mailbox.refused) return
    shared.mailbox.refused = false
    raise('connection-refused')
  }

  const sendOne = (shared: Shared, { data, remoteAddress }: OutgoingDatagram): void => {
    const { peer, family } = shared
    if (peer !== undefined && remoteAddress !== undefined && !sameSocket(peer, remoteAddress)) raise('invalid-argument')
    const to = remoteAddress ?? peer ?? raise('invalid-argument')
    network.checkPeer(to, family)
    checkReachable(to)
    if (data.length > longestData[family]) raise('datagram-too-large')
    tell(shared)
    const source = ipOf(shared.binding.address)
    const from = isUnspecified(source)
      ? at(network.sourceFor(ipOf(to)), shared.binding.address.val.port)
      : shared.binding.address
    const mailbox = network.udp.find(to)?.owner
    if (mailbox !== undefined) mailbox.deliver({ data: data.slice(), remoteAddress: from })
    else if (peer !== undefined) shared.mailbox.refused = true
  }

  /** One of the two streams of a call of `stream`. */
  class DatagramStream {
    readonly #shared: Shared
    readonly #turn: number
    constructor(shared: Shared) {
      this.#shared = shared
      this.#turn = shared.turn
      shared.holders++
    }
    /** Undefined for a stream that a later call of `stream` has replaced. */
    get current(): Shared | undefined {
      return this.#shared.turn === this.#turn ? this.#shared : undefined
    }
    get working(): Shared {
      return this.current ?? raise('invalid-state')
    }
    dropped(): void {
      release(this.#shared)
    }
  }

  class IncomingDatagramStream {
    readonly #stream: DatagramStream
    constructor(stream: DatagramStream) {
      this.#stream = stream
    }
    receive(most: bigint): readonly Datagram[] {
      const shared = this.#stream.working
      if (most === 0n) return []
      if (shared.mailbox.isEmpty) tell(shared)
      return shared.mailbox.take(most > BigInt(mostDatagrams) ? mostDatagrams : Number(most))
    }
    subscribe(): object {
      return io.pollable({
        ready: () => {
          const mailbox = this.#stream.current?.mailbox
          return mailbox === undefined || !mailbox.isEmpty || mailbox.refused
        },
      })
    }
    [Symbol.dispose](): void {
      this.#stream.dropped()
    }
  }

  class OutgoingDatagramStream {
    readonly #stream: DatagramStream
    #permit = 0
    constructor(stream: DatagramStream) {
      this.#stream = stream
    }
    checkSend(): bigint {
      this.#permit = 0
      tell(this.#stream.working)
      this.#permit = mostDatagrams
      return BigInt(mostDatagrams)
    }
    send(datagrams: readonly OutgoingDatagram[]): bigint {
      const shared = this.#stream.working
      if (datagrams.length === 0) return 0n
      if (datagrams.length > this.#permit) {
        throw new HostTrap(
          `outgoing-datagram-stream.send got ${datagrams.length} datagrams where check-send permitted ${this.#permit}: call check-send first`,
        )
      }
      this.#permit = 0
      let sent = 0
      for (const datagram of datagrams) {
        try {
          sendOne(shared, datagram)
        } catch (error) {
          // "If at least one datagram has been sent successfully, this function never returns an error."
          if (sent === 0) throw error
          break
        }
        sent++
      }
      return BigInt(sent)
    }
    subscribe(): object {
      return io.pollable(always)
    }
    [Symbol.dispose](): void {
      this.#stream.dropped()
    }
  }

  class UdpSocket {
    readonly #family: Family
    readonly #leave: () => void
    #state: State = { tag: 'unbound' }
    #shared: Shared | undefined
    #hopLimit = 64
    #receiveBuffer = 65536
    #sendBuffer = 65536

    constructor(family: Family) {
      this.#leave = network.admit()
      this.#family = family
    }

    startBind(_network: object, address: SocketAddress): void {
      if (this.#state.tag === 'bind-in-progress') raise('concurrency-conflict')
      if (this.#state.tag !== 'unbound') raise('invalid-state')
      network.checkBindable(address, this.#family)
      this.#state = { tag: 'bind-in-progress', binding: network.udp.bind(address) }
    }
    finishBind(): void {
      if (this.#state.tag !== 'bind-in-progress') return raise('not-in-progress')
      const { binding } = this.#state
      const mailbox = new Mailbox(memory, () => this.#receiveBuffer)
      binding.owner = mailbox
      this.#state = { tag: 'bound', binding }
      this.#shared = { family: this.#family, mailbox, binding, turn: 0, peer: undefined, holders: 1 }
    }

    get #bound(): Shared {
      return this.#shared ?? raise('invalid-state')
    }
    stream(peer: SocketAddress | undefined): readonly [IncomingDatagramStream, OutgoingDatagramStream] {
      const shared = this.#bound
      if (peer !== undefined) {
        network.checkPeer(peer, this.#family)
        checkReachable(peer)
      }
      shared.turn++
      shared.peer = peer
      shared.mailbox.only(peer)
      return [
        new IncomingDatagramStream(new DatagramStream(shared)),
        new OutgoingDatagramStream(new DatagramStream(shared)),
      ]
    }

    localAddress(): SocketAddress {
      return localOf(this.#bound)
    }
    remoteAddress(): SocketAddress {
      return this.#bound.peer ?? raise('invalid-state')
    }
    addressFamily(): Family {
      return this.#family
    }
    unicastHopLimit(): number {
      return this.#hopLimit
    }
    setUnicastHopLimit(value: number): void {
      this.#hopLimit = notZero(value)
    }
    receiveBufferSize(): bigint {
      return BigInt(this.#receiveBuffer)
    }
    setReceiveBufferSize(value: bigint): void {
      this.#receiveBuffer = bufferSize(value)
    }
    sendBufferSize(): bigint {
      return BigInt(this.#sendBuffer)
    }
    setSendBufferSize(value: bigint): void {
      this.#sendBuffer = bufferSize(value)
    }
    /** Every operation of the socket itself is done at once. */
    subscribe(): object {
      return io.pollable(always)
    }
    [Symbol.dispose](): void {
      const state = this.#state
      this.#state = { tag: 'closed' }
      if (this.#shared !== undefined) release(this.#shared)
      else if (state.tag === 'bind-in-progress') state.binding.release()
      this.#leave()
    }
  }

  return {
    UdpSocket,
    IncomingDatagramStream,
    OutgoingDatagramStream,
    create: (family) => new UdpSocket(family),
  }
}

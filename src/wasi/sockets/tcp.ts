import type { HostContext } from '../context.ts'
import type { ResourceClass } from '../gate.ts'
import { type Family, ipOf, isUnicast, isUnspecified, type SocketAddress, at } from './addresses.ts'
import { type Attempt, connectedPair, Endpoint, Listener } from './connection.ts'
import { raise } from './errors.ts'
import type { Network } from './network.ts'
import type { Binding } from './ports.ts'
import { backlogSize, bufferSize, defaultOptions, notZero, type TcpOptions } from './tcp-options.ts'

type Bound = Binding<Listener>

/** https://github.com/WebAssembly/WASI/blob/main/proposals/sockets/TcpSocketOperationalSemantics.md#states */
type State =
  | { readonly tag: 'unbound' | 'closed' }
  | { readonly tag: 'bind-in-progress' | 'bound' | 'listen-in-progress'; readonly binding: Bound }
  | { readonly tag: 'listening'; readonly binding: Bound; readonly listener: Listener }
  | { readonly tag: 'connect-in-progress'; readonly pending: Pending }
  | { readonly tag: 'connected'; readonly endpoint: Endpoint }

interface Failed {
  outcome: Attempt['outcome']
}

interface Pending {
  readonly attempt: Attempt | Failed
  readonly local: SocketAddress
  /** The instant at which the attempt fails. */
  readonly deadline: bigint
  giveUp(): void
}

/** Nanoseconds after which an attempt fails that finds no room in the queue of the listener: what Linux takes. */
const connectTimeout = 127_000_000_000n

type Streams = readonly [input: object, output: object]

export interface Tcp {
  readonly TcpSocket: ResourceClass
  create(family: Family): object
}

/** wasi:sockets/tcp. A method that cannot do what it is asked for throws the error code. */
export const createTcp = ({ io, time, memory }: HostContext, network: Network): Tcp => {
  const streamsOf = (endpoint: Endpoint): Streams => [
    io.inputStream(endpoint.source()),
    io.outputStream(endpoint.sink()),
  ]

  const attemptAt = (
    listener: Listener,
    client: Parameters<typeof connectedPair>[1],
    address: SocketAddress,
  ): Attempt => {
    const attempt: Attempt = {
      outcome: 'waiting',
      establish: () => {
        const [mine, theirs] = connectedPair(memory, client, { address, options: listener.options })
        attempt.outcome = mine
        return theirs
      },
    }
    listener.knock(attempt)
    return attempt
  }

  const connect = (remote: SocketAddress, binding: Bound, options: TcpOptions): Pending => {
    const { address } = binding
    const local = isUnspecified(ipOf(address)) ? at(network.sourceFor(ipOf(remote)), address.val.port) : address
    const isLocal = network.isLocal(ipOf(remote))
    const listener = isLocal ? network.tcp.find(remote)?.owner : undefined
    const attempt: Attempt | Failed = listener
      ? attemptAt(listener, { address: local, options, onClose: () => binding.release() }, remote)
      : { outcome: { failed: isLocal ? 'connection-refused' : 'remote-unreachable' } }
    const giveUp = (): void => {
      if ('establish' in attempt) listener?.leave(attempt)
      if (attempt.outcome instanceof Endpoint) attempt.outcome.abort()
      else binding.release()
    }
    return { attempt, local, deadline: time.peek() + connectTimeout, giveUp }
  }

  /** What `attempt` came to by now. */
  const outcomeOf = ({ attempt, deadline, giveUp }: Pending): Attempt['outcome'] => {
    if (attempt.outcome === 'waiting' && time.peek() >= deadline) {
      giveUp()
      attempt.outcome = { failed: 'timeout' }
    }
    return attempt.outcome
  }

  class TcpSocket {
    readonly #family: Family
    readonly #leave: () => void
    #options: TcpOptions
    #state: State

    constructor(family: Family, options = defaultOptions(), endpoint?: Endpoint) {
      this.#leave = network.admit()
      this.#family = family
      this.#options = options
      this.#state = endpoint === undefined ? { tag: 'unbound' } : { tag: 'connected', endpoint }
    }

    startBind(_network: object, address: SocketAddress): void {
      if (this.#state.tag === 'bind-in-progress') raise('concurrency-conflict')
      if (this.#state.tag !== 'unbound') raise('invalid-state')
      network.checkBindable(address, this.#family)
      this.#state = { tag: 'bind-in-progress', binding: network.tcp.bind(address) }
    }
    finishBind(): void {
      if (this.#state.tag !== 'bind-in-progress') return raise('not-in-progress')
      this.#state = { tag: 'bound', binding: this.#state.binding }
    }

    startConnect(_network: object, remote: SocketAddress): void {
      const state = this.#state
      if (state.tag === 'connect-in-progress') raise('concurrency-conflict')
      const isFresh = state.tag === 'unbound' || state.tag === 'bound'
      if (!isFresh && state.tag !== 'closed') raise('invalid-state')
      try {
        network.checkPeer(remote, this.#family)
        if (!isUnicast(ipOf(remote))) raise('invalid-argument')
        // After a failure nothing can be connected any more; what no socket could connect to is told as that before.
        if (!isFresh) return raise('invalid-state')
        const binding = state.tag === 'bound' ? state.binding : this.#bindFor(remote)
        this.#state = { tag: 'connect-in-progress', pending: connect(remote, binding, this.#options) }
      } catch (error) {
        if (state.tag === 'bound') state.binding.release()
        this.#state = { tag: 'closed' }
        throw error
      }
    }
    #bindFor(remote: SocketAddress): Bound {
      return network.tcp.bind(at(network.sourceFor(ipOf(remote)), 0))
    }
    finishConnect(): Streams {
      if (this.#state.tag !== 'connect-in-progress') return raise('not-in-progress')
      const { pending } = this.#state
      const outcome = outcomeOf(pending)
      if (outcome === 'waiting') return raise('would-block')
      if (!(outcome instanceof Endpoint)) {
        pending.giveUp()
        this.#state = { tag: 'closed' }
        return raise(outcome.failed)
      }
      this.#state = { tag: 'connected', endpoint: outcome }
      return streamsOf(outcome)
    }

    startListen(): void {
      if (this.#state.tag === 'listen-in-progress') raise('concurrency-conflict')
      if (this.#state.tag !== 'bound') return raise('invalid-state')
      this.#state = { tag: 'listen-in-progress', binding: this.#state.binding }
    }
    finishListen(): void {
      if (this.#state.tag !== 'listen-in-progress') return raise('not-in-progress')
      const { binding } = this.#state
      const listener = new Listener(this.#options)
      binding.owner = listener
      this.#state = { tag: 'listening', binding, listener }
    }

    accept(): readonly [socket: TcpSocket, ...streams: Streams] {
      if (this.#state.tag !== 'listening') return raise('invalid-state')
      const { listener } = this.#state
      if (!listener.hasPending) return raise('would-block')
      const options = { ...this.#options, backlog: defaultOptions().backlog }
      // Before the connection is taken from the queue: without room for a socket it stays there.
      const accepted = new TcpSocket(this.#family, options)
      const endpoint = listener.accept()
      if (endpoint === undefined) return raise('would-block')
      endpoint.options = options
      accepted.#state = { tag: 'connected', endpoint }
      return [accepted, ...streamsOf(endpoint)]
    }

    localAddress(): SocketAddress {
      const state = this.#state
      switch (state.tag) {
        case 'connected':
          return state.endpoint.local
        case 'connect-in-progress':
          return state.pending.local
        case 'bound':
        case 'listen-in-progress':
        case 'listening':
          return state.binding.address
        default:
          return raise('invalid-state')
      }
    }
    remoteAddress(): SocketAddress {
      return this.#state.tag === 'connected' ? this.#state.endpoint.remote : raise('invalid-state')
    }
    isListening(): boolean {
      return this.#state.tag === 'listening'
    }
    addressFamily(): Family {
      return this.#family
    }

    /** The options, which a socket that failed has no more. */
    get #open(): TcpOptions {
      return this.#state.tag === 'closed' ? raise('invalid-state') : this.#options
    }
    setListenBacklogSize(value: bigint): void {
      const { tag } = this.#state
      if (tag === 'connect-in-progress' || tag === 'connected') raise('invalid-state')
      this.#open.backlog = backlogSize(value)
    }
    keepAliveEnabled(): boolean {
      return this.#open.keepAlive
    }
    setKeepAliveEnabled(value: boolean): void {
      this.#open.keepAlive = value
    }
    keepAliveIdleTime(): bigint {
      return this.#open.keepAliveIdle
    }
    setKeepAliveIdleTime(value: bigint): void {
      this.#open.keepAliveIdle = notZero(value)
    }
    keepAliveInterval(): bigint {
      return this.#open.keepAliveInterval
    }
    setKeepAliveInterval(value: bigint): void {
      this.#open.keepAliveInterval = notZero(value)
    }
    keepAliveCount(): number {
      return this.#open.keepAliveCount
    }
    setKeepAliveCount(value: number): void {
      this.#open.keepAliveCount = notZero(value)
    }
    hopLimit(): number {
      return this.#open.hopLimit
    }
    setHopLimit(value: number): void {
      this.#open.hopLimit = notZero(value)
    }
    receiveBufferSize(): bigint {
      return BigInt(this.#open.receiveBuffer)
    }
    setReceiveBufferSize(value: bigint): void {
      this.#open.receiveBuffer = bufferSize(value)
    }
    sendBufferSize(): bigint {
      return BigInt(this.#open.sendBuffer)
    }
    setSendBufferSize(value: bigint): void {
      this.#open.sendBuffer = bufferSize(value)
    }

    subscribe(): object {
      return io.pollable({
        ready: () => {
          const state = this.#state
          if (state.tag === 'listening') return state.listener.hasPending
          return state.tag !== 'connect-in-progress' || outcomeOf(state.pending) !== 'waiting'
        },
        deadline: () => (this.#state.tag === 'connect-in-progress' ? this.#state.pending.deadline : undefined),
      })
    }

    shutdown(how: 'receive' | 'send' | 'both'): void {
      if (this.#state.tag !== 'connected') return raise('invalid-state')
      this.#state.endpoint.shutdown(how)
    }

    [Symbol.dispose](): void {
      const state = this.#state
      this.#state = { tag: 'closed' }
      switch (state.tag) {
        case 'connected':
          state.endpoint.release('socket')
          break
        case 'connect-in-progress':
          state.pending.giveUp()
          break
        case 'listening':
          state.listener.close()
          state.binding.release()
          break
        case 'unbound':
        case 'closed':
          break
        default:
          state.binding.release()
      }
      this.#leave()
    }
  }

  return { TcpSocket, create: (family) => new TcpSocket(family) }
}

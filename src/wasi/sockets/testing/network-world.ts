import { mostMemory } from '../../budget.ts'
import { createWasiHost } from '../../host.ts'
import { interfacesServed } from '../../served.ts'
import type { WasiSettings } from '../../settings.ts'
import { type Family, type IpAddress, parseIp, type SocketAddress, at } from '../addresses.ts'

/** Calls a method as the glue does. What it throws is given: an error code, or an `Error` that ends the instance. */
export const call = (of: unknown, name: string, ...args: unknown[]): unknown => {
  const method: unknown = Reflect.get(Object(of), name)
  if (typeof method !== 'function') throw new Error(`no ${name}`)
  try {
    return Reflect.apply(method, of, args)
  } catch (error) {
    return error
  }
}

/** Drops a handle. */
export const drop = (...all: unknown[]): void => {
  for (const each of all) {
    const dispose: unknown = Reflect.get(Object(each), Symbol.dispose)
    if (typeof dispose === 'function') Reflect.apply(dispose, each, [])
  }
}

export const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error(`no list but ${String(value)}`)
  return value
}

export const ip = (text: string): IpAddress => {
  const parsed = parseIp(text)
  if (parsed === undefined) throw new Error(`no address: ${text}`)
  return parsed
}
export const socketAddress = (text: string, port = 0): SocketAddress => at(ip(text), port)
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (value: unknown): unknown => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value)

export interface Connection {
  readonly socket: unknown
  readonly input: unknown
  readonly output: unknown
}

/** A host with its sockets at hand. `memory`: bytes that it holds at most. */
export const networkWorld = (settings: WasiSettings = {}, memory = mostMemory) => {
  const host = createWasiHost(settings, {
    write: () => {},
    monotonic: () => 0n,
    today: () => 0,
    entropy: () => {},
    memory,
  })
  const imports = host.imports(interfacesServed)
  const of = (name: string): unknown => imports[`wasi:${name}`]
  const network = call(of('sockets/instance-network'), 'instanceNetwork')
  const tcp = (family: Family = 'ipv4'): unknown => call(of('sockets/tcp-create-socket'), 'createTcpSocket', family)
  const udp = (family: Family = 'ipv4'): unknown => call(of('sockets/udp-create-socket'), 'createUdpSocket', family)
  /** The code of the first step that fails. */
  const bind = (socket: unknown, address: SocketAddress): unknown =>
    call(socket, 'startBind', network, address) ?? call(socket, 'finishBind')
  const connect = (socket: unknown, address: unknown): unknown =>
    call(socket, 'startConnect', network, address) ?? call(socket, 'finishConnect')
  const listen = (address: SocketAddress = socketAddress('127.0.0.1')) => {
    const socket = tcp(address.tag)
    const failed = bind(socket, address) ?? call(socket, 'startListen') ?? call(socket, 'finishListen')
    if (failed !== undefined) throw new Error(`cannot listen: ${String(failed)}`)
    return { socket, address: call(socket, 'localAddress') }
  }
  const accept = (listener: unknown): Connection => {
    const [socket, input, output] = list(call(listener, 'accept'))
    return { socket, input, output }
  }
  const dial = (address: unknown, family: Family = 'ipv4'): Connection => {
    const socket = tcp(family)
    const [input, output] = list(connect(socket, address))
    return { socket, input, output }
  }
  const pair = (address?: SocketAddress) => {
    const listener = listen(address)
    const client = dial(listener.address, address?.tag)
    return { listener: listener.socket, client, server: accept(listener.socket) }
  }
  const isReady = (what: unknown): unknown => call(call(what, 'subscribe'), 'ready')
  return { host, of, network, tcp, udp, bind, connect, listen, accept, dial, pair, isReady }
}

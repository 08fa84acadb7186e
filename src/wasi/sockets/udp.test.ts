import { describe, expect, test } from 'vitest'
import { HostTrap } from '../signals.ts'
import type { SocketAddress } from './addresses.ts'
import { bytes, call, drop, list, networkWorld, socketAddress, text } from './testing/network-world.ts'

const world = (memory?: number) => {
  const net = networkWorld({}, memory)
  const bound = (address: SocketAddress = socketAddress('127.0.0.1')) => {
    const socket = net.udp(address.tag)
    const failed = net.bind(socket, address)
    if (failed !== undefined) throw new Error(`cannot bind: ${String(failed)}`)
    return socket
  }
  const stream = (socket: unknown, peer?: unknown) => {
    const [incoming, outgoing] = list(call(socket, 'stream', peer))
    return { incoming, outgoing }
  }
  const send = (outgoing: unknown, ...datagrams: readonly { data: Uint8Array; remoteAddress?: unknown }[]) => {
    const permit = call(outgoing, 'checkSend')
    return typeof permit === 'bigint' ? call(outgoing, 'send', datagrams) : permit
  }
  return { ...net, bound, stream, send }
}

const addressOf = (socket: unknown): unknown => call(socket, 'localAddress')
const received = (value: unknown): unknown[] => list(value).map((each) => text(Reflect.get(Object(each), 'data')))

describe('the states of a socket', () => {
  test('unbound: no streams, no addresses', () => {
    const { udp, isReady } = world()
    const socket = udp('ipv6')
    expect(call(socket, 'finishBind')).toBe('not-in-progress')
    expect(call(socket, 'stream', undefined)).toBe('invalid-state')
    expect(addressOf(socket)).toBe('invalid-state')
    expect(call(socket, 'remoteAddress')).toBe('invalid-state')
    expect(call(socket, 'addressFamily')).toBe('ipv6')
    expect(isReady(socket)).toBe(true)
  })

  test('bind in progress: a second one is a conflict', () => {
    const { udp, network } = world()
    const socket = udp()
    expect(call(socket, 'startBind', network, socketAddress('127.0.0.1'))).toBeUndefined()
    expect(call(socket, 'startBind', network, socketAddress('127.0.0.1'))).toBe('concurrency-conflict')
    expect(call(socket, 'stream', undefined)).toBe('invalid-state')
    expect(call(socket, 'finishBind')).toBeUndefined()
    expect(call(socket, 'startBind', network, socketAddress('127.0.0.1'))).toBe('invalid-state')
    expect(call(socket, 'finishBind')).toBe('not-in-progress')
  })

  test.each([
    [socketAddress('::1'), 'invalid-argument'],
    [socketAddress('192.0.2.1'), 'address-not-bindable'],
    [socketAddress('127.0.0.1', 9), undefined],
  ])('binding to %j: %s', (address, code) => {
    const { udp, bind } = world()
    expect(bind(udp(), address)).toBe(code)
  })

  test('an address is kept until the socket and its streams are dropped, and is none of TCP', () => {
    const { udp, tcp, bind, bound, stream } = world()
    const address = socketAddress('127.0.0.1', 9)
    const socket = bound(address)
    const { incoming, outgoing } = stream(socket)
    expect(bind(tcp(), address)).toBeUndefined()
    drop(socket, incoming)
    expect(bind(udp(), address)).toBe('address-in-use')
    drop(outgoing)
    expect(bind(udp(), address)).toBeUndefined()
  })

  test('a peer comes and goes', () => {
    const { bound } = world()
    const socket = bound(socketAddress('0.0.0.0'))
    const [one, other] = [socketAddress('127.0.0.1', 4321), socketAddress('127.0.0.1', 4320)]
    for (const peer of [undefined, undefined, one, one, other, undefined, one]) {
      drop(...list(call(socket, 'stream', peer)))
      expect(call(socket, 'remoteAddress')).toEqual(peer ?? 'invalid-state')
      expect(addressOf(socket)).toEqual(socketAddress(peer ? '127.0.0.1' : '0.0.0.0', 49152))
    }
  })

  test.each([
    [socketAddress('::1', 1), 'invalid-argument'],
    [socketAddress('0.0.0.0', 1), 'invalid-argument'],
    [socketAddress('127.0.0.1', 0), 'invalid-argument'],
    [socketAddress('192.0.2.1', 1), 'remote-unreachable'],
  ])('streams to %j are refused: %s', (peer, code) => {
    const { bound } = world()
    const socket = bound()
    expect(call(socket, 'stream', peer)).toBe(code)
    expect(call(socket, 'remoteAddress')).toBe('invalid-state')
  })
})

describe('datagrams', () => {
  test.each(['127.0.0.1', '::1'])('go from socket to socket on %s, empty ones too', (ip) => {
    const { bound, stream, send } = world()
    const server = bound(socketAddress(ip))
    const { incoming } = stream(server)
    const client = bound(socketAddress(ip === '::1' ? '::' : '0.0.0.0'))
    const { incoming: none, outgoing } = stream(client, addressOf(server))
    expect(send(outgoing, { data: bytes('') }, { data: bytes('Hello'), remoteAddress: addressOf(server) })).toBe(2n)
    const from = addressOf(client)
    drop(outgoing, none, client)
    expect(call(incoming, 'receive', 100n)).toEqual([
      { data: bytes(''), remoteAddress: from },
      { data: bytes('Hello'), remoteAddress: from },
    ])
    expect(call(incoming, 'receive', 100n)).toEqual([])
  })

  test('are there before the streams, and taken by the number asked for', () => {
    const { bound, stream, send } = world()
    const server = bound()
    const { outgoing } = stream(bound())
    const remoteAddress = addressOf(server)
    send(outgoing, ...['a', 'b', 'c'].map((data) => ({ data: bytes(data), remoteAddress })))
    const { incoming } = stream(server)
    expect(call(incoming, 'receive', 0n)).toEqual([])
    expect(received(call(incoming, 'receive', 2n))).toEqual(['a', 'b'])
    expect(received(call(incoming, 'receive', 1n << 63n))).toEqual(['c'])
  })

  test('of others do not reach a socket with a peer', () => {
    const { bound, stream, send } = world()
    const [server, friend, stranger] = [bound(), bound(), bound()]
    const to = (from: unknown, data: string) => {
      const { incoming, outgoing } = stream(from)
      expect(send(outgoing, { data: bytes(data), remoteAddress: addressOf(server) })).toBe(1n)
      drop(incoming, outgoing)
    }
    to(stranger, 'before')
    to(friend, 'first')
    const { incoming } = stream(server, addressOf(friend))
    to(stranger, 'after')
    to(friend, 'second')
    expect(received(call(incoming, 'receive', 9n))).toEqual(['first', 'second'])
  })

  test('waiting for them ends when one comes, and traps where none can', () => {
    const { bound, stream, send } = world()
    const server = bound()
    const { incoming } = stream(server)
    const pollable = call(incoming, 'subscribe')
    expect(call(pollable, 'ready')).toBe(false)
    expect(call(pollable, 'block')).toBeInstanceOf(HostTrap)
    send(stream(bound()).outgoing, { data: bytes('x'), remoteAddress: addressOf(server) })
    expect(call(pollable, 'ready')).toBe(true)
  })

  test('that find no room are lost', () => {
    const { bound, stream, send } = world()
    const server = bound()
    const { outgoing } = stream(bound())
    const datagram = { data: new Uint8Array(10_000), remoteAddress: addressOf(server) }
    expect(send(outgoing, ...Array.from({ length: 20 }, () => datagram))).toBe(20n)
    expect(received(call(stream(server).incoming, 'receive', 64n))).toHaveLength(6)
  })

  test('without data fill no more than their part either', () => {
    const { bound, stream, send } = world()
    const server = bound()
    const { outgoing } = stream(bound())
    const datagram = { data: bytes(''), remoteAddress: addressOf(server) }
    for (let at = 0; at < 100; at++) send(outgoing, ...Array.from({ length: 64 }, () => datagram))
    const { incoming } = stream(server)
    let count = 0
    for (;;) {
      const { length } = list(call(incoming, 'receive', 1000n))
      if (length === 0) break
      count += length
    }
    expect(count).toBe(1024)
  })

  test('of all sockets together hold no more memory than the network has, until somebody takes some', () => {
    const { bound, stream, send } = world(4 << 20)
    const { outgoing } = stream(bound())
    const data = new Uint8Array(65_000)
    const sockets = Array.from({ length: 50 }, () => {
      const socket = bound()
      call(socket, 'setReceiveBufferSize', 1n << 40n)
      const datagram = { data, remoteAddress: addressOf(socket) }
      expect(send(outgoing, datagram, datagram, datagram, datagram)).toBe(4n)
      return { socket, ...stream(socket) }
    })
    const counts = sockets.map(({ incoming }) => list(call(incoming, 'receive', 9n)).length)
    const count = counts.reduce((sum, each) => sum + each, 0)
    expect(count).toBe(Math.floor((4 << 20) / 65_064))
    // What was taken makes room again.
    const last = sockets.at(-1)
    const datagram = { data, remoteAddress: addressOf(last?.socket) }
    for (let at = 0; at < 100; at++) {
      expect(send(outgoing, datagram)).toBe(1n)
      expect(received(call(last?.incoming, 'receive', 9n))).toHaveLength(1)
    }
  })
})

describe('sending', () => {
  test('traps without a permit, and beyond one, and does not for nothing', () => {
    const { bound, stream } = world()
    const socket = bound()
    const { outgoing } = stream(socket)
    const datagram = { data: bytes('x'), remoteAddress: addressOf(socket) }
    expect(call(outgoing, 'send', [])).toBe(0n)
    expect(call(outgoing, 'send', [datagram])).toBeInstanceOf(HostTrap)
    expect(call(outgoing, 'checkSend')).toBe(64n)
    expect(
      call(
        outgoing,
        'send',
        Array.from({ length: 65 }, () => datagram),
      ),
    ).toBeInstanceOf(HostTrap)
    call(outgoing, 'checkSend')
    expect(call(outgoing, 'send', [datagram])).toBe(1n)
    expect(call(outgoing, 'send', [datagram])).toBeInstanceOf(HostTrap)
  })

  test.each([
    ['to the other family', { remoteAddress: socketAddress('::1', 5) }, 'invalid-argument'],
    ['to no address', { remoteAddress: socketAddress('0.0.0.0', 5) }, 'invalid-argument'],
    ['to no port', { remoteAddress: socketAddress('127.0.0.1', 0) }, 'invalid-argument'],
    ['to nobody', {}, 'invalid-argument'],
    ['to the outside', { remoteAddress: socketAddress('192.0.2.1', 5) }, 'remote-unreachable'],
    ['too much', { remoteAddress: socketAddress('127.0.0.1', 5), data: new Uint8Array(65508) }, 'datagram-too-large'],
    ['to a port that nobody has', { remoteAddress: socketAddress('127.0.0.1', 5) }, 1n],
  ])('%s', (_, datagram, answer) => {
    const { bound, stream, send } = world()
    const { outgoing } = stream(bound())
    expect(send(outgoing, { data: bytes('x'), ...datagram })).toBe(answer)
  })

  test('stops at the first failure and says how many went', () => {
    const { bound, stream, send } = world()
    const server = bound()
    const good = { data: bytes('x'), remoteAddress: addressOf(server) }
    const bad = { data: bytes('x'), remoteAddress: socketAddress('192.0.2.1', 5) }
    const { outgoing } = stream(bound())
    expect(send(outgoing, good, bad, good)).toBe(1n)
    expect(send(outgoing, bad, good)).toBe('remote-unreachable')
    expect(received(call(stream(server).incoming, 'receive', 9n))).toEqual(['x'])
  })

  test('to another than the peer is refused', () => {
    const { bound, stream, send } = world()
    const [server, other] = [bound(), bound()]
    const { outgoing } = stream(bound(), addressOf(server))
    expect(send(outgoing, { data: bytes('x'), remoteAddress: addressOf(other) })).toBe('invalid-argument')
    expect(send(outgoing, { data: bytes('x'), remoteAddress: addressOf(server) })).toBe(1n)
  })

  test('to a peer that is not there is told with the next call, once', () => {
    const { bound, stream, send } = world()
    const { incoming, outgoing } = stream(bound(), socketAddress('127.0.0.1', 5))
    expect(send(outgoing, { data: bytes('x') })).toBe(1n)
    expect(call(call(incoming, 'subscribe'), 'ready')).toBe(true)
    expect(call(incoming, 'receive', 1n)).toBe('connection-refused')
    expect(call(incoming, 'receive', 1n)).toEqual([])
  })

  test('does not go through streams that newer ones replaced', () => {
    const { bound, stream } = world()
    const socket = bound()
    const old = stream(socket)
    stream(socket)
    expect(call(old.incoming, 'receive', 1n)).toBe('invalid-state')
    expect(call(old.outgoing, 'checkSend')).toBe('invalid-state')
    expect(call(old.outgoing, 'send', [])).toBe('invalid-state')
    expect(call(call(old.incoming, 'subscribe'), 'ready')).toBe(true)
    expect(call(call(old.outgoing, 'subscribe'), 'ready')).toBe(true)
  })
})

test.each([
  ['ReceiveBufferSize', 0x10000n, 0n],
  ['SendBufferSize', 0x10000n, 0n],
  ['UnicastHopLimit', 42, 0],
])('%s keeps what it is set to, and refuses 0', (name, value, zero) => {
  const socket = world().udp()
  const read = name.charAt(0).toLowerCase() + name.slice(1)
  expect(call(socket, `set${name}`, value)).toBeUndefined()
  expect(call(socket, read)).toBe(value)
  expect(call(socket, `set${name}`, zero)).toBe('invalid-argument')
})

test('a policy that denies the sockets answers with their error', () => {
  const { udp, tcp } = networkWorld({ policy: { 'wasi:sockets': 'deny', 'wasi:sockets/instance-network': 'allow' } })
  expect(udp()).toBe('access-denied')
  expect(tcp()).toBe('access-denied')
})

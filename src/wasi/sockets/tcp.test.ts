import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HostTrap } from '../signals.ts'
import { mostSockets } from './network.ts'
import { bytes, call, drop, list, networkWorld, socketAddress, text } from './testing/network-world.ts'

const here = socketAddress('127.0.0.1')

/** What each function says in a state, in which none of them changes it. */
const answers = (world: ReturnType<typeof networkWorld>, socket: unknown) => ({
  startBind: call(socket, 'startBind', world.network, here),
  finishBind: call(socket, 'finishBind'),
  finishConnect: call(socket, 'finishConnect'),
  finishListen: call(socket, 'finishListen'),
  accept: call(socket, 'accept'),
  shutdown: call(socket, 'shutdown', 'both'),
  remoteAddress: call(socket, 'remoteAddress'),
  isListening: call(socket, 'isListening'),
  addressFamily: call(socket, 'addressFamily'),
  backlog: call(socket, 'setListenBacklogSize', 5n),
})

const notInProgress = {
  finishBind: 'not-in-progress',
  finishConnect: 'not-in-progress',
  finishListen: 'not-in-progress',
}

describe('the states of a socket', () => {
  test('unbound: it can be bound and connected, nothing else', () => {
    const world = networkWorld()
    const socket = world.tcp('ipv6')
    const { startBind: _, ...rest } = answers(world, socket)
    expect(rest).toEqual({
      // It was bound to an IPv4 address before, which failed: nothing has changed.
      ...notInProgress,
      accept: 'invalid-state',
      shutdown: 'invalid-state',
      remoteAddress: 'invalid-state',
      isListening: false,
      addressFamily: 'ipv6',
      backlog: undefined,
    })
    expect(call(socket, 'localAddress')).toBe('invalid-state')
    expect(call(socket, 'startListen')).toBe('invalid-state')
    expect(world.isReady(socket)).toBe(true)
  })

  test('bind in progress: a second one is a conflict, everything else comes after it', () => {
    const world = networkWorld()
    const socket = world.tcp()
    expect(call(socket, 'startBind', world.network, here)).toBeUndefined()
    expect(call(socket, 'startBind', world.network, here)).toBe('concurrency-conflict')
    expect(call(socket, 'startConnect', world.network, here)).toBe('invalid-state')
    expect(call(socket, 'startListen')).toBe('invalid-state')
    expect(call(socket, 'localAddress')).toBe('invalid-state')
    expect(world.isReady(socket)).toBe(true)
    expect(call(socket, 'finishBind')).toBeUndefined()
  })

  test('bound: it has an address, and is not bound again', () => {
    const world = networkWorld()
    const socket = world.tcp()
    world.bind(socket, here)
    expect(answers(world, socket)).toEqual({
      ...notInProgress,
      startBind: 'invalid-state',
      accept: 'invalid-state',
      shutdown: 'invalid-state',
      remoteAddress: 'invalid-state',
      isListening: false,
      addressFamily: 'ipv4',
      backlog: undefined,
    })
    expect(call(socket, 'localAddress')).toEqual(socketAddress('127.0.0.1', 49152))
  })

  test('listening: it accepts, and is neither bound nor connected again', () => {
    const world = networkWorld()
    const socket = world.tcp()
    world.bind(socket, here)
    expect(call(socket, 'startListen')).toBeUndefined()
    expect(call(socket, 'startListen')).toBe('concurrency-conflict')
    expect(call(socket, 'isListening')).toBe(false)
    expect(call(socket, 'finishListen')).toBeUndefined()
    expect(answers(world, socket)).toEqual({
      ...notInProgress,
      startBind: 'invalid-state',
      accept: 'would-block',
      shutdown: 'invalid-state',
      remoteAddress: 'invalid-state',
      isListening: true,
      addressFamily: 'ipv4',
      backlog: undefined,
    })
    expect(call(socket, 'startListen')).toBe('invalid-state')
    expect(call(socket, 'startConnect', world.network, here)).toBe('invalid-state')
    expect(world.isReady(socket)).toBe(false)
  })

  test('connected: it has two addresses, and nothing is started again', () => {
    const world = networkWorld()
    const { client, server } = world.pair()
    for (const { socket } of [client, server]) {
      expect({ ...answers(world, socket), remoteAddress: undefined }).toEqual({
        ...notInProgress,
        startBind: 'invalid-state',
        accept: 'invalid-state',
        shutdown: undefined,
        remoteAddress: undefined,
        isListening: false,
        addressFamily: 'ipv4',
        backlog: 'invalid-state',
      })
      expect(call(socket, 'startConnect', world.network, here)).toBe('invalid-state')
      expect(call(socket, 'startListen')).toBe('invalid-state')
      expect(world.isReady(socket)).toBe(true)
    }
    expect(call(client.socket, 'remoteAddress')).toEqual(call(server.socket, 'localAddress'))
    expect(call(server.socket, 'remoteAddress')).toEqual(call(client.socket, 'localAddress'))
  })

  test.each([
    ['of the other family', socketAddress('::1', 80), 'invalid-argument'],
    ['that is unspecified', socketAddress('0.0.0.0', 80), 'invalid-argument'],
    ['of many', socketAddress('224.0.0.1', 80), 'invalid-argument'],
    ['of all', socketAddress('255.255.255.255', 80), 'invalid-argument'],
    ['without a port', socketAddress('127.0.0.1', 0), 'invalid-argument'],
    ['outside', socketAddress('192.0.2.1', 80), 'remote-unreachable'],
    ['where nobody listens', socketAddress('127.0.0.1', 80), 'connection-refused'],
  ])('closed: after connecting to an address %s, nothing is left but to drop it', (_, remote, code) => {
    const world = networkWorld()
    const socket = world.tcp()
    world.bind(socket, socketAddress('127.0.0.1', 7))
    expect(world.connect(socket, remote)).toBe(code)
    for (const name of ['localAddress', 'remoteAddress', 'startListen', 'hopLimit', 'keepAliveEnabled', 'accept']) {
      expect(call(socket, name)).toBe('invalid-state')
    }
    expect(call(socket, 'startConnect', world.network, socketAddress('127.0.0.1', 80))).toBe('invalid-state')
    // What is wrong with an address is told in any case.
    expect(call(socket, 'startConnect', world.network, here)).toBe('invalid-argument')
    expect(call(socket, 'finishConnect')).toBe('not-in-progress')
    expect(world.isReady(socket)).toBe(true)
    // Its address is free again.
    expect(world.bind(world.tcp(), socketAddress('127.0.0.1', 7))).toBeUndefined()
  })
})

describe('binding', () => {
  test.each([
    [socketAddress('::1'), 'invalid-argument'],
    [socketAddress('224.254.0.0'), 'invalid-argument'],
    [socketAddress('255.255.255.255'), 'invalid-argument'],
    [socketAddress('192.0.2.0'), 'address-not-bindable'],
    [socketAddress('0.0.0.0', 80), undefined],
    [socketAddress('127.1.2.3', 80), undefined],
  ])('an IPv4 socket to %j: %s', (address, code) => {
    const world = networkWorld()
    expect(world.bind(world.tcp(), address)).toBe(code)
  })

  test.each([
    [socketAddress('127.0.0.1'), 'invalid-argument'],
    [socketAddress('::ffff:127.0.0.1'), 'invalid-argument'],
    [socketAddress('ff00::'), 'invalid-argument'],
    [socketAddress('2001:db8::'), 'address-not-bindable'],
    [socketAddress('::', 80), undefined],
  ])('an IPv6 socket to %j: %s', (address, code) => {
    const world = networkWorld()
    expect(world.bind(world.tcp('ipv6'), address)).toBe(code)
  })

  test('may be tried again after it failed', () => {
    const world = networkWorld()
    const socket = world.tcp()
    expect(world.bind(socket, socketAddress('192.0.2.0'))).toBe('address-not-bindable')
    expect(world.bind(socket, socketAddress('127.0.0.1', 99))).toBeUndefined()
    expect(call(socket, 'localAddress')).toEqual(socketAddress('127.0.0.1', 99))
  })

  test('keeps an address from others until the socket is dropped', () => {
    const world = networkWorld()
    const first = world.tcp()
    world.bind(first, socketAddress('127.0.0.1', 99))
    expect(world.bind(world.tcp(), socketAddress('127.0.0.1', 99))).toBe('address-in-use')
    expect(world.bind(world.tcp(), socketAddress('0.0.0.0', 99))).toBe('address-in-use')
    expect(world.bind(world.tcp(), socketAddress('127.0.0.2', 99))).toBeUndefined()
    expect(world.bind(world.tcp('ipv6'), socketAddress('::1', 99))).toBeUndefined()
    drop(first)
    expect(world.bind(world.tcp(), socketAddress('127.0.0.1', 99))).toBeUndefined()
  })

  test('gives the same ephemeral ports in each run', () => {
    const ports = () => {
      const world = networkWorld()
      return [0, 0, 50000, 0].map((port) => {
        const socket = world.tcp()
        world.bind(socket, socketAddress('127.0.0.1', port))
        return call(socket, 'localAddress')
      })
    }
    expect(ports()).toEqual(ports())
    expect(ports()[1]).toEqual(socketAddress('127.0.0.1', 49153))
  })

  test('goes to the addresses of the names of the run', () => {
    const world = networkWorld({ network: { hosts: { 'db.internal': ['10.0.0.5'] } } })
    const { server, client } = world.pair(socketAddress('10.0.0.5', 5432))
    expect(call(server.socket, 'localAddress')).toEqual(socketAddress('10.0.0.5', 5432))
    expect(call(client.socket, 'localAddress')).toEqual(socketAddress('10.0.0.5', 49152))
  })
})

describe('a connection', () => {
  test.each(['127.0.0.1', '::1'])('carries bytes both ways on %s', (address) => {
    const { client, server } = networkWorld().pair(socketAddress(address))
    call(client.output, 'blockingWriteAndFlush', bytes('ping'))
    expect(text(call(server.input, 'read', 2n))).toBe('pi')
    expect(text(call(server.input, 'blockingRead', 9n))).toBe('ng')
    call(server.output, 'blockingWriteAndFlush', bytes('pong'))
    expect(text(call(client.input, 'blockingRead', 9n))).toBe('pong')
    expect(call(client.input, 'read', 9n)).toEqual(new Uint8Array())
  })

  test('is made before anybody accepts it, and outlives the client', () => {
    const world = networkWorld()
    const { socket, address } = world.listen()
    const client = world.dial(address)
    call(client.output, 'blockingWriteAndFlush', bytes('early'))
    drop(client.input, client.output, client.socket)
    expect(world.isReady(socket)).toBe(true)
    const server = world.accept(socket)
    expect(call(server.input, 'read', 0n)).toEqual(new Uint8Array())
    expect(text(call(server.input, 'blockingRead', 99n))).toBe('early')
    expect(call(server.input, 'blockingRead', 99n)).toEqual({ tag: 'closed' })
  })

  test('a listener of all addresses takes those of loopback', () => {
    const world = networkWorld()
    const { socket } = world.listen(socketAddress('0.0.0.0', 80))
    const client = world.dial(socketAddress('127.0.0.7', 80))
    const server = world.accept(socket)
    expect(call(server.socket, 'localAddress')).toEqual(socketAddress('127.0.0.7', 80))
    expect(call(server.socket, 'remoteAddress')).toEqual(call(client.socket, 'localAddress'))
  })

  test('holds back who writes more than is read', () => {
    const { client, server } = networkWorld().pair()
    let written = 0
    for (;;) {
      const permit = call(client.output, 'checkWrite')
      if (permit === 0n) break
      call(client.output, 'write', new Uint8Array(Number(permit)))
      written += Number(permit)
    }
    expect(written).toBe(2 * 65536)
    const room = call(client.output, 'subscribe')
    expect(call(room, 'ready')).toBe(false)
    expect(call(room, 'block')).toBeInstanceOf(HostTrap)
    expect(call(server.input, 'read', 1000n)).toHaveLength(1000)
    expect(call(room, 'ready')).toBe(true)
    expect(call(client.output, 'checkWrite')).toBe(1000n)
  })

  test('a write that finds its permit spent by a splice traps', () => {
    const { client, server } = networkWorld().pair()
    call(client.output, 'blockingWriteAndFlush', bytes('abc'))
    call(server.output, 'checkWrite')
    expect(call(server.output, 'splice', server.input, 3n)).toBe(3n)
    expect(call(server.output, 'write', bytes('x'))).toBeInstanceOf(HostTrap)
  })

  test('waiting for bytes that nobody can send traps', () => {
    const { client } = networkWorld().pair()
    expect(call(client.input, 'blockingRead', 1n)).toBeInstanceOf(HostTrap)
  })

  test('a connection that nobody makes is not waited for', () => {
    const world = networkWorld()
    const { socket } = world.listen()
    expect(call(call(socket, 'subscribe'), 'block')).toBeInstanceOf(HostTrap)
  })

  test('with a full queue is waited for until there is room', () => {
    const world = networkWorld()
    const { socket, address } = world.listen()
    call(socket, 'setListenBacklogSize', 1n)
    world.dial(address)
    const late = world.tcp()
    expect(world.connect(late, address)).toBe('would-block')
    expect(call(late, 'startConnect', world.network, address)).toBe('concurrency-conflict')
    expect(world.isReady(late)).toBe(false)
    world.accept(socket)
    expect(world.isReady(late)).toBe(true)
    expect(list(call(late, 'finishConnect'))).toHaveLength(2)
    expect(call(late, 'finishConnect')).toBe('not-in-progress')
  })

  test('with a full queue times out in virtual time', () => {
    const world = networkWorld()
    const { socket, address } = world.listen()
    call(socket, 'setListenBacklogSize', 1n)
    world.dial(address)
    const late = world.tcp()
    expect(world.connect(late, address)).toBe('would-block')
    call(call(late, 'subscribe'), 'block')
    expect(call(late, 'finishConnect')).toBe('timeout')
    expect(world.host.instant).toBe(127_000_000_000n)
  })

  test('is reset where the listener goes before it was accepted', () => {
    const world = networkWorld()
    const { socket, address } = world.listen()
    call(socket, 'setListenBacklogSize', 1n)
    const client = world.dial(address)
    const late = world.tcp()
    world.connect(late, address)
    drop(socket)
    const failed = call(client.input, 'read', 1n)
    expect(failed).toMatchObject({ tag: 'last-operation-failed' })
    const error: unknown = Reflect.get(Object(failed), 'val')
    expect(call(world.of('sockets/network'), 'networkErrorCode', error)).toBe('connection-reset')
    expect(call(client.input, 'read', 1n)).toEqual({ tag: 'closed' })
    expect(call(late, 'finishConnect')).toBe('connection-refused')
  })

  test('gives its options to the accepted socket', () => {
    const world = networkWorld()
    const { socket, address } = world.listen()
    call(socket, 'setHopLimit', 42)
    call(socket, 'setKeepAliveEnabled', true)
    call(socket, 'setKeepAliveIdleTime', 5n)
    call(socket, 'setKeepAliveInterval', 6n)
    call(socket, 'setKeepAliveCount', 7)
    call(socket, 'setReceiveBufferSize', 2048n)
    call(socket, 'setSendBufferSize', 4096n)
    world.dial(address)
    const { socket: accepted } = world.accept(socket)
    expect(call(accepted, 'hopLimit')).toBe(42)
    expect(call(accepted, 'keepAliveEnabled')).toBe(true)
    expect(call(accepted, 'keepAliveIdleTime')).toBe(5n)
    expect(call(accepted, 'keepAliveInterval')).toBe(6n)
    expect(call(accepted, 'keepAliveCount')).toBe(7)
    expect(call(accepted, 'receiveBufferSize')).toBe(2048n)
    expect(call(accepted, 'sendBufferSize')).toBe(4096n)
    call(accepted, 'setHopLimit', 1)
    expect(call(socket, 'hopLimit')).toBe(42)
  })

  test('any writes and reads in a row carry the bytes in order, and never more than there is room for', () => {
    const write = fc.uint8Array({ maxLength: 3000, size: 'max' }).map((data) => ({ write: data }))
    const read = fc.integer({ min: 0, max: 3000 }).map((length) => ({ read: length }))
    const size = fc.integer({ min: 1, max: 5000 }).map((buffer) => ({ buffer }))
    fc.assert(
      fc.property(fc.array(fc.oneof(write, read, size), { maxLength: 40 }), (steps) => {
        const { client, server } = networkWorld().pair()
        let queued: number[] = []
        for (const step of steps) {
          if ('buffer' in step) {
            call(client.socket, 'setSendBufferSize', BigInt(step.buffer))
            call(server.socket, 'setReceiveBufferSize', BigInt(step.buffer))
          } else if ('read' in step) {
            const taken = call(server.input, 'read', BigInt(step.read))
            expect(taken).toEqual(Uint8Array.from(queued.slice(0, step.read)))
            queued = queued.slice(step.read)
          } else {
            const permit = Number(call(client.output, 'checkWrite'))
            const capacity =
              Number(call(client.socket, 'sendBufferSize')) + Number(call(server.socket, 'receiveBufferSize'))
            expect(permit).toBe(Math.max(0, capacity - queued.length))
            const part = step.write.subarray(0, permit)
            call(client.output, 'write', part)
            queued = [...queued, ...part]
          }
        }
        call(client.socket, 'shutdown', 'send')
        if (queued.length > 0) expect(call(server.input, 'read', 1n << 20n)).toEqual(Uint8Array.from(queued))
        expect(call(server.input, 'read', 1n)).toEqual({ tag: 'closed' })
      }),
      { numRuns: 100 },
    )
  })
})

describe('the end of a connection', () => {
  test('for sending comes after what was written', () => {
    const { client, server } = networkWorld().pair()
    call(client.output, 'checkWrite')
    call(client.output, 'write', bytes('last'))
    expect(call(client.socket, 'shutdown', 'send')).toBeUndefined()
    expect(call(client.socket, 'shutdown', 'send')).toBeUndefined()
    expect(call(client.output, 'write', bytes('x'))).toEqual({ tag: 'closed' })
    expect(call(client.output, 'checkWrite')).toEqual({ tag: 'closed' })
    expect(call(client.output, 'flush')).toEqual({ tag: 'closed' })
    expect(text(call(server.input, 'read', 99n))).toBe('last')
    expect(call(server.input, 'read', 0n)).toEqual({ tag: 'closed' })
    // The other direction goes on.
    call(server.output, 'blockingWriteAndFlush', bytes('answer'))
    expect(text(call(client.input, 'read', 99n))).toBe('answer')
  })

  test('for receiving discards what has come and what will', () => {
    const { client, server } = networkWorld().pair()
    call(server.output, 'blockingWriteAndFlush', bytes('unread'))
    call(client.socket, 'shutdown', 'receive')
    expect(call(client.input, 'read', 10n)).toEqual({ tag: 'closed' })
    expect(call(client.input, 'read', 0n)).toEqual({ tag: 'closed' })
    for (let at = 0; at < 100; at++) {
      expect(call(server.output, 'blockingWriteAndFlush', new Uint8Array(4096))).toBeUndefined()
    }
  })

  test('of both directions is seen by the peer', () => {
    const { client, server } = networkWorld().pair()
    call(server.socket, 'shutdown', 'both')
    expect(call(call(client.input, 'subscribe'), 'ready')).toBe(true)
    expect(call(client.input, 'read', 10n)).toEqual({ tag: 'closed' })
  })

  test('by dropping the output stream is that for sending', () => {
    const { client, server } = networkWorld().pair()
    call(client.output, 'blockingWriteAndFlush', bytes('last'))
    drop(client.output)
    expect(text(call(server.input, 'blockingRead', 99n))).toBe('last')
    expect(call(server.input, 'blockingRead', 99n)).toEqual({ tag: 'closed' })
  })

  test('by dropping everything fails the writes of the peer', () => {
    const world = networkWorld()
    const { client, server } = world.pair()
    drop(server.socket, server.input)
    expect(call(client.output, 'blockingWriteAndFlush', bytes('heard by nobody'))).toBeUndefined()
    drop(server.output)
    const failed = call(client.output, 'checkWrite')
    expect(failed).toMatchObject({ tag: 'last-operation-failed' })
    const error: unknown = Reflect.get(Object(failed), 'val')
    expect(call(world.of('sockets/network'), 'networkErrorCode', error)).toBe('connection-reset')
    expect(call(client.output, 'checkWrite')).toEqual({ tag: 'closed' })
  })

  test('frees the address of the listener for the next, though a connection lives', () => {
    const world = networkWorld()
    const { listener, server, client } = world.pair(socketAddress('127.0.0.1', 80))
    drop(listener)
    expect(world.bind(world.tcp(), socketAddress('127.0.0.1', 80))).toBeUndefined()
    call(server.output, 'blockingWriteAndFlush', bytes('on'))
    expect(text(call(client.input, 'read', 9n))).toBe('on')
  })
})

describe('the options', () => {
  test.each([
    ['ReceiveBufferSize', 0x10000n, 0n],
    ['SendBufferSize', 0x10000n, 0n],
    ['KeepAliveIdleTime', 42_000_000_000n, 0n],
    ['KeepAliveInterval', 42_000_000_000n, 0n],
    ['KeepAliveCount', 42, 0],
    ['HopLimit', 42, 0],
  ])('%s keeps what it is set to, and refuses 0', (name, value, zero) => {
    const socket = networkWorld().tcp()
    const read = name.charAt(0).toLowerCase() + name.slice(1)
    expect(call(socket, `set${name}`, value)).toBeUndefined()
    expect(call(socket, read)).toBe(value)
    expect(call(socket, `set${name}`, zero)).toBe('invalid-argument')
    expect(call(socket, read)).toBe(value)
  })

  test('of sizes are bounded silently', () => {
    const socket = networkWorld().tcp()
    for (const size of [1n, (1n << 64n) - 1n]) {
      expect(call(socket, 'setReceiveBufferSize', size)).toBeUndefined()
      expect(call(socket, 'setListenBacklogSize', size)).toBeUndefined()
    }
    expect(call(socket, 'receiveBufferSize')).toBe(262144n)
    expect(call(socket, 'setListenBacklogSize', 0n)).toBe('invalid-argument')
  })
})

describe('a guest that takes without end', () => {
  test('gets an error for one socket too many, until it drops one', () => {
    const world = networkWorld()
    const sockets = Array.from({ length: mostSockets }, () => world.tcp())
    expect(world.tcp()).toBe('new-socket-limit')
    expect(world.udp()).toBe('new-socket-limit')
    drop(sockets[0])
    expect(world.tcp()).not.toBe('new-socket-limit')
  })

  test('gets an error for one accepted socket too many, and loses no connection', () => {
    const world = networkWorld()
    const { socket, address } = world.listen()
    const client = world.dial(address)
    const others = Array.from({ length: mostSockets - 2 }, () => world.tcp())
    expect(call(socket, 'accept')).toBe('new-socket-limit')
    drop(others[0])
    const server = world.accept(socket)
    call(client.output, 'blockingWriteAndFlush', bytes('still there'))
    expect(text(call(server.input, 'read', 99n))).toBe('still there')
  })

  test('fills no more memory than there is', () => {
    const world = networkWorld({}, 4 << 20)
    const { socket, address } = world.listen()
    let held = 0
    for (let at = 0; at < 50; at++) {
      const client = world.dial(address)
      call(client.socket, 'setSendBufferSize', 1n << 40n)
      world.accept(socket)
      const permit = call(client.output, 'checkWrite')
      if (typeof permit !== 'bigint') throw new Error('no permit')
      call(client.output, 'write', new Uint8Array(Number(permit)))
      held += Number(permit)
    }
    expect(held).toBe(4 << 20)
  })

  test('fails to write where others have taken the memory that it was permitted', () => {
    const world = networkWorld({}, 100_000)
    const [first, second] = [world.pair(), world.pair()]
    expect(call(first.client.output, 'checkWrite')).toBe(100_000n)
    expect(call(second.client.output, 'checkWrite')).toBe(100_000n)
    expect(call(first.client.output, 'write', new Uint8Array(100_000))).toBeUndefined()
    const failed = call(second.client.output, 'write', new Uint8Array(100_000))
    const error: unknown = Reflect.get(Object(failed), 'val')
    expect(call(world.of('sockets/network'), 'networkErrorCode', error)).toBe('out-of-memory')
    expect(call(second.server.input, 'blockingRead', 9n)).toMatchObject({ tag: 'last-operation-failed' })
    // What is read or dropped makes room again.
    drop(first.server.input)
    const { client } = world.pair()
    expect(call(client.output, 'checkWrite')).toBe(100_000n)
  })
})

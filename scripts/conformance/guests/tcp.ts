import { bytes, equal, fails, failsWith, holds, rulesOf, text } from './check.ts'
import { accept, bound, dial, ipv4, listening, loopback, loopback6, lostConnection, pair } from './connections.ts'
import { poll } from 'wasi:io/poll@0.2.12'
import { networkErrorCode } from 'wasi:sockets/network@0.2.12'
import { instanceNetwork } from 'wasi:sockets/instance-network@0.2.12'
import { createTcpSocket } from 'wasi:sockets/tcp-create-socket@0.2.12'

const onCreate = rulesOf('wasi:sockets/tcp-create-socket')
onCreate('create-tcp-socket', 'Create a new TCP socket of the family.', () => {
  equal(createTcpSocket('ipv4').addressFamily(), 'ipv4')
  equal(createTcpSocket('ipv6').addressFamily(), 'ipv6')
})
onCreate(
  'create-tcp-socket',
  'new-socket-limit: The new socket resource could not be created because of a system limit.',
  () => {
    const sockets = []
    fails(() => {
      for (let at = 0; at < 100_000; at++) sockets.push(createTcpSocket('ipv4'))
    }, 'new-socket-limit')
  },
)

const onNetwork = rulesOf('wasi:sockets/network')
onNetwork(
  'network-error-code',
  "This payload can be passed through to this function to see if there's network-related information about the error.",
  () => {
    const { client } = lostConnection()
    try {
      client.output.checkWrite()
    } catch (error) {
      equal(networkErrorCode(error.payload.val), 'connection-reset')
      return
    }
    holds(false, 'the stream did not fail')
  },
)
rulesOf('wasi:sockets/instance-network')('instance-network', 'Get a handle to the default network.', () => {
  const socket = createTcpSocket('ipv4')
  socket.startBind(instanceNetwork(), loopback())
  socket.finishBind()
})

const on = rulesOf('wasi:sockets/tcp')
const bind = (socket, address) => {
  socket.startBind(instanceNetwork(), address)
  socket.finishBind()
}
const wrongBinds = [
  ['ipv4', loopback6(), 'invalid-argument', 'The local-address has the wrong address family.'],
  ['ipv6', loopback(), 'invalid-argument', 'The local-address has the wrong address family. (IPv6)'],
  ['ipv4', ipv4(224, 254, 0, 0), 'invalid-argument', 'local-address is not a unicast address.'],
  ['ipv4', ipv4(255, 255, 255, 255), 'invalid-argument', 'local-address is not a unicast address. (broadcast)'],
  [
    'ipv6',
    { tag: 'ipv6', val: { port: 0, flowInfo: 0, address: [0xff00, 0, 0, 0, 0, 0, 0, 0], scopeId: 0 } },
    'invalid-argument',
    'local-address is not a unicast address. (IPv6)',
  ],
  [
    'ipv6',
    { tag: 'ipv6', val: { port: 0, flowInfo: 0, address: [0, 0, 0, 0, 0, 0xffff, 0x7f00, 1], scopeId: 0 } },
    'invalid-argument',
    'local-address is an IPv4-mapped IPv6 address.',
  ],
  ['ipv4', ipv4(192, 0, 2, 0), 'address-not-bindable', 'local-address is not an address that the network can bind to.'],
] as const
for (const [family, address, code, says] of wrongBinds) {
  on(['tcp-socket.start-bind', 'tcp-socket.finish-bind'], `${code}: ${says}`, () =>
    fails(() => bind(createTcpSocket(family), address), code),
  )
}
on('tcp-socket.start-bind', 'If the TCP/UDP port is zero, the socket will be bound to a random free port.', () => {
  const [one, other] = [bound().localAddress(), bound().localAddress()]
  holds(one.val.port !== 0 && one.val.port !== other.val.port, 'no port of its own')
  equal(one.val.address, [127, 0, 0, 1])
})
on(
  'tcp-socket.start-bind',
  'If the IP address is zero, it is left to the implementation to decide which network interface(s) to bind to.',
  () => {
    const listener = listening(ipv4(0, 0, 0, 0, 80))
    dial(loopback(80, 7))
    equal(accept(listener).socket.localAddress(), loopback(80, 7))
  },
)
on(
  'tcp-socket.start-bind',
  'Bind can be attempted multiple times on the same socket … as long as the previous bind failed.',
  () => {
    const socket = createTcpSocket('ipv4')
    fails(() => bind(socket, ipv4(192, 0, 2, 0)), 'address-not-bindable')
    bind(socket, loopback(99))
    equal(socket.localAddress(), loopback(99))
  },
)
on('tcp-socket.start-bind', 'invalid-state: The socket is already bound.', () => {
  fails(() => bound().startBind(instanceNetwork(), loopback()), 'invalid-state')
})
on('tcp-socket.start-bind', 'But never concurrently: a bind is already in progress.', () => {
  const socket = createTcpSocket('ipv4')
  socket.startBind(instanceNetwork(), loopback())
  fails(() => socket.startBind(instanceNetwork(), loopback()), 'concurrency-conflict')
  socket.finishBind()
})
on(['tcp-socket.start-bind', 'tcp-socket.finish-bind'], 'address-in-use: Address is already in use.', () => {
  const first = listening(loopback(80))
  fails(() => bind(createTcpSocket('ipv4'), loopback(80)), 'address-in-use')
  fails(() => bind(createTcpSocket('ipv4'), ipv4(0, 0, 0, 0, 80)), 'address-in-use')
  first[Symbol.dispose]()
  bind(createTcpSocket('ipv4'), loopback(80))
})
on(
  'tcp-socket.start-bind',
  "This bind operation shouldn't be affected by the TIME_WAIT state of a recently closed socket on the same local address.",
  () => {
    const { listener, client, server } = pair(loopback(80))
    server.socket.shutdown('both')
    for (const each of [
      server.input,
      server.output,
      server.socket,
      client.input,
      client.output,
      client.socket,
      listener,
    ])
      each[Symbol.dispose]()
    listening(loopback(80))
  },
)
on('tcp-socket.finish-bind', 'not-in-progress: A bind operation is not in progress.', () => {
  fails(() => createTcpSocket('ipv4').finishBind(), 'not-in-progress')
  fails(() => bound().finishBind(), 'not-in-progress')
})

const wrongPeers = [
  [loopback6(80), 'invalid-argument', 'The remote-address has the wrong address family.'],
  [ipv4(224, 0, 0, 1, 80), 'invalid-argument', 'remote-address is not a unicast address.'],
  [ipv4(0, 0, 0, 0, 80), 'invalid-argument', 'The IP address in remote-address is set to INADDR_ANY.'],
  [loopback(0), 'invalid-argument', 'The port in remote-address is set to 0.'],
  [loopback(81), 'connection-refused', 'The connection was forcefully rejected.'],
  [ipv4(192, 0, 2, 1, 80), 'remote-unreachable', 'The remote address is not reachable.'],
] as const
for (const [address, code, says] of wrongPeers) {
  on(
    ['tcp-socket.start-connect', 'tcp-socket.finish-connect'],
    `${code}: ${says} After a failed connection attempt, the socket will be in the closed state.`,
    () => {
      const socket = createTcpSocket('ipv4')
      fails(() => {
        socket.startConnect(instanceNetwork(), address)
        socket.finishConnect()
      }, code)
      fails(() => socket.startConnect(instanceNetwork(), loopback(80)), 'invalid-state')
      fails(() => socket.startBind(instanceNetwork(), loopback()), 'invalid-state')
    },
  )
}
on('tcp-socket.start-connect', 'invalid-argument: remote-address is an IPv4-mapped IPv6 address.', () => {
  const address = {
    tag: 'ipv6',
    val: { port: 80, flowInfo: 0, address: [0, 0, 0, 0, 0, 0xffff, 0x7f00, 1], scopeId: 0 },
  } as const
  fails(() => createTcpSocket('ipv6').startConnect(instanceNetwork(), address), 'invalid-argument')
})
on(
  'tcp-socket.start-connect',
  'invalid-state: The socket is already in the connected or in the listening state.',
  () => {
    const { client, listener } = pair()
    fails(() => client.socket.startConnect(instanceNetwork(), loopback(80)), 'invalid-state')
    fails(() => listener.startConnect(instanceNetwork(), loopback(80)), 'invalid-state')
  },
)
on('tcp-socket.start-connect', 'A socket that was bound connects from its address.', () => {
  const listener = listening()
  const socket = bound(loopback(7777))
  socket.startConnect(instanceNetwork(), listener.localAddress())
  socket.finishConnect()
  equal(accept(listener).socket.remoteAddress(), loopback(7777))
})
on(
  'tcp-socket.finish-connect',
  'A pair of streams is returned that can be used to read & write to the connection.',
  () => {
    const { client, server } = pair()
    client.output.blockingWriteAndFlush(bytes('ping'))
    equal(text(server.input.blockingRead(9n)), 'ping')
    server.output.blockingWriteAndFlush(bytes('pong'))
    equal(text(client.input.blockingRead(9n)), 'pong')
  },
)
on('tcp-socket.finish-connect', 'The same over IPv6.', () => {
  const { client, server } = pair(loopback6())
  client.output.blockingWriteAndFlush(bytes('ping'))
  equal(text(server.input.blockingRead(9n)), 'ping')
})
on('tcp-socket.finish-connect', 'not-in-progress: A connect operation is not in progress.', () => {
  fails(() => createTcpSocket('ipv4').finishConnect(), 'not-in-progress')
  fails(() => pair().client.socket.finishConnect(), 'not-in-progress')
})
on(
  ['tcp-socket.finish-connect', 'tcp-socket.subscribe'],
  "would-block: Can't finish the operation; this pollable can be used to wait for success or failure, after which the method can be retried.",
  () => {
    const listener = listening()
    listener.setListenBacklogSize(1n)
    dial(listener.localAddress())
    const late = createTcpSocket('ipv4')
    late.startConnect(instanceNetwork(), listener.localAddress())
    const pollable = late.subscribe()
    fails(() => late.finishConnect(), 'would-block')
    fails(() => late.startConnect(instanceNetwork(), listener.localAddress()), 'concurrency-conflict')
    equal(pollable.ready(), false)
    accept(listener)
    equal(poll([pollable]), [0])
    equal(late.finishConnect().length, 2)
  },
)
on(['tcp-socket.finish-connect'], 'timeout: The operation timed out before it could finish completely.', () => {
  const listener = listening()
  listener.setListenBacklogSize(1n)
  dial(listener.localAddress())
  const late = createTcpSocket('ipv4')
  late.startConnect(instanceNetwork(), listener.localAddress())
  late.subscribe().block()
  fails(() => late.finishConnect(), 'timeout')
})

on(
  'tcp-socket.start-listen',
  'Unlike POSIX, the socket must already be explicitly bound. invalid-state: The socket is not bound to any local address.',
  () => {
    fails(() => createTcpSocket('ipv4').startListen(), 'invalid-state')
  },
)
on('tcp-socket.start-listen', 'invalid-state: The socket is already in the connected or the listening state.', () => {
  const { client, listener } = pair()
  fails(() => client.socket.startListen(), 'invalid-state')
  fails(() => listener.startListen(), 'invalid-state')
})
on(
  'tcp-socket.finish-listen',
  'Transitions the socket into the listening state. not-in-progress: A listen operation is not in progress.',
  () => {
    const socket = bound()
    fails(() => socket.finishListen(), 'not-in-progress')
    socket.startListen()
    equal(socket.isListening(), false)
    socket.finishListen()
    equal(socket.isListening(), true)
    fails(() => socket.finishListen(), 'not-in-progress')
  },
)
on('tcp-socket.accept', 'invalid-state: Socket is not in the listening state.', () => {
  fails(() => createTcpSocket('ipv4').accept(), 'invalid-state')
  fails(() => bound().accept(), 'invalid-state')
  fails(() => pair().client.socket.accept(), 'invalid-state')
})
on(['tcp-socket.accept', 'tcp-socket.subscribe'], 'would-block: No pending connections at the moment.', () => {
  const listener = listening()
  const pollable = listener.subscribe()
  fails(() => listener.accept(), 'would-block')
  equal(pollable.ready(), false)
  dial(listener.localAddress())
  equal(pollable.ready(), true)
  accept(listener)
  equal(pollable.ready(), false)
})
on(
  'tcp-socket.accept',
  'The returned socket is bound and in the connected state. The following properties are inherited from the listener socket.',
  () => {
    const listener = listening()
    listener.setKeepAliveEnabled(true)
    listener.setKeepAliveIdleTime(11_000_000_000n)
    listener.setKeepAliveInterval(12_000_000_000n)
    listener.setKeepAliveCount(13)
    listener.setHopLimit(14)
    listener.setReceiveBufferSize(0x8000n)
    listener.setSendBufferSize(0x4000n)
    const client = dial(listener.localAddress())
    const { socket } = accept(listener)
    equal(socket.addressFamily(), 'ipv4')
    equal(socket.localAddress(), listener.localAddress())
    equal(socket.remoteAddress(), client.socket.localAddress())
    for (const name of [
      'keepAliveEnabled',
      'keepAliveIdleTime',
      'keepAliveInterval',
      'keepAliveCount',
      'hopLimit',
      'receiveBufferSize',
      'sendBufferSize',
    ]) {
      equal(socket[name](), listener[name](), name)
    }
  },
)
on(
  'tcp-socket.accept',
  'A connection is made before it is accepted, with what was written by then, though its client has gone.',
  () => {
    const listener = listening()
    const client = dial(listener.localAddress())
    client.output.blockingWriteAndFlush(bytes('early'))
    for (const each of [client.input, client.output, client.socket]) each[Symbol.dispose]()
    const { input } = accept(listener)
    equal(input.read(0n), [])
    equal(text(input.blockingRead(9n)), 'early')
    failsWith(() => input.blockingRead(9n), 'closed')
  },
)
on(
  'tcp-socket.accept',
  'Waiting for a connection that nobody can make traps instead of hanging.',
  () => listening().subscribe().block(),
  { traps: 'never happen' },
)

on('tcp-socket.local-address', 'invalid-state: The socket is not bound to any local address.', () => {
  const socket = createTcpSocket('ipv4')
  fails(() => socket.localAddress(), 'invalid-state')
  socket.startBind(instanceNetwork(), loopback(5))
  fails(() => socket.localAddress(), 'invalid-state')
  socket.finishBind()
  equal(socket.localAddress(), loopback(5))
})
on('tcp-socket.remote-address', 'invalid-state: The socket is not connected to a remote address.', () => {
  fails(() => createTcpSocket('ipv4').remoteAddress(), 'invalid-state')
  fails(() => bound().remoteAddress(), 'invalid-state')
  fails(() => listening().remoteAddress(), 'invalid-state')
  const { client, listener } = pair()
  equal(client.socket.remoteAddress(), listener.localAddress())
})
on('tcp-socket.is-listening', 'Whether the socket is in the listening state.', () => {
  const { client, listener, server } = pair()
  equal(
    [bound(), listener, client.socket, server.socket].map((each) => each.isListening()),
    [false, true, false, false],
  )
})
on('tcp-socket.address-family', 'Whether this is a IPv4 or IPv6 socket.', () => {
  equal([bound().addressFamily(), pair(loopback6()).server.socket.addressFamily()], ['ipv4', 'ipv6'])
})
on(
  'tcp-socket.set-listen-backlog-size',
  'If the provided value is 0, an invalid-argument error is returned. Any other value will never cause an error.',
  () => {
    const socket = createTcpSocket('ipv4')
    fails(() => socket.setListenBacklogSize(0n), 'invalid-argument')
    for (const size of [1n, 1n << 40n, (1n << 64n) - 1n]) socket.setListenBacklogSize(size)
  },
)
on(
  'tcp-socket.set-listen-backlog-size',
  'invalid-state: The socket is in the connect-in-progress or connected state.',
  () => {
    const { client, listener } = pair()
    fails(() => client.socket.setListenBacklogSize(5n), 'invalid-state')
    const socket = createTcpSocket('ipv4')
    socket.startConnect(instanceNetwork(), listener.localAddress())
    fails(() => socket.setListenBacklogSize(5n), 'invalid-state')
  },
)
on(
  ['tcp-socket.keep-alive-enabled', 'tcp-socket.set-keep-alive-enabled'],
  'Enables or disables keepalive. These properties can be configured while keep-alive-enabled is false.',
  () => {
    const socket = createTcpSocket('ipv4')
    equal(socket.keepAliveEnabled(), false)
    socket.setKeepAliveCount(3)
    socket.setKeepAliveEnabled(true)
    equal(socket.keepAliveEnabled(), true)
  },
)
const options = [
  ['keep-alive-idle-time', 'KeepAliveIdleTime', 42_000_000_000n, 0n, [1n, (1n << 64n) - 1n]],
  ['keep-alive-interval', 'KeepAliveInterval', 42_000_000_000n, 0n, [1n, (1n << 64n) - 1n]],
  ['keep-alive-count', 'KeepAliveCount', 42, 0, [1, 0xffff_ffff]],
  ['hop-limit', 'HopLimit', 42, 0, [1, 255]],
  ['receive-buffer-size', 'ReceiveBufferSize', 0x10000n, 0n, [1n, (1n << 64n) - 1n]],
  ['send-buffer-size', 'SendBufferSize', 0x10000n, 0n, [1n, (1n << 64n) - 1n]],
] as const
for (const [label, name, value, zero, extremes] of options) {
  const read = name.charAt(0).toLowerCase() + name.slice(1)
  on([`tcp-socket.${label}`, `tcp-socket.set-${label}`], 'The value that was set is read back.', () => {
    const socket = createTcpSocket('ipv6')
    holds(socket[read]() > zero, 'no default')
    socket[`set${name}`](value)
    equal(socket[read](), value)
  })
  on(
    [`tcp-socket.set-${label}`],
    'If the provided value is 0, an invalid-argument error is returned. Any other value will never cause an error, but it might be silently clamped and/or rounded.',
    () => {
      const socket = createTcpSocket('ipv4')
      fails(() => socket[`set${name}`](zero), 'invalid-argument')
      for (const extreme of extremes) {
        socket[`set${name}`](extreme)
        holds(socket[read]() > zero, `${extreme} made it 0`)
      }
    },
  )
}
on(
  'tcp-socket.subscribe',
  'Pollable readiness: unbound, bound and connected are always ready; operations in progress when they can be finished.',
  () => {
    const socket = createTcpSocket('ipv4')
    const pollable = socket.subscribe()
    equal(pollable.ready(), true)
    socket.startBind(instanceNetwork(), loopback())
    pollable.block()
    socket.finishBind()
    equal(pollable.ready(), true)
    socket.startListen()
    pollable.block()
    socket.finishListen()
    equal(pollable.ready(), false)
  },
)
on('tcp-socket.shutdown', 'invalid-state: The socket is not in the connected state.', () => {
  for (const socket of [createTcpSocket('ipv4'), bound(), listening()])
    fails(() => socket.shutdown('both'), 'invalid-state')
})
on(
  'tcp-socket.shutdown',
  'receive: The input-stream associated with this socket will be closed. Any data still in the receive queue at time of calling this method will be discarded.',
  () => {
    const { client, server } = pair()
    server.output.blockingWriteAndFlush(bytes('unread'))
    client.socket.shutdown('receive')
    failsWith(() => client.input.read(10n), 'closed')
    failsWith(() => client.input.read(0n), 'closed')
  },
)
on(
  'tcp-socket.shutdown',
  'send: The output-stream associated with this socket will be closed and a FIN packet will be sent.',
  () => {
    const { client, server } = pair()
    client.output.blockingWriteAndFlush(bytes('last'))
    client.socket.shutdown('send')
    failsWith(() => client.output.checkWrite(), 'closed')
    failsWith(() => client.output.flush(), 'closed')
    equal(text(server.input.blockingRead(9n)), 'last')
    failsWith(() => server.input.blockingRead(9n), 'closed')
    server.output.blockingWriteAndFlush(bytes('answer'))
    equal(text(client.input.blockingRead(9n)), 'answer')
  },
)
on('tcp-socket.shutdown', 'both: Same effect as receive & send combined. This function is idempotent.', () => {
  const { client, server } = pair()
  for (const how of ['both', 'both', 'send', 'receive'] as const) client.socket.shutdown(how)
  failsWith(() => client.input.read(1n), 'closed')
  failsWith(() => client.output.checkWrite(), 'closed')
  failsWith(() => server.input.blockingRead(1n), 'closed')
})

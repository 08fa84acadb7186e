import { bytes, equal, fails, holds, rulesOf, text } from './check.ts'
import { ipv4, loopback, loopback6 } from './connections.ts'
import { instanceNetwork } from 'wasi:sockets/instance-network@0.2.12'
import { resolveAddresses } from 'wasi:sockets/ip-name-lookup@0.2.12'
import { createUdpSocket } from 'wasi:sockets/udp-create-socket@0.2.12'

const bind = (socket, address) => {
  socket.startBind(instanceNetwork(), address)
  socket.finishBind()
  return socket
}
const bound = (address = loopback()) => bind(createUdpSocket(address.tag), address)
const streams = (socket, peer?) => {
  const [incoming, outgoing] = socket.stream(peer)
  return { incoming, outgoing }
}
const send = (outgoing, ...datagrams) => {
  holds(outgoing.checkSend() >= BigInt(datagrams.length), 'too few are permitted')
  return outgoing.send(datagrams)
}

rulesOf('wasi:sockets/udp-create-socket')('create-udp-socket', 'Create a new UDP socket of the family.', () => {
  equal([createUdpSocket('ipv4').addressFamily(), createUdpSocket('ipv6').addressFamily()], ['ipv4', 'ipv6'])
})
rulesOf('wasi:sockets/udp-create-socket')(
  'create-udp-socket',
  'new-socket-limit: The new socket resource could not be created because of a system limit.',
  () => {
    const sockets = []
    fails(() => {
      for (let at = 0; at < 100_000; at++) sockets.push(createUdpSocket('ipv6'))
    }, 'new-socket-limit')
  },
)

const on = rulesOf('wasi:sockets/udp')
on(
  ['udp-socket.start-bind', 'udp-socket.finish-bind'],
  'If the port is zero, the socket will be bound to a random free port.',
  () => {
    const [one, other] = [bound().localAddress(), bound().localAddress()]
    holds(one.val.port !== 0 && one.val.port !== other.val.port, 'no port of its own')
  },
)
on('udp-socket.start-bind', 'invalid-argument: The local-address has the wrong address family.', () =>
  fails(() => bind(createUdpSocket('ipv4'), loopback6()), 'invalid-argument'),
)
on('udp-socket.start-bind', 'address-not-bindable: local-address is not an address that the network can bind to.', () =>
  fails(() => bound(ipv4(192, 0, 2, 1)), 'address-not-bindable'),
)
on('udp-socket.start-bind', 'address-in-use: Address is already in use.', () => {
  const first = bound(loopback(53))
  fails(() => bound(loopback(53)), 'address-in-use')
  first[Symbol.dispose]()
  bound(loopback(53))
})
on('udp-socket.start-bind', 'invalid-state: The socket is already bound; a bind in progress is a conflict.', () => {
  fails(() => bound().startBind(instanceNetwork(), loopback()), 'invalid-state')
  const socket = createUdpSocket('ipv4')
  socket.startBind(instanceNetwork(), loopback())
  fails(() => socket.startBind(instanceNetwork(), loopback()), 'concurrency-conflict')
})
on('udp-socket.finish-bind', 'not-in-progress: A bind operation is not in progress.', () => {
  fails(() => createUdpSocket('ipv4').finishBind(), 'not-in-progress')
  fails(() => bound().finishBind(), 'not-in-progress')
})
on('udp-socket.stream', 'invalid-state: The socket is not bound.', () =>
  fails(() => createUdpSocket('ipv4').stream(undefined), 'invalid-state'),
)
const wrongPeers = [
  [loopback6(5), 'invalid-argument', 'The remote-address has the wrong address family.'],
  [ipv4(0, 0, 0, 0, 5), 'invalid-argument', 'The IP address in remote-address is set to INADDR_ANY.'],
  [loopback(0), 'invalid-argument', 'The port in remote-address is set to 0.'],
  [ipv4(192, 0, 2, 1, 5), 'remote-unreachable', 'The remote address is not reachable.'],
] as const
for (const [address, code, says] of wrongPeers) {
  on('udp-socket.stream', `${code}: ${says}`, () => fails(() => bound().stream(address), code))
  on('outgoing-datagram-stream.send', `${code}: ${says}`, () =>
    fails(() => send(streams(bound()).outgoing, { data: bytes('x'), remoteAddress: address }), code),
  )
}
on(
  ['udp-socket.stream', 'udp-socket.remote-address', 'udp-socket.local-address'],
  'On success, the remote-address of the socket is updated. The local-address may be updated as well. It may be called multiple times.',
  () => {
    const socket = bound(ipv4(0, 0, 0, 0))
    const drop = ({ incoming, outgoing }) => {
      incoming[Symbol.dispose]()
      outgoing[Symbol.dispose]()
    }
    drop(streams(socket))
    fails(() => socket.remoteAddress(), 'invalid-state')
    drop(streams(socket, loopback(4321)))
    equal(socket.remoteAddress(), loopback(4321))
    holds(socket.localAddress().val.port !== 0, 'no port')
    drop(streams(socket, loopback(4320)))
    equal(socket.remoteAddress(), loopback(4320))
    drop(streams(socket))
    fails(() => socket.remoteAddress(), 'invalid-state')
  },
)
on('udp-socket.stream', 'receive will only return datagrams sent from the provided remote-address.', () => {
  const [server, friend, stranger] = [bound(), bound(), bound()]
  const remoteAddress = server.localAddress()
  send(streams(stranger).outgoing, { data: bytes('before'), remoteAddress })
  const { incoming } = streams(server, friend.localAddress())
  send(streams(friend).outgoing, { data: bytes('friend'), remoteAddress })
  send(streams(stranger).outgoing, { data: bytes('after'), remoteAddress })
  equal(
    incoming.receive(9n).map(({ data }) => text(data)),
    ['friend'],
  )
})
on('udp-socket.stream', 'Only the most recently returned pair of streams will be operational.', () => {
  const socket = bound()
  const old = streams(socket)
  streams(socket)
  fails(() => old.incoming.receive(1n), 'invalid-state')
  fails(() => old.outgoing.checkSend(), 'invalid-state')
})
on('udp-socket.local-address', 'invalid-state: The socket is not bound to any local address.', () => {
  fails(() => createUdpSocket('ipv4').localAddress(), 'invalid-state')
  equal(bound(loopback(53)).localAddress(), loopback(53))
})
on('udp-socket.remote-address', 'invalid-state: The socket is not streaming to a specific remote address.', () => {
  fails(() => createUdpSocket('ipv4').remoteAddress(), 'invalid-state')
  fails(() => bound().remoteAddress(), 'invalid-state')
})
on('udp-socket.address-family', 'Whether this is a IPv4 or IPv6 socket.', () =>
  equal(bound(loopback6()).addressFamily(), 'ipv6'),
)
const options = [
  ['unicast-hop-limit', 'UnicastHopLimit', 42, 0, [1, 255]],
  ['receive-buffer-size', 'ReceiveBufferSize', 0x10000n, 0n, [1n, (1n << 64n) - 1n]],
  ['send-buffer-size', 'SendBufferSize', 0x10000n, 0n, [1n, (1n << 64n) - 1n]],
] as const
for (const [label, name, value, zero, extremes] of options) {
  const read = name.charAt(0).toLowerCase() + name.slice(1)
  on(
    [`udp-socket.${label}`, `udp-socket.set-${label}`],
    'The value that was set is read back. If the provided value is 0, an invalid-argument error is returned.',
    () => {
      const socket = createUdpSocket('ipv6')
      holds(socket[read]() > zero, 'no default')
      for (const extreme of extremes) socket[`set${name}`](extreme)
      socket[`set${name}`](value)
      fails(() => socket[`set${name}`](zero), 'invalid-argument')
      equal(socket[read](), value)
    },
  )
}
on('udp-socket.subscribe', 'A pollable which will resolve once the socket is ready for I/O.', () => {
  const socket = createUdpSocket('ipv4')
  equal(socket.subscribe().ready(), true)
  socket.startBind(instanceNetwork(), loopback())
  socket.subscribe().block()
  socket.finishBind()
})
on(
  ['incoming-datagram-stream.receive', 'outgoing-datagram-stream.send'],
  'A datagram arrives as it was sent, with the address of its sender; an empty one is one too.',
  () => {
    const [server, client] = [bound(), bound(ipv4(0, 0, 0, 0))]
    const { incoming } = streams(server)
    const { outgoing } = streams(client, server.localAddress())
    equal(send(outgoing, { data: bytes('') }, { data: bytes('Hello'), remoteAddress: server.localAddress() }), 2n)
    const from = client.localAddress()
    equal(incoming.receive(9n), [
      { data: bytes(''), remoteAddress: from },
      { data: bytes('Hello'), remoteAddress: from },
    ])
  },
)
on(
  'incoming-datagram-stream.receive',
  'This function attempts to receive up to max-results datagrams … never more.',
  () => {
    const server = bound()
    const datagram = { data: bytes('x'), remoteAddress: server.localAddress() }
    send(streams(bound()).outgoing, datagram, datagram, datagram)
    const { incoming } = streams(server)
    equal([incoming.receive(2n).length, incoming.receive((1n << 64n) - 1n).length], [2, 1])
  },
)
on(
  'incoming-datagram-stream.receive',
  'Returns successfully with an empty list when max-results is 0, or no results are immediately available.',
  () => {
    const server = bound()
    const { incoming } = streams(server)
    equal(incoming.receive(5n), [])
    send(streams(bound()).outgoing, { data: bytes('x'), remoteAddress: server.localAddress() })
    equal([incoming.receive(0n).length, incoming.receive(5n).length], [0, 1])
  },
)
on(
  ['incoming-datagram-stream.receive', 'incoming-datagram-stream.subscribe'],
  'connection-refused: The connection was refused.',
  () => {
    const { incoming, outgoing } = streams(bound(), loopback(5))
    send(outgoing, { data: bytes('x') })
    incoming.subscribe().block()
    fails(() => incoming.receive(1n), 'connection-refused')
    equal(incoming.receive(1n), [])
  },
)
on(
  'incoming-datagram-stream.subscribe',
  'A pollable which will resolve once the stream is ready to receive again.',
  () => {
    const server = bound()
    const pollable = streams(server).incoming.subscribe()
    equal(pollable.ready(), false)
    send(streams(bound()).outgoing, { data: bytes('x'), remoteAddress: server.localAddress() })
    equal(pollable.ready(), true)
  },
)
on(
  'incoming-datagram-stream.subscribe',
  'Waiting for a datagram that nobody can send traps instead of hanging.',
  () => streams(bound()).incoming.subscribe().block(),
  { traps: 'never happen' },
)
on(
  ['outgoing-datagram-stream.check-send', 'outgoing-datagram-stream.subscribe'],
  'Returns the number of datagrams permitted for the next call to send.',
  () => {
    const { outgoing } = streams(bound())
    outgoing.subscribe().block()
    holds(outgoing.checkSend() > 0n, 'none')
  },
)
on('outgoing-datagram-stream.send', 'If the input list is empty, the function returns ok(0).', () =>
  equal(streams(bound()).outgoing.send([]), 0n),
)
on(
  'outgoing-datagram-stream.send',
  'Implementations must trap if check-send was not called.',
  () => {
    const socket = bound()
    streams(socket).outgoing.send([{ data: bytes('x'), remoteAddress: socket.localAddress() }])
  },
  { traps: 'check-send' },
)
on(
  ['outgoing-datagram-stream.send', 'outgoing-datagram-stream.check-send'],
  'Implementations must trap if datagrams contains more items than check-send permitted.',
  () => {
    const socket = bound()
    const { outgoing } = streams(socket)
    const length = Number(outgoing.checkSend()) + 1
    outgoing.send(Array.from({ length }, () => ({ data: bytes('x'), remoteAddress: socket.localAddress() })))
  },
  { traps: 'check-send' },
)
on(
  'outgoing-datagram-stream.send',
  'invalid-argument: The socket is in "connected" mode and remote-address is some value that does not match the address passed to stream.',
  () => {
    const [one, other] = [bound(), bound()]
    const { outgoing } = streams(bound(), one.localAddress())
    fails(() => send(outgoing, { data: bytes('x'), remoteAddress: other.localAddress() }), 'invalid-argument')
  },
)
on(
  'outgoing-datagram-stream.send',
  'invalid-argument: The socket is not "connected" and no value for remote-address was provided.',
  () => fails(() => send(streams(bound()).outgoing, { data: bytes('x') }), 'invalid-argument'),
)
on('outgoing-datagram-stream.send', 'datagram-too-large: The datagram is too large.', () => {
  fails(
    () => send(streams(bound()).outgoing, { data: new Uint8Array(70_000), remoteAddress: loopback(5) }),
    'datagram-too-large',
  )
})
on(
  'outgoing-datagram-stream.send',
  'Sequentially sending each datagram until … the first error occurred. If at least one datagram has been sent successfully, this function never returns an error.',
  () => {
    const server = bound()
    const good = { data: bytes('x'), remoteAddress: server.localAddress() }
    equal(send(streams(bound()).outgoing, good, { data: bytes('y') }, good), 1n)
    equal(streams(server).incoming.receive(9n).length, 1)
  },
)

const onNames = rulesOf('wasi:sockets/ip-name-lookup')
const resolved = (name) => {
  const stream = resolveAddresses(instanceNetwork(), name)
  const all = []
  for (let next = stream.resolveNextAddress(); next !== undefined; next = stream.resolveNextAddress()) all.push(next)
  return all
}
onNames(
  ['resolve-addresses', 'resolve-address-stream.resolve-next-address'],
  'On each call, it will return the next address. If all addresses have been exhausted, this function returns none.',
  () => {
    equal(
      resolved('localhost')
        .map(({ tag }) => tag)
        .toSorted(),
      ['ipv4', 'ipv6'],
    )
  },
)
onNames(
  'resolve-addresses',
  'The names and addresses of the settings are those of the network.',
  () => {
    equal(resolved('DB.internal'), [{ tag: 'ipv4', val: [10, 0, 0, 5] }])
    bound(ipv4(10, 0, 0, 5, 53))
  },
  { settings: { network: { hosts: { 'db.internal': ['10.0.0.5'] } } } },
)
onNames('resolve-addresses', 'If the input is an IP address string, the address is parsed and returned as-is.', () => {
  equal(resolved('192.0.2.1'), [{ tag: 'ipv4', val: [192, 0, 2, 1] }])
  equal(resolved('2001:db8::1'), [{ tag: 'ipv6', val: [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1] }])
})
onNames(
  'resolve-address-stream.resolve-next-address',
  'This function never returns IPv4-mapped IPv6 addresses.',
  () => {
    equal(resolved('::ffff:192.0.2.1'), [{ tag: 'ipv4', val: [192, 0, 2, 1] }])
  },
)
onNames('resolve-addresses', 'invalid-argument: name is a syntactically invalid domain name or IP address.', () => {
  for (const name of ['', 'a b', 'a..b', 'a.b<&>', '1.2.3.999', 'x'.repeat(64)])
    fails(() => resolveAddresses(instanceNetwork(), name), 'invalid-argument')
})
onNames(
  'resolve-addresses',
  'Unicode domain names are automatically converted to ASCII using IDNA encoding.',
  () => {
    equal(resolved('BÜCHER.internal'), [{ tag: 'ipv4', val: [10, 0, 0, 6] }])
  },
  { settings: { network: { hosts: { 'xn--bcher-kva.internal': ['10.0.0.6'] } } } },
)
onNames(
  'resolve-address-stream.resolve-next-address',
  'name-unresolvable: Name does not exist or has no suitable associated IP addresses.',
  () => {
    const stream = resolveAddresses(instanceNetwork(), 'example.com')
    fails(() => stream.resolveNextAddress(), 'name-unresolvable')
  },
)
onNames('resolve-address-stream.subscribe', 'A pollable which will resolve once the stream is ready for I/O.', () => {
  const stream = resolveAddresses(instanceNetwork(), 'localhost')
  stream.subscribe().block()
  holds(stream.resolveNextAddress() !== undefined, 'it was not ready')
})

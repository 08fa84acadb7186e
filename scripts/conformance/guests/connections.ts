import { instanceNetwork } from 'wasi:sockets/instance-network@0.2.12'
import { createTcpSocket } from 'wasi:sockets/tcp-create-socket@0.2.12'

/** Connections of a guest with itself, for checks of streams and of sockets. */

export const loopback = (port = 0, last = 1) => ({ tag: 'ipv4', val: { port, address: [127, 0, 0, last] } }) as const
export const loopback6 = (port = 0) =>
  ({ tag: 'ipv6', val: { port, flowInfo: 0, address: [0, 0, 0, 0, 0, 0, 0, 1], scopeId: 0 } }) as const
export const ipv4 = (a: number, b: number, c: number, d: number, port = 0) =>
  ({ tag: 'ipv4', val: { port, address: [a, b, c, d] } }) as const

type Address = ReturnType<typeof loopback> | ReturnType<typeof loopback6> | ReturnType<typeof ipv4>

export const bound = (address: Address = loopback()) => {
  const socket = createTcpSocket(address.tag)
  socket.startBind(instanceNetwork(), address)
  socket.finishBind()
  return socket
}

export const listening = (address: Address = loopback()) => {
  const socket = bound(address)
  socket.startListen()
  socket.finishListen()
  return socket
}

export const dial = (address) => {
  const socket = createTcpSocket(address.tag)
  socket.startConnect(instanceNetwork(), address)
  const [input, output] = socket.finishConnect()
  return { socket, input, output }
}

export const accept = (listener) => {
  const [socket, input, output] = listener.accept()
  return { socket, input, output }
}

export const pair = (address: Address = loopback()) => {
  const listener = listening(address)
  const client = dial(listener.localAddress())
  return { listener, client, server: accept(listener) }
}

const drop = (of) => of[Symbol.dispose]()

/** A connection that was reset: its listener went before it was accepted. */
export const lostConnection = () => {
  const listener = listening()
  const client = dial(listener.localAddress())
  drop(listener)
  return { client, end: () => [client.input, client.output, client.socket].forEach(drop) }
}

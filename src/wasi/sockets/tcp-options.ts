import { raise } from './errors.ts'

const leastBuffer = 1024
const mostBuffer = 256 * 1024
const mostBacklog = 128
const second = 1_000_000_000n

/** A size of a buffer as it is taken: "it might be silently clamped and/or rounded". 0 is an `invalid-argument`. */
export const bufferSize = (value: bigint): number => {
  if (value === 0n) raise('invalid-argument')
  return value > BigInt(mostBuffer) ? mostBuffer : Math.max(leastBuffer, Number(value))
}

export const notZero = <T extends bigint | number>(value: T): T => {
  // oxlint-disable-next-line eqeqeq
  if (value == 0) raise('invalid-argument')
  return value
}

/** What `accept` gives on to the accepted socket, and the length of the queue. */
export interface TcpOptions {
  keepAlive: boolean
  keepAliveIdle: bigint
  keepAliveInterval: bigint
  keepAliveCount: number
  hopLimit: number
  receiveBuffer: number
  sendBuffer: number
  backlog: number
}

/** The defaults of Linux where they are not about real memory. */
export const defaultOptions = (): TcpOptions => ({
  keepAlive: false,
  keepAliveIdle: 7200n * second,
  keepAliveInterval: 75n * second,
  keepAliveCount: 9,
  hopLimit: 64,
  receiveBuffer: 65536,
  sendBuffer: 65536,
  backlog: mostBacklog,
})

export const backlogSize = (value: bigint): number => {
  notZero(value)
  return value > BigInt(mostBacklog) ? mostBacklog : Number(value)
}

import { StreamFailure } from '../io/byte-streams.ts'

/** Those of network.wit that a simulated network gives. */
export type ErrorCode =
  | 'invalid-argument'
  | 'timeout'
  | 'out-of-memory'
  | 'concurrency-conflict'
  | 'not-in-progress'
  | 'would-block'
  | 'invalid-state'
  | 'new-socket-limit'
  | 'address-not-bindable'
  | 'address-in-use'
  | 'remote-unreachable'
  | 'connection-refused'
  | 'connection-reset'
  | 'datagram-too-large'
  | 'name-unresolvable'

/** The `err` of a function: what is thrown and is no `Error` is its payload. */
export const raise = (code: ErrorCode): never => {
  // oxlint-disable-next-line typescript/only-throw-error
  throw code
}

/** What `network-error-code` finds in an `error`. Other packages have causes of their own. */
export class NetworkCause {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    this.code = code
  }
}

export const streamFailure = (code: ErrorCode): StreamFailure =>
  new StreamFailure(`The connection failed: ${code}`, new NetworkCause(code))

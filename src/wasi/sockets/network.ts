import {
  type Family,
  ipOf,
  isLoopback,
  isMapped,
  isUnicast,
  isUnspecified,
  loopback,
  type IpAddress,
  sameIp,
  type SocketAddress,
  unspecified,
} from './addresses.ts'
import type { Listener } from './connection.ts'
import { raise } from './errors.ts'
import type { Names } from './names.ts'
import { createPorts, type Ports } from './ports.ts'
import type { Mailbox } from './mailbox.ts'

/** Sockets of both kinds that may be there at once. */
export const mostSockets = 1024

/**
 * The network inside one run: loopback, and the addresses of the run's own names. Everything else cannot be reached, and
 * nothing real ever is.
 */
export interface Network {
  readonly tcp: Ports<Listener>
  readonly udp: Ports<Mailbox>
  /** Takes the place of a socket; gives what frees it. Throws `new-socket-limit`. */
  admit(): () => void
  /** Throws where a socket of the family cannot be bound to the address. */
  checkBindable(address: SocketAddress, family: Family): void
  /** Throws where the address is none of a peer of a socket of the family. */
  checkPeer(address: SocketAddress, family: Family): void
  isLocal(ip: IpAddress): boolean
  /** The own address to send from, where none was chosen; the unspecified one where the other cannot be reached. */
  sourceFor(ip: IpAddress): IpAddress
}

export const createNetwork = (names: Names): Network => {
  let sockets = 0
  const isLocal = (ip: IpAddress): boolean => isLoopback(ip) || names.addresses.some((own) => sameIp(own, ip))
  const checkFamily = (address: SocketAddress, family: Family): void => {
    if (address.tag !== family || isMapped(ipOf(address))) raise('invalid-argument')
  }
  return {
    tcp: createPorts(),
    udp: createPorts(),
    admit: () => {
      if (sockets >= mostSockets) raise('new-socket-limit')
      sockets++
      return () => void sockets--
    },
    checkBindable: (address, family) => {
      checkFamily(address, family)
      const ip = ipOf(address)
      if (!isUnicast(ip)) raise('invalid-argument')
      if (!isUnspecified(ip) && !isLocal(ip)) raise('address-not-bindable')
    },
    checkPeer: (address, family) => {
      checkFamily(address, family)
      if (isUnspecified(ipOf(address)) || address.val.port === 0) raise('invalid-argument')
    },
    isLocal,
    sourceFor: (ip) => (!isLocal(ip) ? unspecified(ip.tag) : isLoopback(ip) ? loopback(ip.tag) : ip),
  }
}

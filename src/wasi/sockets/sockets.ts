import type { HostContext } from '../context.ts'
import type { ServedInterface } from '../gate.ts'
import { opaqueResource } from '../opaque.ts'
import type { Family } from './addresses.ts'
import { NetworkCause } from './errors.ts'
import { createLookup } from './lookup.ts'
import { createNames } from './names.ts'
import { createNetwork } from './network.ts'
import { createTcp } from './tcp.ts'
import { createUdp } from './udp.ts'

const refusal = () => 'access-denied'

/** wasi:sockets on a network that is inside the run. */
export const sockets = (context: HostContext): Record<string, ServedInterface> => {
  const names = createNames(context.settings.network?.hosts)
  const network = createNetwork(names)
  const lookup = createLookup(context, names)
  const tcp = createTcp(context, network)
  const udp = createUdp(context, network)
  const Network = opaqueResource()
  return {
    'wasi:sockets/network': {
      resources: { network: Network },
      functions: {
        'network-error-code': (error: object) => {
          const cause = context.io.causeOf(error)
          return cause instanceof NetworkCause ? cause.code : undefined
        },
      },
    },
    'wasi:sockets/instance-network': { functions: { 'instance-network': () => new Network() } },
    'wasi:sockets/ip-name-lookup': {
      resources: { 'resolve-address-stream': lookup.ResolveAddressStream },
      functions: { 'resolve-addresses': lookup.resolve },
      refusal,
      infallible: ['[method]resolve-address-stream.subscribe'],
    },
    'wasi:sockets/tcp': {
      resources: { 'tcp-socket': tcp.TcpSocket },
      refusal,
      infallible: ['subscribe', 'is-listening', 'address-family'].map((name) => `[method]tcp-socket.${name}`),
    },
    'wasi:sockets/tcp-create-socket': {
      functions: { 'create-tcp-socket': (family: Family) => tcp.create(family) },
      refusal,
    },
    'wasi:sockets/udp': {
      resources: {
        'udp-socket': udp.UdpSocket,
        'incoming-datagram-stream': udp.IncomingDatagramStream,
        'outgoing-datagram-stream': udp.OutgoingDatagramStream,
      },
      refusal,
      infallible: [
        '[method]udp-socket.subscribe',
        '[method]udp-socket.address-family',
        '[method]incoming-datagram-stream.subscribe',
        '[method]outgoing-datagram-stream.subscribe',
      ],
    },
    'wasi:sockets/udp-create-socket': {
      functions: { 'create-udp-socket': (family: Family) => udp.create(family) },
      refusal,
    },
  }
}

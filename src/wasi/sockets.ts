import type { ServedInterface } from './gate.ts'
import { refuse, refusingResource } from './refusing.ts'

const refusal = () => 'access-denied'

const socketMethods =
  'startBind finishBind localAddress remoteAddress addressFamily receiveBufferSize setReceiveBufferSize ' +
  'sendBufferSize setSendBufferSize subscribe'
const tcpMethods =
  `${socketMethods} startConnect finishConnect startListen finishListen accept isListening setListenBacklogSize ` +
  'keepAliveEnabled setKeepAliveEnabled keepAliveIdleTime setKeepAliveIdleTime keepAliveInterval ' +
  'setKeepAliveInterval keepAliveCount setKeepAliveCount hopLimit setHopLimit shutdown'
const udpMethods = `${socketMethods} stream unicastHopLimit setUnicastHopLimit`

/** A resource of which no value ever exists, since nothing makes one. */
const never = (methods: string) => refusingResource(methods.split(' '), 'invalid-state')

/**
 * wasi:sockets for a world without a network: sockets cannot be made and names do not resolve, and the error codes of
 * the interface say so.
 */
export const sockets = (): Record<string, ServedInterface> => {
  const network = refusingResource()
  return {
    'wasi:sockets/network': { resources: { network }, functions: { 'network-error-code': () => undefined } },
    'wasi:sockets/instance-network': {
      functions: { 'instance-network': () => Object.create(network.prototype) as unknown },
    },
    'wasi:sockets/ip-name-lookup': {
      resources: { 'resolve-address-stream': never('resolveNextAddress subscribe') },
      functions: { 'resolve-addresses': refuse('permanent-resolver-failure') },
      refusal,
    },
    'wasi:sockets/tcp': { resources: { 'tcp-socket': never(tcpMethods) }, refusal },
    'wasi:sockets/tcp-create-socket': { functions: { 'create-tcp-socket': refuse('not-supported') }, refusal },
    'wasi:sockets/udp': {
      resources: {
        'udp-socket': never(udpMethods),
        'incoming-datagram-stream': never('receive subscribe'),
        'outgoing-datagram-stream': never('checkSend send subscribe'),
      },
      refusal,
    },
    'wasi:sockets/udp-create-socket': { functions: { 'create-udp-socket': refuse('not-supported') }, refusal },
  }
}

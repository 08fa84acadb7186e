import { type IpAddress, isMapped, isUnicast, isUnspecified, loopback, parseIp, unmapped } from './addresses.ts'
import { punycode } from './punycode.ts'

/** RFC 1035, section 2.3.4. */
const longestName = 253
const longestLabel = 63

/** A label in ASCII; undefined where it is none. Underscores are in use though host names have none. */
const asciiLabel = (label: string): string | undefined => {
  const normal = label.normalize('NFC').toLowerCase()
  // oxlint-disable-next-line no-control-regex
  const isAscii = /^[\x00-\x7f]*$/.test(normal)
  // Longer than that in Unicode is longer in ASCII too.
  if (normal.length > longestLabel) return undefined
  if (!isAscii && !/^[\p{L}\p{M}\p{N}_-]+$/u.test(normal)) return undefined
  const ascii = isAscii ? normal : `xn--${punycode(normal)}`
  return ascii.length <= longestLabel && /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/.test(ascii) ? ascii : undefined
}

/**
 * The name of a host in ASCII and lower case, without the dot at its end; undefined where it is syntactically none. A
 * name that ends in a number is a broken IPv4 address.
 */
export const hostName = (name: string): string | undefined => {
  if (name.length > longestName + 1) return undefined
  const labels = name.replace(/\.$/, '').split('.').map(asciiLabel)
  if (labels.includes(undefined) || /^\d+$/.test(labels.at(-1) ?? '')) return undefined
  const ascii = labels.join('.')
  return ascii.length <= longestName ? ascii : undefined
}

export type Hosts = Readonly<Record<string, readonly string[]>>

/** Names, and addresses of one. */
export const hostLimits = { names: 256, addresses: 16 } as const

/** Names of hosts, each with IP addresses. */
export const isHosts = (value: unknown): value is Hosts =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length <= hostLimits.names &&
  Object.entries(value).every(
    ([name, texts]: [string, unknown]) =>
      hostName(name) !== undefined &&
      Array.isArray(texts) &&
      texts.length <= hostLimits.addresses &&
      texts.every((text) => typeof text === 'string' && isHostAddress(text)),
  )

/** That a host can have: one that a socket can be bound to. */
export const isHostAddress = (text: string): boolean => {
  const ip = parseIp(text)
  return ip !== undefined && isUnicast(ip) && !isUnspecified(ip) && !isMapped(ip)
}

export interface Names {
  /** The addresses of the run's own names: all that it can bind to and reach beside loopback. */
  readonly addresses: readonly IpAddress[]
  /** Addresses in the order in which to try them; none for a name that does not exist; undefined for what is no name. */
  resolve(name: string): readonly IpAddress[] | undefined
}

/** Names of a world without a resolver: `localhost` and what is below it (RFC 6761, section 6.3), and those given. */
export const createNames = (hosts: Hosts = {}): Names => {
  const known = new Map<string, readonly IpAddress[]>()
  for (const [name, texts] of Object.entries(hosts)) {
    const ascii = hostName(name)
    if (ascii !== undefined)
      known.set(
        ascii,
        texts.flatMap((text) => parseIp(text) ?? []),
      )
  }
  return {
    addresses: [...known.values()].flat(),
    resolve: (name) => {
      // RFC 1035, section 2.3.4; an address is shorter.
      if (name.length > longestName + 1) return undefined
      // In brackets, as in addresses of the web (RFC 3986, section 3.2.2).
      const literal = parseIp(/^\[(.*:.*)\]$/.exec(name)?.[1] ?? name)
      // ip-name-lookup.wit: "This function never returns IPv4-mapped IPv6 addresses."
      if (literal !== undefined) return [unmapped(literal)]
      const ascii = hostName(name)
      if (ascii === undefined) return undefined
      const found = known.get(ascii)
      if (found !== undefined) return found
      return ascii === 'localhost' || ascii.endsWith('.localhost') ? [loopback('ipv4'), loopback('ipv6')] : []
    },
  }
}

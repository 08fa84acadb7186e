/** IP addresses as network.wit has them: parsing, printing, and what kind of address each is. */

export type Ipv4 = readonly [number, number, number, number]
export type Ipv6 = readonly [number, number, number, number, number, number, number, number]
export type Family = 'ipv4' | 'ipv6'
export type IpAddress = { readonly tag: 'ipv4'; readonly val: Ipv4 } | { readonly tag: 'ipv6'; readonly val: Ipv6 }

export type SocketAddress =
  | { readonly tag: 'ipv4'; readonly val: { readonly port: number; readonly address: Ipv4 } }
  | {
      readonly tag: 'ipv6'
      readonly val: {
        readonly port: number
        readonly flowInfo: number
        readonly address: Ipv6
        readonly scopeId: number
      }
    }

export const ipOf = (address: SocketAddress): IpAddress =>
  address.tag === 'ipv4' ? { tag: 'ipv4', val: address.val.address } : { tag: 'ipv6', val: address.val.address }

/** The socket address with another IP address of its family and another port. */
export const at = (ip: IpAddress, port: number): SocketAddress =>
  ip.tag === 'ipv4'
    ? { tag: 'ipv4', val: { port, address: ip.val } }
    : { tag: 'ipv6', val: { port, flowInfo: 0, address: ip.val, scopeId: 0 } }

/** The same address with another port; what else an IPv6 address says is kept. */
export const withPort = (address: SocketAddress, port: number): SocketAddress =>
  address.tag === 'ipv4'
    ? { tag: 'ipv4', val: { ...address.val, port } }
    : { tag: 'ipv6', val: { ...address.val, port } }

export const sameIp = (a: IpAddress, b: IpAddress): boolean =>
  a.tag === b.tag && a.val.every((part, index) => part === b.val[index])

export const sameSocket = (a: SocketAddress, b: SocketAddress): boolean =>
  a.val.port === b.val.port && sameIp(ipOf(a), ipOf(b))

export const isUnspecified = (ip: IpAddress): boolean => ip.val.every((part) => part === 0)

export const isLoopback = (ip: IpAddress): boolean =>
  ip.tag === 'ipv4' ? ip.val[0] === 127 : ip.val.every((part, index) => part === (index === 7 ? 1 : 0))

/** `::ffff:a.b.c.d` (RFC 4291, section 2.5.5.2). */
export const isMapped = (ip: IpAddress): boolean =>
  ip.tag === 'ipv6' && ip.val[5] === 0xffff && ip.val.slice(0, 5).every((part) => part === 0)

/** Neither a multicast address nor the broadcast address. */
export const isUnicast = (ip: IpAddress): boolean =>
  ip.tag === 'ipv4'
    ? !(ip.val[0] >= 224 && ip.val[0] <= 239) && !ip.val.every((part) => part === 255)
    : ip.val[0] >>> 8 !== 0xff

export const unspecified = (family: Family): IpAddress =>
  family === 'ipv4' ? { tag: 'ipv4', val: [0, 0, 0, 0] } : { tag: 'ipv6', val: [0, 0, 0, 0, 0, 0, 0, 0] }

export const loopback = (family: Family): IpAddress =>
  family === 'ipv4' ? { tag: 'ipv4', val: [127, 0, 0, 1] } : { tag: 'ipv6', val: [0, 0, 0, 0, 0, 0, 0, 1] }

const ipv4Pattern = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** Dotted decimal without leading zeroes (RFC 6943, section 3.1.1, "strict"). */
const parseIpv4 = (text: string): Ipv4 | undefined => {
  const parts = ipv4Pattern.exec(text)?.slice(1)
  if (parts === undefined || parts.some((part) => Number(part) > 255 || String(Number(part)) !== part)) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number)
  return [a, b, c, d]
}

const groupsOf = (text: string): readonly number[] | undefined => {
  if (text === '') return []
  const groups = text.split(':')
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined
}

/** RFC 4291, section 2.2. Zones (`%eth0`) are no part of an address. */
const parseIpv6 = (text: string): Ipv6 | undefined => {
  const tail = /^(.*:)([^:]*\..*)$/.exec(text)
  const embedded = tail === null ? undefined : parseIpv4(tail[2] ?? '')
  if (tail !== null && embedded === undefined) return undefined
  const [a, b, c, d] = embedded ?? [0, 0, 0, 0]
  const whole = tail === null ? text : `${tail[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  const halves = whole.split('::')
  if (halves.length > 2) return undefined
  const [first, second] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')]
  if (first === undefined || second === undefined) return undefined
  const missing = 8 - first.length - second.length
  // `::` stands for one group at least.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0] = [
    ...first,
    ...Array.from({ length: missing }, () => 0),
    ...second,
  ]
  return [g0, g1, g2, g3, g4, g5, g6, g7]
}

/** `0000:0000:0000:0000:0000:ffff:255.255.255.255` */
const longestText = 45

export const parseIp = (text: string): IpAddress | undefined => {
  if (text.length > longestText) return undefined
  const ipv4 = parseIpv4(text)
  if (ipv4 !== undefined) return { tag: 'ipv4', val: ipv4 }
  const ipv6 = parseIpv6(text)
  return ipv6 === undefined ? undefined : { tag: 'ipv6', val: ipv6 }
}

/** The IPv4 address that an IPv4-mapped one stands for; another address as it is. */
export const unmapped = (ip: IpAddress): IpAddress => {
  if (ip.tag === 'ipv4' || !isMapped(ip)) return ip
  const [high, low] = [ip.val[6], ip.val[7]]
  return { tag: 'ipv4', val: [high >>> 8, high & 255, low >>> 8, low & 255] }
}

import { at, type Family, ipOf, isUnspecified, sameIp, type SocketAddress, withPort } from './addresses.ts'
import { raise } from './errors.ts'

/** RFC 6335, section 6. */
const firstEphemeral = 49152
const lastPort = 65535

/** What is bound to an address. `T`: what listens there. */
export interface Binding<T> {
  readonly address: SocketAddress
  owner: T | undefined
  release(): void
}

/** The ports of one transport protocol. Which one is free depends on nothing but what was bound before. */
export interface Ports<T> {
  /** Binds to the address, to the next free ephemeral port where it asks for port 0. Throws `address-in-use`. */
  bind(address: SocketAddress): Binding<T>
  /** What is bound there: to just that address, or to all of the family. */
  find(address: SocketAddress): Binding<T> | undefined
}

const overlap = (a: SocketAddress, b: SocketAddress): boolean => {
  if (a.tag !== b.tag) return false
  const [one, other] = [ipOf(a), ipOf(b)]
  return sameIp(one, other) || isUnspecified(one) || isUnspecified(other)
}

export const createPorts = <T>(): Ports<T> => {
  const bound = new Map<number, Binding<T>[]>()
  const next: Record<Family, number> = { ipv4: firstEphemeral, ipv6: firstEphemeral }
  const isFree = (address: SocketAddress): boolean =>
    !(bound.get(address.val.port) ?? []).some((other) => overlap(address, other.address))

  const ephemeral = (address: SocketAddress): SocketAddress => {
    for (let tried = firstEphemeral; tried <= lastPort; tried++) {
      const candidate = withPort(address, next[address.tag])
      next[address.tag] = candidate.val.port === lastPort ? firstEphemeral : candidate.val.port + 1
      if (isFree(candidate)) return candidate
    }
    return raise('address-in-use')
  }

  return {
    bind: (wanted) => {
      const address = wanted.val.port === 0 ? ephemeral(wanted) : wanted
      if (!isFree(address)) raise('address-in-use')
      const others = bound.get(address.val.port) ?? []
      const binding: Binding<T> = {
        address,
        owner: undefined,
        release: () => {
          const left = (bound.get(address.val.port) ?? []).filter((each) => each !== binding)
          if (left.length > 0) bound.set(address.val.port, left)
          else bound.delete(address.val.port)
        },
      }
      bound.set(address.val.port, [...others, binding])
      return binding
    },
    find: (address) =>
      (bound.get(address.val.port) ?? []).find((binding) =>
        overlap(binding.address, at(ipOf(address), address.val.port)),
      ),
  }
}

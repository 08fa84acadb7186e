import type { HostContext } from '../context.ts'
import type { ResourceClass } from '../gate.ts'
import { always } from '../waiting.ts'
import type { IpAddress } from './addresses.ts'
import { raise } from './errors.ts'
import type { Names } from './names.ts'

export interface Lookup {
  readonly ResolveAddressStream: ResourceClass
  resolve(network: object, name: string): object
}

/** wasi:sockets/ip-name-lookup. The names are known, so that every answer is there at once. */
export const createLookup = ({ io }: HostContext, names: Names): Lookup => {
  class ResolveAddressStream {
    readonly #addresses: readonly IpAddress[]
    #next = 0
    constructor(addresses: readonly IpAddress[]) {
      this.#addresses = addresses
    }
    resolveNextAddress(): IpAddress | undefined {
      if (this.#addresses.length === 0) raise('name-unresolvable')
      return this.#addresses[this.#next++]
    }
    subscribe(): object {
      return io.pollable(always)
    }
  }
  return {
    ResolveAddressStream,
    resolve: (_network, name) => new ResolveAddressStream(names.resolve(name) ?? raise('invalid-argument')),
  }
}

import type { Machine } from './machine.ts'

/**
 * What the engine imports, served for an engine that runs outside a component: while the image is baked and while a guest
 * is initialised. Time stands still and randomness is fixed, so that the same input gives the same bytes.
 */

/** All imports of the image come from this module, so that an adapter of that name can serve them in a component. */
export const glueModule = 'glue'

export interface HostCalls {
  /** Whether to end what runs. */
  interrupt(): boolean
  /** Takes over both values. */
  rejection(promise: bigint, reason: bigint, handled: boolean): void
  /** The name of the module that `specifier` means in `base`; undefined where an error was thrown into the engine. */
  normalise(base: string, specifier: string): string | undefined
  /** The source of a module; undefined where an error was thrown into the engine. */
  load(name: string): string | undefined
  /** A host function was called; undefined where an error was thrown into the engine. Borrows the arguments. */
  call(name: string, args: readonly bigint[]): bigint | undefined
}

/** Preview 1's code for a file descriptor that is not open. */
const badDescriptor = 8

export function hostImports(machine: () => Machine, calls: HostCalls): WebAssembly.Imports {
  const text = (value: string | undefined): { address: number; length: number } =>
    value === undefined ? { address: 0, length: 0 } : machine().writeText(value)
  const glue = {
    host_get_timezone_offset: () => 0,
    host_interrupt: () => (calls.interrupt() ? 1 : 0),
    host_promise_rejection(promise: number, reason: number, handled: number) {
      const engine = machine()
      calls.rejection(engine.unbox(promise), engine.unbox(reason), handled !== 0)
    },
    host_module_normalize: (base: number, specifier: number) =>
      text(calls.normalise(machine().readText(base), machine().readText(specifier))).address,
    host_module_load(name: number, lengthAt: number) {
      const { address, length } = text(calls.load(machine().readText(name)))
      machine().view.setUint32(lengthAt, length, true)
      return address
    },
    host_call(nameAt: number, nameLength: number, _this: number, count: number, list: number) {
      const engine = machine()
      const name = new TextDecoder().decode(engine.bytes.slice(nameAt, nameAt + nameLength))
      const args = Array.from({ length: count }, (_, i) => engine.readValue(engine.view.getUint32(list + 4 * i, true)))
      const result = calls.call(name, args)
      if (result === undefined) return 0
      const box = engine.allocate(8)
      engine.writeValue(box, result)
      return box
    },
    clock_time_get(_clock: number, _precision: bigint, at: number) {
      machine().view.setBigUint64(at, 0n, true)
      return 0
    },
    random_get(at: number, length: number) {
      machine().bytes.fill(7, at, at + length)
      return 0
    },
    fd_close: () => badDescriptor,
    fd_fdstat_get: () => badDescriptor,
    fd_seek: () => badDescriptor,
    fd_write: () => badDescriptor,
  }
  return { [glueModule]: glue }
}

/** For an engine that runs only what we wrote ourselves. */
export const quietCalls: HostCalls = {
  interrupt: () => false,
  rejection() {},
  normalise: (_base, specifier) => specifier,
  load: () => undefined,
  call: () => undefined,
}

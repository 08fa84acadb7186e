import { cli, type OutputName } from './cli.ts'
import { clocks } from './clocks.ts'
import { createTime } from './time.ts'
import { filesystem } from './filesystem.ts'
import { createGate, type Gate, type ServedInterface } from './gate.ts'
import { createIo } from './io.ts'
import { random, type Entropy } from './random.ts'
import { serves, unversioned } from './served.ts'
import type { WasiSettings } from './settings.ts'
import { sockets } from './sockets.ts'

const { hasOwn } = Object

/** What the host needs of its surroundings. */
export interface WasiIo {
  /** Takes the bytes at once or copies them: they may be a view of the component's memory. */
  write(stream: OutputName, bytes: Uint8Array): void
  /** Nanoseconds of a clock that never goes back; for `clock: real`. */
  monotonic(): bigint
  /** Milliseconds since 1970; for `clock: real`. */
  today(): number
  /** For `random: real`. */
  entropy: Entropy
  /** Told of every call before it is decided on. */
  onCall?(call: string): void
}

/** The simulated world of one run. Nothing is shared between two of them. */
export interface WasiHost {
  readonly gate: Gate
  /**
   * The import objects for those interfaces of `names` that are served, keyed without version as jco's glue asks for
   * them (`wasi:cli/stdout`). What is not named is not handed out.
   */
  imports(names: Iterable<string>): Record<string, Record<string, unknown>>
}

type Package = () => Record<string, ServedInterface>

export const createWasiHost = (settings: WasiSettings, io: WasiIo): WasiHost => {
  const gate = createGate(settings.policy ?? {}, io.onCall?.bind(io))
  const time = createTime(settings.clock, io.monotonic.bind(io), io.today.bind(io))
  const streams = createIo(time)
  const packages: Readonly<Record<string, Package>> = {
    'wasi:io': () => streams.interfaces,
    'wasi:cli': () => cli(settings, streams, io.write.bind(io)),
    'wasi:clocks': () => clocks(time, streams),
    'wasi:random': () => random(settings.random, io.entropy),
    'wasi:filesystem': filesystem,
    'wasi:sockets': sockets,
  }
  const made = new Map<string, Record<string, ServedInterface>>()
  const find = (name: string): ServedInterface | undefined => {
    const packageName = name.split('/')[0] ?? ''
    let interfaces = made.get(packageName)
    const make = hasOwn(packages, packageName) ? packages[packageName] : undefined
    if (!interfaces && make) made.set(packageName, (interfaces = make()))
    return interfaces && hasOwn(interfaces, name) ? interfaces[name] : undefined
  }
  return {
    gate,
    imports: (names) => {
      const out: Record<string, Record<string, unknown>> = {}
      for (const full of names) {
        if (!serves(full)) continue
        const name = unversioned(full)
        const served = find(name)
        if (served && !hasOwn(out, name)) out[name] = gate.guard(name, served)
      }
      return out
    },
  }
}

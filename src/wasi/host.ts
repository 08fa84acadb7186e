import { Budget, mostMemory } from './budget.ts'
import { cli } from './cli.ts'
import { clocks } from './clocks.ts'
import type { HostContext, RunInput, Surroundings } from './context.ts'
import type { FileChanges } from './filesystem/changes.ts'
import { createFilesystem, type Filesystem } from './filesystem/filesystem.ts'
import { createGate, type Gate, type ServedInterface } from './gate.ts'
import { createHttp, type Http } from './http/http.ts'
import type { OpenIncoming } from './http/incoming.ts'
import { createIo } from './io/streams.ts'
import { withoutVersions } from './policy.ts'
import { random } from './random.ts'
import { serves, unversioned } from './served.ts'
import type { WasiSettings } from './settings.ts'
import { sockets } from './sockets/sockets.ts'
import { createStdin } from './stdin.ts'
import { createTime } from './time.ts'
import { createTrace, type Trace } from './trace.ts'
import { createWaiting } from './waiting.ts'

const { hasOwn } = Object

/** The simulated world of one run. Nothing is shared between two of them. */
export interface WasiHost {
  readonly gate: Gate
  /** What crossed the boundary of the run. */
  readonly trace: Trace
  /** The virtual time, in nanoseconds since the run started; of `clock: real`, the real one. */
  readonly instant: bigint
  /**
   * The import objects for those interfaces of `names` that are served, keyed without version as jco's glue asks for
   * them (`wasi:cli/stdout`). What is not named is not handed out.
   */
  imports(names: Iterable<string>): Record<string, Record<string, unknown>>
  /** A request for the component's `incoming-handler`. */
  readonly incoming: OpenIncoming
  /** What the component did to its files. `revision`: 0 until it changes something, then another number each time. */
  readonly files: { readonly revision: number; changes(): FileChanges }
  /** Something from outside while the program runs. */
  input(input: RunInput): void
}

type Package = (context: HostContext) => Record<string, ServedInterface>

export const createWasiHost = (settings: WasiSettings, surroundings: Surroundings): WasiHost => {
  const time = createTime(
    settings.clock,
    surroundings.monotonic.bind(surroundings),
    surroundings.today.bind(surroundings),
  )
  const { interaction, now = () => 0 } = surroundings
  const trace = createTrace({ virtual: () => (time.mode === 'real' ? undefined : time.peek()), real: now })
  const gate = createGate(withoutVersions(settings.policy ?? {}), trace, surroundings.onCall?.bind(surroundings))
  const waiting = createWaiting(time, interaction)
  const stdin = createStdin(settings.stdin ?? '', interaction?.openStdin ?? false)
  const memory = new Budget(surroundings.memory ?? mostMemory)
  // Made when the component asks for it: most have no use for it.
  let files: Filesystem | undefined
  const context: HostContext = { settings, surroundings, time, waiting, gate, memory, io: createIo(waiting) }
  let madeHttp: Http | undefined
  const http = (): Http => (madeHttp ??= createHttp(context))
  const packages: Readonly<Record<string, Package>> = {
    'wasi:io': ({ io }) => io.interfaces,
    'wasi:cli': (given) => cli(given, stdin),
    'wasi:clocks': clocks,
    'wasi:random': random,
    'wasi:filesystem': (given) => (files = createFilesystem(given)).interfaces,
    'wasi:sockets': sockets,
    'wasi:http': () => http().interfaces,
  }
  const made = new Map<string, Record<string, ServedInterface>>()
  const find = (name: string): ServedInterface | undefined => {
    const packageName = name.split('/')[0] ?? ''
    let interfaces = made.get(packageName)
    const make = hasOwn(packages, packageName) ? packages[packageName] : undefined
    if (!interfaces && make) made.set(packageName, (interfaces = make(context)))
    return interfaces && hasOwn(interfaces, name) ? interfaces[name] : undefined
  }
  return {
    gate,
    trace,
    get instant() {
      return time.peek()
    },
    files: {
      get revision() {
        return files?.revision ?? 0
      },
      changes: () => files?.changes() ?? { changes: [], more: 0 },
    },
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
    incoming: (head, listener) => http().incoming(head, listener),
    input: (input) => {
      switch (input.kind) {
        case 'stdin':
          stdin.push(input.bytes)
          break
        case 'stdin-end':
          stdin.end()
          break
        case 'advance':
          time.jumpTo(time.peek() + input.nanoseconds)
      }
      waiting.wake()
    },
  }
}

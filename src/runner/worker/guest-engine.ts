import type { Fault, Outcome } from '../../contract/fault.ts'
import { isLineChanges, type LineChanges } from '../../contract/line-changes.ts'
import type { World } from '../../component/types.ts'

/**
 * What the runner asks of an engine, by shape: it knows no engine. The engines themselves are put in by the composition
 * root of the worker.
 */
export interface GuestEngine {
  readonly id: string
  load(image: unknown, memoryPages: number): Promise<LoadedEngine>
}

export interface LoadedEngine {
  initialise(
    prepared: unknown,
    source: unknown,
    limits: InitLimits,
    /** Told of each line that the top-level code writes, as it is written, also when it then fails. */
    onConsole?: (line: ConsoleLine) => void,
    onInterrupt?: () => void,
  ): Outcome<InitialisedGuest>
  /** The source of a guest of that world which does nothing: initialising it makes the next initialisation a quick one. */
  rehearsal(prepared: unknown): unknown
}

export interface InitLimits {
  readonly memoryPages: number
  readonly interrupts: number
}

export interface ConsoleLine {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

export interface InitialisedGuest {
  readonly warnings: readonly Fault[]
  /** `onInterrupt` is called again and again while the guest computes; what it throws ends the call. */
  instantiateCore(imports: WebAssembly.Imports, onInterrupt: () => void): WebAssembly.Instance
  /** `label`: the export that was called. Its declaration stands in for a stack that names no place. */
  uncaught(instance: WebAssembly.Instance, label?: string): UncaughtException | undefined
  /** Bytes of the initialised state: what `state` gives has more than so many. */
  stateBytes(): number
  /** What a component is made of by whoever has the engine's code. */
  state(): Uint8Array
}

export interface UncaughtException {
  readonly kind: 'exception' | 'rejection' | 'unsettled' | 'bad-result' | 'bad-error'
  readonly message: string
  readonly stack: string
  /** What to do about it, where the engine knows. */
  readonly next?: string
}

/** What the runner itself reads of a prepared world. */
export interface PreparedWorld {
  readonly world: World
  readonly transpiled: {
    readonly js: string
    /** As changes of `js`: the same with exports that can be suspended, where the world has something to wait for. */
    readonly suspending?: LineChanges
    readonly cores: Readonly<Record<string, Uint8Array>>
    readonly engineCore: string
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Checks the parts that the runner reads; the world comes from our own decoder on the page and is taken as it is. */
export const isPreparedWorld = (value: unknown): value is PreparedWorld => {
  if (!isObject(value) || !isObject(value.world) || !isObject(value.transpiled)) return false
  const { js, suspending, cores, engineCore } = value.transpiled
  return (
    Array.isArray(value.world.imports) &&
    Array.isArray(value.world.exports) &&
    typeof js === 'string' &&
    (suspending === undefined || isLineChanges(suspending)) &&
    typeof engineCore === 'string' &&
    isObject(cores) &&
    Object.values(cores).every((core) => core instanceof Uint8Array)
  )
}

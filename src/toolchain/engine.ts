import type { Diagnostic, Outcome } from '../contract/fault.ts'
import type { LineChanges } from '../contract/line-changes.ts'
import type { World } from '../component/types.ts'
import type { JcoTools } from './jco/tools.ts'

/**
 * An engine turns guest JavaScript into a component for a world. Its work has three parts, so that each runs where it
 * belongs:
 *
 * 1. `prepare` (toolchain worker, or Node at build time): WIT to everything that does not depend on the source. Trusted
 *    code only; no guest code runs here.
 * 2. `initialise` (sandbox worker, or Node): evaluate the guest's modules in the engine and take hold of the state.
 * 3. `instantiateCore` for the fast path, and `snapshot` for the component that can be exported.
 *
 * The first is `Engine`, which `engines/registry.ts` lists; the others are `GuestEngine`, which the worker in the sandbox
 * is given. Both halves have the same id, and so have the images and the prepared worlds of the engine.
 */

/** Guest source after its language was compiled away: path in the project to JavaScript (of JSON, too), with positions kept. */
export interface GuestSource {
  readonly entry: string
  readonly modules: Readonly<Record<string, string>>
}

/** The engine itself as it is shipped: one core module with its state after start-up, and what is known about it. */
export interface EngineImage {
  readonly id: string
  /** Which optional parts are linked in, such as `url`; the plain engine is `base`. */
  readonly variant: string
  /** SHA-256 of `wasm` in lower-case hexadecimal. */
  readonly hash: string
  readonly wasm: Uint8Array
  /** The engine's own facts about `wasm` (addresses, signatures): JSON that only that engine reads. */
  readonly facts: unknown
}

/** A world as somebody sees it who writes a guest. */
export interface DeclaredWorld {
  readonly world: World
  /** Ambient declarations for the guest, file name to text. */
  readonly guestTypes: Readonly<Record<string, string>>
}

/** What `prepare` makes of a world. Plain data; the same input gives the same bytes everywhere. */
export interface PreparedWorld extends DeclaredWorld {
  readonly engine: string
  readonly variant: string
  readonly engineHash: string
  /** jco's glue and the core modules beside the engine's own. */
  readonly transpiled: {
    readonly js: string
    /** As changes of `js`: the same with exports that can be suspended, where the world has something to wait for. */
    readonly suspending?: LineChanges
    readonly cores: Readonly<Record<string, Uint8Array>>
    /** The name under which the glue asks for the engine's core module. */
    readonly engineCore: string
  }
  /** The component around the engine's core module: `before` + section header + core module + `after`. */
  readonly shell: { readonly before: Uint8Array; readonly after: Uint8Array }
  /** What the engine needs to initialise a guest for this world: data that only that engine reads. */
  readonly binding: unknown
}

export interface InitLimits {
  /** Wasm pages of 64 KiB; the memory of the engine cannot grow beyond. */
  readonly memoryPages: number
  /** How often the engine may ask whether to go on before it is interrupted. Counted, not timed, so that it reproduces. */
  readonly interrupts: number
}

/** What one write to a stream says; it ends with a line feed unless the guest wrote without. */
export interface ConsoleLine {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** A guest that has run its top-level code. */
export interface InitialisedGuest {
  readonly warnings: readonly Diagnostic[]
  /**
   * A fresh instance of the engine's core module with the initialised state, linked to `imports`. No recompilation.
   * `onInterrupt` is called some thousand times a second while the guest computes; what it throws ends the call.
   */
  instantiateCore(imports: WebAssembly.Imports, onInterrupt?: () => void): WebAssembly.Instance
  /**
   * What an uncaught exception left behind in `instance` before it trapped, if anything. `label`: the export that was
   * called, `demo:cart/cart#add-item`; its declaration stands in for a stack that names no place.
   */
  uncaught(instance: WebAssembly.Instance, label?: string): UncaughtException | undefined
  /** Bytes of the initialised state: a snapshot has more than so many. */
  stateBytes(): number
  /** The engine's core module with the initialised state: what goes between the two parts of the shell. */
  snapshot(): Uint8Array
  /** The same without the code of the engine, which is that of its image: half as much to send. See `wasm/code-section`. */
  state(): Uint8Array
}

export interface UncaughtException {
  readonly kind: 'exception' | 'rejection' | 'unsettled' | 'bad-result' | 'bad-error'
  readonly message: string
  readonly stack: string
  /** What to do about it, where the engine knows. */
  readonly next?: string
}

/** The engine as far as `prepare` needs it. */
export interface HollowEngine {
  readonly variant: string
  /** Hash of the full image. */
  readonly hash: string
  /** The image without its code: imports, exports and types. */
  readonly wasm: Uint8Array
  readonly facts: unknown
}

export interface PrepareInput {
  /** One WIT document; packages beside the first are nested: `package a:b { … }`. */
  readonly witSource: string
  /** May be left out where there is only one world. */
  readonly world?: string
  /** Version of this project, for the component's producers metadata. */
  readonly version: string
}

/** The half of an engine that never sees guest code. */
export interface Engine {
  readonly id: string
  /** The first part of `prepare`, with the same faults: a fraction of its time, for who only reads the world. */
  declare(tools: JcoTools, input: PrepareInput): Outcome<DeclaredWorld>
  /**
   * Pure: the same tools, engine and input give the same bytes. A fault of stage `wit` where the WIT or the choice of
   * world is wrong, of stage `build` where the world asks for what the engine cannot do. Throws where a tool fails for
   * reasons of its own.
   */
  prepare(tools: JcoTools, hollow: HollowEngine, input: PrepareInput): Outcome<PreparedWorld>
}

/** The half of an engine that runs beside guest code. */
export interface GuestEngine {
  readonly id: string
  load(image: EngineImage, memoryPages: number): Promise<LoadedEngine>
}

export interface LoadedEngine {
  /**
   * Evaluates the guest. What it writes to its console goes to `onConsole` as it is written, also where initialisation
   * then fails. Nothing is kept or left out here: how much is shown is for the caller to decide. `onInterrupt` is called
   * as by an instance; what it throws is thrown.
   */
  initialise(
    prepared: PreparedWorld,
    source: GuestSource,
    limits: InitLimits,
    onConsole?: (line: ConsoleLine) => void,
    onInterrupt?: () => void,
  ): Outcome<InitialisedGuest>
  /** A guest of that world which does nothing: initialising it makes the next initialisation a quick one. */
  rehearsal(prepared: PreparedWorld): GuestSource
}

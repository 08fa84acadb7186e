import type { Diagnostic, Outcome } from '../contract/fault.ts'
import type { DeclaredWorld, EngineImage, GuestSource, PreparedWorld } from './engine.ts'

/** What the page asks of the toolchain. The work happens in workers; every call can be cancelled. */
export interface Toolchain {
  /** What an editor shows of a world. It comes long before the whole, and is not kept: whoever wants to run it prepares it. */
  declare(input: WorldInput, options?: CallOptions): Promise<Outcome<DeclaredWorld>>
  /** Everything for a world that does not depend on the guest's source: from memory, the browser's cache, a shipped artefact, or made now. */
  prepare(input: WorldInput, options?: PrepareOptions): Promise<Outcome<PreparedWorld>>
  /** Compiles the guest's language away. Fast (about a millisecond) and independent of the world. */
  compile(input: SourceInput, options?: CallOptions): Promise<Outcome<CompiledSource>>
  /** Fetches the engine, or hands over the one that is already here. */
  engine(id: string, variant: string, options?: CallOptions): Promise<Outcome<EngineImage>>
  /** The guest's core module: `state` of the sandbox (`Runner.snapshot`) with the code of the engine that `prepared` is for. */
  core(prepared: PreparedWorld, state: Uint8Array): Promise<Outcome<Uint8Array>>
  /** The component that can be exported: the prepared shell around the guest's core module, checked. */
  assemble(prepared: PreparedWorld, core: Uint8Array, options?: CallOptions): Promise<Outcome<AssembledComponent>>
  /** Starts whatever can be started early: called on intent (focus, hover over Run), never on opening. */
  warm(): void
  dispose(): void
}

export interface WorldInput {
  /** All WIT files of the project by path: `world.wit`, `deps/acme-log/log.wit`. */
  readonly wit: Readonly<Record<string, string>>
  /** Name of the world; may be left out where there is only one. */
  readonly world?: string
  readonly engine: string
  readonly variant: string
}

export interface SourceInput {
  /** All source files of the project by path; other files are ignored. */
  readonly files: Readonly<Record<string, string>>
  readonly entry: string
}

export interface CompiledSource {
  readonly source: GuestSource
  /** The variant of the engine that this source needs (`base`, or `url` where it uses URL). */
  readonly variant: string
  readonly warnings: readonly Diagnostic[]
}

export interface AssembledComponent {
  readonly bytes: Uint8Array
  /** The world of the component as WIT text, printed from the binary. */
  readonly wit: string
}

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface PrepareOptions extends CallOptions {
  /** What would have to be made now, with tools that may have to be fetched first, is left alone: the outcome says so. */
  readonly onlyKept?: boolean
}

/** Long work says what it is doing. Bytes are known exactly where `total` is given. */
export interface Progress {
  readonly task: 'engine' | 'tools' | 'prepare' | 'compile' | 'assemble'
  readonly label: string
  readonly loaded?: number
  readonly total?: number
}

import type { Fault, Outcome } from '../contract/fault.ts'
import type { RunInput } from '../wasi/context.ts'
import type { WasiSettings } from '../wasi/settings.ts'
import type { RecordedRun } from './recording.ts'
import type { HttpReport, HttpRequest } from './http.ts'
import type { FileNote, WorldEvent } from './world-events.ts'

export type { FileNote, HttpReport, HttpRequest, RunInput, WasiSettings, WorldEvent }

/**
 * What the page asks of the sandbox. One sandbox at a time is in use and one is kept warm. A run is: initialise the
 * guest, make its instance, call its exports. A subject is what the engine inside the sandbox understands; the
 * runner passes it on unread.
 */
export interface Runner {
  /** Gets a sandbox ready for a run that will probably start at once: on intent, never on opening. */
  warm(): void
  /** Ends the current run, if any, and starts a new one in a fresh instance. */
  start(request: RunRequest, events: RunEvents): Promise<Outcome<RunStarted>>
  /** Calls an export of the current run: `greet("Ada")`, `demo:cart/cart@1.0.0#[method]cart.total(%1)`. */
  call(expression: string): Promise<Outcome<CallReport>>
  /** Calls an export `count` times and reports the distribution. */
  burst(expression: string, count: number): Promise<Outcome<BurstReport>>
  /** Drops a resource that the run gave out: `1` for `%1`. Its destructor runs in the guest. */
  drop(handle: number): Promise<Outcome<DropReport>>
  /** Runs `wasi:cli/run`. */
  runCommand(): Promise<Outcome<CommandReport>>
  /**
   * Has an instance of its own answer a request with the world's `wasi:http/incoming-handler`. `number`: what the world
   * events of it are told under.
   */
  respond(number: number, request: HttpRequest): Promise<Outcome<HttpReport>>
  /** Hands something to the guest of the current run while it runs or waits; nothing where there is none. */
  input(input: RunInput): void
  /** The engine's core module with the initialised state of the current run, without its code: for `Toolchain.core`. */
  snapshot(): Promise<Outcome<Uint8Array>>
  /** All that the current run has taken in, once the request under way is over; also where its instance has ended. */
  recording(): Promise<Outcome<RecordedRun>>
  /** Stops at once, whatever the guest does. The next run starts in another sandbox. */
  stop(): void
  /**
   * Another project opens: ends everything that has seen the code of this one, and where something of it ran boots a
   * sandbox that has seen none, so that the first run of the other project finds it.
   */
  leave(): void
  readonly state: RunnerState
  dispose(): void
}

export type RunnerState = 'idle' | 'booting' | 'initialising' | 'ready' | 'calling' | 'lost'

export interface RunRequest {
  /** Which project this is, in any form. Another one than before gets another sandbox. */
  readonly project?: string
  readonly subject: RunSubject
  readonly wasi: WasiSettings
  readonly limits: RunLimits
  /** For a run in which the guest can wait for the outside; only where `canSuspend`. */
  readonly interaction?: RunInteraction
  /** The run is given what was recorded, and compared with it. */
  readonly replay?: RecordedRun
}

export interface RunInteraction {
  /** Whether more comes on standard input while the guest runs, until it is said to have ended. */
  readonly openStdin: boolean
}

/** Structured-cloneable. The image and the prepared world are sent once per sandbox and then named by their keys. */
export interface RunSubject {
  readonly engine: string
  readonly imageKey: string
  readonly image: unknown
  readonly preparedKey: string
  readonly prepared: unknown
  readonly source: unknown
}

export interface RunLimits {
  readonly memoryMiB: number
  readonly outputKiB: number
  readonly milliseconds: number
}

export interface RunEvents {
  readonly onOutput?: (chunk: OutputChunk) => void
  readonly onWorld?: (event: WorldEvent) => void
  readonly onState?: (state: RunnerState) => void
  /** Bytes of the instance's linear memory when a call ended it. */
  readonly onMemory?: (bytes: number) => void
  /** The sandbox ended by itself or was ended: by Stop, a limit, or a crash. */
  readonly onEnd?: (fault: Fault) => void
}

export interface OutputChunk {
  /** `host`: what the simulated host says about imports that it answers itself. */
  readonly stream: 'stdout' | 'stderr' | 'host'
  /** When the text was written: while the guest initialised, or while it ran. */
  readonly phase: 'init' | 'run'
  readonly text: string
  /**
   * Bytes that were written and not kept since the last chunk: exact, except that what a sandbox had not sent when it
   * was killed is not counted. The fault of the kill says so.
   */
  readonly dropped: number
}

export interface RunStarted {
  /** In order; a phase that was not needed is absent. */
  readonly phases: readonly RunPhase[]
  readonly memoryBytes: number
  /** Step of the sandbox's clock in milliseconds: nothing shorter than this was measured. */
  readonly clockStep: number
  readonly warnings: readonly Fault[]
}

export const runPhases = ['boot', 'compile-engine', 'load-world', 'initialise', 'instantiate'] as const

export interface RunPhase {
  readonly name: (typeof runPhases)[number]
  /**
   * Milliseconds from the call of `start` to the beginning of the phase; negative where the sandbox began to boot before
   * that. Phases inside the sandbox are placed as if the message to it took no time. (From the sandbox itself: since it
   * got that message.)
   */
  readonly at: number
  /** Milliseconds, by the sandbox's clock except for `boot`. */
  readonly ms: number
}

export interface CallReport {
  /** The call in canonical form. */
  readonly call: string
  /** `ok`: the value as WAVE (empty for no result); `err`: the error of a `result` as WAVE (empty for no payload). `plain`: it is no `result`. */
  readonly result: { readonly tag: 'ok' | 'err'; readonly wave: string; readonly plain?: true }
  readonly ms: number
  readonly memoryBytes: number
  readonly boundaryCalls: number
  /** Imports that nobody provides and that the simulated host answered during this call; the first hundred. */
  readonly simulated: readonly SimulatedAnswer[]
  /** Live resource handles after the call: `%1` and what made it. */
  readonly handles: readonly { readonly id: number; readonly type: string; readonly origin: string }[]
}

/** A call of an import that nobody provides: the host wrote it down and answered with the default of the result type. */
export interface SimulatedAnswer {
  /** `demo:host/log#write("hello")` */
  readonly call: string
  /** The answer as WAVE; empty where the function has no result. */
  readonly wave: string
}

export interface BurstReport {
  /** Calls that were asked for, and that were made: fewer where the time limit came first. */
  readonly asked: number
  readonly count: number
  /** Of the calls made, those before the first sample. */
  readonly warmUp: number
  /** Calls of one sample: more than one where a call is too short for the clock. */
  readonly batch: number
  readonly sampleCount: number
  /** The step of the clock, spread over the calls of a sample: milliseconds. Smaller differences mean nothing. */
  readonly resolution: number
  /** Milliseconds per call, over the samples. */
  readonly min: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  /** While the samples were taken. */
  readonly callsPerSecond: number
  /** The samples in ascending order, milliseconds per call; of more than 500, evenly spread quantiles. */
  readonly samples: readonly number[]
  readonly memoryBytes: number
}

export interface DropReport {
  readonly memoryBytes: number
  /** Live resource handles afterwards. */
  readonly handles: CallReport['handles']
}

export interface CommandReport {
  readonly exitCode: number
  readonly ms: number
  readonly memoryBytes: number
}

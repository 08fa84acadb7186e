import type { Budget } from './budget.ts'
import type { Gate } from './gate.ts'
import type { HttpEvent } from './http/events.ts'
import type { Io } from './io/streams.ts'
import type { WasiSettings } from './settings.ts'
import type { Time } from './time.ts'
import type { Interaction, Waiting } from './waiting.ts'

export type OutputName = 'stdout' | 'stderr'

/** Fills the array with random bytes of the machine. */
export type Entropy = (into: Uint8Array<ArrayBuffer>) => void

/** All that a host takes from outside. What is not in here cannot make two runs differ. */
export interface Surroundings {
  /** Takes the bytes at once or copies them: they may be a view of the component's memory. */
  write(stream: OutputName, bytes: Uint8Array): void
  /** Nanoseconds of a clock that never goes back; for `clock: real`. `from`: lets time pass until it is so late. */
  monotonic(from?: bigint): bigint
  /** Milliseconds since 1970; for `clock: real`. */
  today(): number
  /** For `random: real`. */
  entropy: Entropy
  /** Milliseconds of real time, for the trace alone: nothing that the guest gets hangs on it. */
  now?(): number
  /** Told of every call before it is decided on. */
  onCall?(call: string): void
  /** Told of what happens to the requests that the component makes. */
  onHttp?(event: HttpEvent): void
  /**
   * Has the component's own `incoming-handler` take these two resources, in an instance of its own that runs through;
   * says why where the instance ended. Without it nobody can answer so.
   */
  serveHttp?(request: object, out: object): string | undefined
  /** Bytes that the host holds for the guest at most. Default: `mostMemory`. */
  readonly memory?: number
  /** For runs that can wait for the outside; without it nothing comes from there while the program runs. */
  interaction?: Interaction
}

/** What comes from outside while a program runs. */
export type RunInput =
  | { readonly kind: 'stdin'; readonly bytes: Uint8Array }
  | { readonly kind: 'stdin-end' }
  /** Moves a frozen clock on. */
  | { readonly kind: 'advance'; readonly nanoseconds: bigint }

/** What every package of one host is made with. */
export interface HostContext {
  readonly settings: WasiSettings
  readonly surroundings: Surroundings
  readonly time: Time
  readonly waiting: Waiting
  readonly io: Io
  /** What the host holds for the guest. */
  readonly memory: Budget
  /** What the guest calls goes through it. */
  readonly gate: Gate
}

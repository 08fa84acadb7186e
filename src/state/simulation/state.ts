import type { FileNote } from '../../runner/runner.ts'
import type { WaitState } from '../../wasi/waiting.ts'
import type { TraceLog } from './trace.ts'

/** What the simulated world of the last run has told, by vertical. What is not there has not been told. */
export interface SimulationState {
  /** What the guest waits for; undefined while it does not. */
  readonly wait?: WaitState | undefined
  /** The run's time in nanoseconds, as of the last event that told it. */
  readonly instant?: bigint
  /** Milliseconds that the guest has waited in the request under way. */
  readonly waited?: number
  readonly trace?: TraceLog
  /** Standard input that is typed while the guest runs; `ended`: there was said to be no more. */
  readonly stdin?: 'open' | 'ended'
  readonly files?: ChangedFiles
}

/** What the run has changed among its files, and which of that nobody wants to hear of any more. */
export interface ChangedFiles {
  readonly changes: readonly FileNote[]
  /** Changes that were not told. */
  readonly more: number
  readonly thrownAway: readonly FileNote[]
}

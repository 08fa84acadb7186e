import type { FileNote } from '../../runner/runner.ts'
import type { WaitState } from '../../wasi/waiting.ts'
import type { RecordedRun, ReplayReport } from '../../runner/recording.ts'
import type { TraceEntry } from '../../runner/trace-entry.ts'
import type { HttpState } from './http-state.ts'
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
  /** All that the last run took in can be had up to now, or there is an obstacle to its replay. */
  readonly recordable?: Recordable
  /** The recording that runs are replayed from, until another takes its place. */
  readonly kept?: KeptRecording
  /** The last run is a replay of this. */
  readonly replaying?: RecordedRun
  readonly report?: ReplayReport
  readonly verdict?: Verdict
  /** Standard input that is typed while the guest runs; `ended`: there was said to be no more. */
  readonly stdin?: 'open' | 'ended'
  readonly files?: ChangedFiles
  /** Stays when another run begins. */
  readonly http?: HttpState
}

/** What the run has changed among its files, and which of that nobody wants to hear of any more. */
export interface ChangedFiles {
  readonly changes: readonly FileNote[]
  /** Changes that were not told. */
  readonly more: number
  readonly thrownAway: readonly FileNote[]
  /** Of those that were not told, so many. */
  readonly thrownMore: number
}

/** Another one after each request of the run. */
export interface Recordable {
  readonly obstacle?: string
}

/** A recording with what was seen of its calls, where it was made in this page. */
export interface KeptRecording {
  readonly run: RecordedRun
  /** What it is the recording of; a file is none of this page's. */
  readonly of?: Recordable
  readonly entries: readonly TraceEntry[]
}

/** What a replay came to. */
export type Verdict =
  | { readonly kind: 'same'; readonly entries: number }
  /** `number`: the entry of the trace from which on they differ. */
  | { readonly kind: 'other'; readonly number: number; readonly expected?: string; readonly got?: string }

import type { FileChange } from '../wasi/filesystem/changes.ts'
import type { WaitState } from '../wasi/waiting.ts'
import type { ReplayReport } from './recording.ts'
import type { TraceNews } from './trace-entry.ts'
import type { HttpNews } from './http.ts'

/** What the simulated world of a run tells the page, as it happens. */
export type WorldEvent =
  /** The guest waits from now on; without a state it goes on. `instant`: the run's time in nanoseconds. */
  | {
      readonly kind: 'wait'
      readonly instant: bigint
      /** Milliseconds of waiting in the request under way, which its time limit does not count. */
      readonly waited: number
      readonly state?: WaitState
    }
  | ({ readonly kind: 'trace' } & TraceNews)
  /** After each request: that all up to now can be had by `Runner.recording`, or why it cannot be replayed. */
  | { readonly kind: 'recordable'; readonly obstacle?: string }
  /** Of a run that is a replay: how it compares so far. */
  | { readonly kind: 'replay'; readonly report: ReplayReport }
  /** What the run has changed so far among its files, sent after a request that changed something. `more`: not listed. */
  | { readonly kind: 'files'; readonly changes: readonly FileNote[]; readonly more: number }
  /** `request`: the one of `Runner.respond` that it belongs to; 0: what a call or a program asks for. */
  | { readonly kind: 'http'; readonly request: number; readonly news: readonly HttpNews[] }

export interface FileNote extends Omit<FileChange, 'bytes'> {
  /** Of a file that is there now. */
  readonly size?: number
  /** Of that file, while there is room for it in the message; else its digest stands for them. */
  readonly bytes?: Uint8Array
  readonly digest?: string
}

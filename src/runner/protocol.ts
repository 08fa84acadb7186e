import type { Fault } from '../contract/fault.ts'
import type { HttpReport, HttpRequest } from './http.ts'
import type {
  BurstReport,
  CallReport,
  CommandReport,
  DropReport,
  OutputChunk,
  RunInteraction,
  RunLimits,
  RunStarted,
  RunSubject,
  WasiSettings,
} from './runner.ts'
import type { RunInput } from '../wasi/context.ts'
import type { RecordedRun, TakenRun } from './recording.ts'
import type { WorldEvent } from './world-events.ts'

/**
 * What crosses the one port between the page and the sandbox's worker. Requests carry the run and an id of their own;
 * an answer repeats both. What comes from the sandbox is untrusted: see parse-from-sandbox.ts.
 */

export const protocolVersion = 1

/** The image and the prepared world are left out where this sandbox has had them. */
export type SubjectMessage = Omit<RunSubject, 'image' | 'prepared'> & Partial<Pick<RunSubject, 'image' | 'prepared'>>

export type RequestBody =
  | {
      readonly type: 'start'
      readonly subject: SubjectMessage
      readonly wasi: WasiSettings
      readonly limits: RunLimits
      readonly interaction?: RunInteraction
      readonly replay?: RecordedRun
    }
  | { readonly type: 'call'; readonly expression: string }
  | { readonly type: 'burst'; readonly expression: string; readonly count: number }
  | { readonly type: 'drop'; readonly handle: number }
  | { readonly type: 'command' }
  | { readonly type: 'http'; readonly number: number; readonly request: HttpRequest }
  | { readonly type: 'snapshot' }
  | { readonly type: 'recording' }

export type Request = RequestBody & { readonly run: number; readonly id: number }

export type ToSandbox =
  | Request
  | { readonly type: 'ping'; readonly id: number }
  /** For the guest of that run, also while a request is under way. Not answered. */
  | { readonly type: 'input'; readonly run: number; readonly input: RunInput }
  /** Makes a spare sandbox ready for a subject that will probably run in it. Not answered. */
  | {
      readonly type: 'preload'
      readonly subject: SubjectMessage
      readonly limits: RunLimits
      /** Whether the guest may wait for the outside. */
      readonly suspends: boolean
    }

export type Answer =
  | { readonly type: 'started'; readonly value: RunStarted }
  | { readonly type: 'called'; readonly value: CallReport }
  | { readonly type: 'measured'; readonly value: BurstReport }
  | { readonly type: 'dropped'; readonly value: DropReport }
  | { readonly type: 'exited'; readonly value: CommandReport }
  | { readonly type: 'responded'; readonly value: HttpReport }
  | { readonly type: 'snapshot'; readonly value: Uint8Array }
  | { readonly type: 'recording'; readonly value: TakenRun }
  /** `alive`: whether the instance can still be called. `memoryBytes`: of its linear memory, where the call ended it. */
  | { readonly type: 'failed'; readonly fault: Fault; readonly alive: boolean; readonly memoryBytes?: number }

export type FromSandbox =
  | { readonly type: 'hello'; readonly version: number }
  | { readonly type: 'pong'; readonly id: number }
  /** Sent now and then while the guest runs, so that a kill can name the last call across the boundary. */
  | { readonly type: 'beat'; readonly run: number; readonly lastCall: string }
  /** In the order in which it was written. One without text stands alone: it only says what was dropped. */
  | { readonly type: 'output'; readonly run: number; readonly chunks: readonly OutputChunk[] }
  | { readonly type: 'world'; readonly run: number; readonly event: WorldEvent }
  | { readonly type: 'answer'; readonly run: number; readonly id: number; readonly answer: Answer }

/** Messages that go out at once without anybody having asked for them; more of them are joined, or left out. */
export const atOnce = {
  /** Of output, in a run. */
  output: 256,
  /** Notes of boundary calls, in a request. */
  beats: 8,
} as const

/** UTF-16 code units, items or bytes that one message may carry. */
export const caps = {
  /** Output and details. */
  text: 256 * 1024,
  /** A value as WAVE: the printer stops at 1 MiB. */
  wave: 1024 * 1024 + 1024,
  name: 4096,
  items: 1024,
  simulated: 128,
  /** Of all files that a run changed. */
  fileBytes: 1024 * 1024,
  snapshotBytes: 256 * 1024 * 1024,
} as const

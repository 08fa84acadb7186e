import type { Recording, ReplayReport } from '../wasi/record.ts'
import type { WasiSettings } from '../wasi/settings.ts'

export type { Recording, ReplayReport }

/** What the page asked of the instance, in order. */
export type RecordedRequest =
  | { readonly kind: 'call'; readonly expression: string }
  | { readonly kind: 'command' }
  | { readonly kind: 'drop'; readonly handle: number }

/** A run with all that it takes to have it once more. */
export interface RecordedRun extends Recording {
  readonly settings: WasiSettings
  /** For a run in which the guest could wait for the outside. */
  readonly interaction?: { readonly openStdin: boolean }
  readonly requests: readonly RecordedRequest[]
}

export const mostRequests = 1000

import { recordingBounds, type Recording, type ReplayReport } from '../wasi/record.ts'
import type { WasiSettings } from '../wasi/settings.ts'
import type { HttpRequest } from './http.ts'

export type { Recording, ReplayReport }

/** What the page asked of the instance, in order. */
export type RecordedRequest =
  | { readonly kind: 'call'; readonly expression: string }
  | { readonly kind: 'command' }
  | { readonly kind: 'drop'; readonly handle: number }
  | { readonly kind: 'http'; readonly request: HttpRequest }

/** What the sandbox has of a run. */
export interface TakenRun extends Recording {
  readonly requests: readonly RecordedRequest[]
}

/** A run with all that it takes to have it once more. */
export interface RecordedRun extends TakenRun {
  readonly settings: WasiSettings
  /** For a run in which the guest could wait for the outside. */
  readonly interaction?: { readonly openStdin: boolean }
}

/** About the bytes that a request takes, for the bound on all of them. */
export const requestBytes = (request: RecordedRequest): number => {
  const { perItem } = recordingBounds
  switch (request.kind) {
    case 'call':
      return perItem + request.expression.length * 2
    case 'http': {
      const { method, path, headers, body, trailers = [] } = request.request
      const fields = [...headers, ...trailers].reduce(
        (sum, [name, value]) => sum + perItem + (name.length + value.length) * 2,
        0,
      )
      const parts = body.reduce((sum, { bytes }) => sum + perItem + bytes.length, 0)
      return perItem + (method.length + path.length) * 2 + fields + parts
    }
    default:
      return perItem
  }
}

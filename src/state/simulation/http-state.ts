import type { Fault, Outcome } from '../../contract/fault.ts'
import type { HttpNews, HttpReport, HttpRequest, TextField } from '../../runner/http.ts'

/** A request that the component made, as far as it is told. */
export interface OutgoingCall {
  readonly id: number
  readonly at: bigint
  readonly method: string
  readonly url: string
  readonly fields: readonly TextField[]
  /** The place of the route that answers; none: it was denied. */
  readonly route?: number
  readonly sent?: { readonly size: number; readonly start: Uint8Array }
  readonly answered?: { readonly at: bigint; readonly status: number; readonly fields: readonly TextField[] }
  readonly ended?: {
    readonly at: bigint
    readonly size: number
    readonly start: Uint8Array
    readonly error?: string
    /** In words, where the code does not say it. */
    readonly why?: string
  }
}

export interface ResponseStart {
  readonly at: bigint
  readonly status: number
  readonly fields: readonly TextField[]
}

/** A request to the component's handler, and what came of it up to now. */
export interface Exchange {
  readonly id: number
  readonly request: HttpRequest
  /** When it was sent, in milliseconds since 1970 by the machine's clock. */
  readonly sent: number
  /** The same of the start of the run by the run's own clock; none where that is the machine's. */
  readonly runStart?: number
  readonly informational: readonly ResponseStart[]
  readonly head?: ResponseStart
  readonly parts: readonly { readonly at: bigint; readonly bytes: Uint8Array }[]
  readonly end?: Extract<HttpNews, { type: 'end' }>
  readonly outgoing: readonly OutgoingCall[]
  /** What there was beside what is listed. */
  readonly more?: { readonly informational: number; readonly requests: number }
  readonly report?: HttpReport
  /** The request could not be made, or its run was ended. */
  readonly fault?: Fault
}

/** A request as people write it. */
export interface Draft {
  readonly method: string
  /** A path, or a whole address. */
  readonly target: string
  readonly headers: readonly TextField[]
  readonly body: string
  /** More than one: the body is sent in so many parts. */
  readonly parts: number
  /** Milliseconds between the parts. */
  readonly pause: number
}

export interface HttpState {
  /** Newest first. */
  readonly exchanges: readonly Exchange[]
  /** What was made out of calls and programs in this run, and not for a request. */
  readonly outgoing: readonly OutgoingCall[]
  /** So many more were made. */
  readonly more: number
  readonly sending: boolean
  /** What is being written; none: nothing was written yet. */
  readonly draft?: Draft
  /** The one that is looked at; none: the newest. */
  readonly chosen?: number | undefined
}

/** Starts a run where there is none that is up to date, and sends the request; undefined where a newer one took over. */
export type Respond = (number: number, request: HttpRequest) => Promise<Outcome<HttpReport> | undefined>

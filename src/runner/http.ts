import type { Fault } from '../contract/fault.ts'

/** Requests for a component's `incoming-handler`, and what a run tells of HTTP. Instants: nanoseconds of the run's clock. */

export type TextField = readonly [name: string, value: string]

export interface HttpRequest {
  readonly method: string
  /** Default `http`. */
  readonly scheme?: string
  /** Default: that of the field Host, else `localhost`. */
  readonly authority?: string
  /** With the query. */
  readonly path: string
  readonly headers: readonly TextField[]
  readonly body: readonly HttpPart[]
  readonly trailers?: readonly TextField[]
}

export interface HttpPart {
  /** Milliseconds of the run's clock after the part before. */
  readonly after: number
  readonly bytes: Uint8Array
}

/** What happens while a request is answered: to the response, and to the requests that the component makes meanwhile. */
export type HttpNews =
  | {
      readonly type: 'informational' | 'head'
      readonly at: bigint
      readonly status: number
      readonly fields: readonly TextField[]
    }
  | { readonly type: 'body'; readonly at: bigint; readonly bytes: Uint8Array }
  /** Without an error: all of the response came. */
  | {
      readonly type: 'end'
      readonly at: bigint
      readonly trailers?: readonly TextField[]
      readonly error?: string
      readonly why?: string
    }
  /** `route`: the place of the one that answers; none: the request is denied. */
  | {
      readonly type: 'sent'
      readonly id: number
      readonly at: bigint
      readonly method: string
      readonly url: string
      readonly fields: readonly TextField[]
      readonly route?: number
    }
  | { readonly type: 'request-body'; readonly id: number; readonly size: number; readonly start: Uint8Array }
  | {
      readonly type: 'answered'
      readonly id: number
      readonly at: bigint
      readonly status: number
      readonly fields: readonly TextField[]
    }
  | {
      readonly type: 'ended'
      readonly id: number
      readonly at: bigint
      readonly size: number
      readonly start: Uint8Array
      readonly error?: string
      /** In words, where the code does not say it. */
      readonly why?: string
    }
  /** What was not told, because there is too much of it: how many, up to now. */
  | { readonly type: 'more'; readonly informational: number; readonly requests: number }

export const newsTypes = [
  'informational',
  'head',
  'body',
  'end',
  'sent',
  'request-body',
  'answered',
  'ended',
  'more',
] as const

/** What one request came to, when all is over. */
export interface HttpReport {
  /** None: there was no response. */
  readonly status?: number
  /** The error code of HTTP, and what it means here in words. */
  readonly error?: string
  readonly why?: string
  /** The instance that answered ended by this. */
  readonly fault?: Fault
  /** Bytes of the response's body; no more than `httpCaps.body` of them were told. */
  readonly size: number
  readonly ms: number
  readonly from: bigint
  readonly to: bigint
  /** Of the instance that answered. */
  readonly memoryBytes: number
  readonly boundaryCalls: number
}

export const httpCaps = {
  /** Bytes of the body of a response that are told. */
  body: 1024 * 1024,
  /** Pieces of that body that are told one by one where they came at different instants; later ones are joined. */
  parts: 2000,
  /** Informational responses to one request that are told. */
  informational: 100,
  /** Requests of the component that are told for one that it answers, and for all else in a run. */
  requests: 500,
  /** Bytes of one piece of news. */
  piece: 64 * 1024,
  /** Pieces of news, and bytes in them, in one message. */
  news: 256,
  message: 512 * 1024,
  fields: 1024,
  value: 65_536,
} as const

import { stages } from '../../contract/fault.ts'
import type { Fault, Outcome } from '../../contract/fault.ts'
import type { SourceInput } from '../toolchain.ts'

/**
 * What the page and the toolchain's workers say to each other. A worker answers the requests that it gets one after the
 * other; the answer to a request carries its number. A worker that answers `broken` must be ended: a tool in it trapped.
 */

/** Requests to the light worker: our own code only. */
export type LanguageRequest = { readonly op: 'compile' } & SourceInput

/** Requests to the heavy worker: jco's tools. */
export type ToolsRequest =
  | {
      readonly op: 'declare'
      readonly engine: string
      readonly wit: Files
      readonly world?: string
      readonly version: string
    }
  | {
      readonly op: 'prepare'
      /** Id of the engine that `hollow` belongs to. */
      readonly engine: string
      readonly hollow: HollowReference
      readonly wit: Files
      readonly world?: string
      readonly version: string
    }
  | {
      readonly op: 'assemble'
      readonly before: Uint8Array
      readonly core: Uint8Array
      readonly after: Uint8Array
    }

/** An engine without its code, by address. */
export interface HollowReference {
  readonly variant: string
  readonly hash: string
  readonly facts: unknown
  readonly url: string
}

export type Request = LanguageRequest | ToolsRequest
export type Envelope<R extends Request> = R & { readonly id: number }

type Files = Readonly<Record<string, string>>

export type Reply =
  | { readonly id: number; readonly kind: 'done'; readonly outcome: Outcome<unknown> }
  | { readonly id: number; readonly kind: 'loading'; readonly part: string; readonly loaded: number }
  /** Everything that the request needs is loaded; from here on its own time counts. */
  | { readonly id: number; readonly kind: 'started' }
  | { readonly id: number; readonly kind: 'broken'; readonly message: string }

/** Reads a message from a worker; undefined for anything that is no reply. */
export function parseReply(value: unknown): Reply | undefined {
  if (!isObject(value)) return undefined
  const { id, kind } = value
  if (typeof id !== 'number') return undefined
  switch (kind) {
    case 'done': {
      const outcome = parseOutcome(value['outcome'])
      return outcome === undefined ? undefined : { id, kind, outcome }
    }
    case 'loading': {
      const { part, loaded } = value
      return typeof part === 'string' && typeof loaded === 'number' ? { id, kind, part, loaded } : undefined
    }
    case 'started':
      return { id, kind }
    case 'broken': {
      const { message } = value
      return { id, kind, message: typeof message === 'string' ? message : '' }
    }
    default:
      return undefined
  }
}

function parseOutcome(value: unknown): Outcome<unknown> | undefined {
  if (!isObject(value)) return undefined
  if (value['ok'] === true) return { ok: true, value: value['value'] }
  return value['ok'] === false && isFault(value['fault']) ? { ok: false, fault: value['fault'] } : undefined
}

const stageNames: readonly unknown[] = stages

export const isFault = (value: unknown): value is Fault =>
  isObject(value) &&
  stageNames.includes(value['stage']) &&
  isText(value['message']) &&
  isText(value['next']) &&
  (value['detail'] === undefined || isText(value['detail'])) &&
  (value['place'] === undefined || isPlace(value['place']))

const isPlace = (value: unknown): boolean =>
  isObject(value) &&
  isText(value['file']) &&
  isCount(value['line']) &&
  isCount(value['column']) &&
  (value['endLine'] === undefined || isCount(value['endLine'])) &&
  (value['endColumn'] === undefined || isCount(value['endColumn']))

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isText = (value: unknown): value is string => typeof value === 'string'
export const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every(isText)
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1

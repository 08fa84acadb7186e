import { lastInstant } from '../time.ts'
import type { ErrorCode } from './error-code.ts'
import type { BodyEnd } from './inlet.ts'
import type { ResponseHead } from './message.ts'
import type { Timeouts } from './requests.ts'
import type { ReadyRoute } from './routes.ts'

/** A timeout may be as long as there is time. */
const later = (instant: bigint, by: bigint): bigint => (instant + by < lastInstant ? instant + by : lastInstant)
const nanoseconds = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 1e6))

/** How long a server that never answers is waited for where nothing else says so: milliseconds. */
const patience = 30_000
const parts = 4
/** The answer of a route as it is planned when the request goes out: what arrives, and when. */
export type Planned =
  | { readonly at: bigint; readonly code: ErrorCode }
  | {
      readonly at: bigint
      readonly head: ResponseHead
      readonly chunks: readonly Part[]
      readonly end: BodyEnd
      readonly endAt: bigint
    }
export interface Part {
  readonly at: bigint
  readonly bytes: Uint8Array
}

const first = (...values: readonly (bigint | undefined)[]): bigint | undefined =>
  values.find((value) => value !== undefined)

/** The same with the timeouts of the body kept to. */
const inTime = (plan: Planned, sent: bigint, { firstByte, betweenBytes }: Timeouts): Planned => {
  if ('code' in plan) return plan
  const late: ErrorCode = { tag: 'connection-read-timeout' }
  if (firstByte !== undefined && plan.at - sent > firstByte) return { at: later(sent, firstByte), code: late }
  let deadline = firstByte === undefined ? undefined : later(sent, firstByte)
  const chunks: Part[] = []
  for (const part of [...plan.chunks, { at: plan.endAt, bytes: undefined }]) {
    if (deadline !== undefined && part.at > deadline) {
      return { ...plan, chunks, end: { ok: false, code: late }, endAt: deadline }
    }
    if (part.bytes !== undefined) chunks.push({ at: part.at, bytes: part.bytes })
    deadline = betweenBytes === undefined ? undefined : later(part.at, betweenBytes)
  }
  return plan
}

/** What comes of a request that is sent at that instant. */
export const planOf = (route: ReadyRoute, sent: bigint, method: string, timeouts: Timeouts): Planned => {
  const { fault, delay = 0, pace = 0, status = 200 } = route
  const { connect, firstByte } = timeouts
  const at = sent + nanoseconds(delay)
  if (fault === 'refused' || fault === 'timeout') {
    // The delay is that of the connection: nothing listens, or nobody answers.
    const given = fault === 'refused' ? at : sent + nanoseconds(route.delay ?? patience)
    const limit = fault === 'refused' ? connect : first(connect, firstByte)
    if (limit !== undefined && (fault === 'timeout' || sent + limit < given)) {
      const tag = connect === undefined ? 'connection-read-timeout' : 'connection-timeout'
      return { at: later(sent, limit), code: { tag } }
    }
    return { at: given, code: { tag: fault === 'refused' ? 'connection-refused' : 'connection-timeout' } }
  }
  const whole = method === 'HEAD' ? new Uint8Array() : route.body
  const bytes = fault === 'reset' ? whole.subarray(0, Math.ceil(whole.length / 2)) : whole
  if (fault === 'malformed') return inTime({ at, code: { tag: 'HTTP-protocol-error' } }, sent, timeouts)
  if (fault === 'reset' && whole.length === 0) return { at, code: { tag: 'connection-terminated' } }
  const count = pace > 0 ? Math.min(parts, bytes.length) : 1
  const step = nanoseconds(pace)
  const chunks = Array.from({ length: bytes.length === 0 ? 0 : count }, (_, index) => ({
    at: at + step * BigInt(index + 1),
    bytes: bytes.subarray((bytes.length * index) / count, (bytes.length * (index + 1)) / count),
  }))
  const end: BodyEnd =
    fault === 'reset' ? { ok: false, code: { tag: 'connection-terminated' } } : { ok: true, trailers: undefined }
  const endAt = chunks.at(-1)?.at ?? at
  return inTime({ at, head: { status, fields: route.fields }, chunks, end, endAt }, sent, timeouts)
}

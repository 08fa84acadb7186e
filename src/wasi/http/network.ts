import type { HostContext } from '../context.ts'
import { lastInstant } from '../time.ts'
import { type ErrorCode, errorText } from './error-code.ts'
import { Glimpse } from './events.ts'
import type { OpenIncoming } from './incoming.ts'
import { createInlet, instantReached, type BodyEnd, type Inlet } from './inlet.ts'
import {
  contentLength,
  mostSection,
  type RequestHead,
  type ResponseHead,
  sectionSize,
  urlOf,
  visibleFields,
} from './message.ts'
import type { RequestsKit, SentRequest, Timeouts } from './requests.ts'
import type { Expected, ResponsesKit } from './responses.ts'
import { routeBody, routeFields, routeFor, type HttpRoute } from './routes.ts'

/** A timeout may be as long as there is time. */
const later = (instant: bigint, by: bigint): bigint => (instant + by < lastInstant ? instant + by : lastInstant)
const nanoseconds = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * 1e6))

/** How long a server that never answers is waited for where nothing else says so: milliseconds. */
const patience = 30_000
const parts = 4
/** Handlers that may answer one another's requests at a time. */
const mostNested = 8
/** Bytes of a body between two instances. */
const mostBetween = 16 << 20
/** RFC 9110, section 4.1, asks for 8000. */
const longestUrl = 8192

/** The answer of a route as it is planned when the request goes out: what arrives, and when. */
type Planned =
  | { readonly at: bigint; readonly code: ErrorCode }
  | {
      readonly at: bigint
      readonly head: ResponseHead
      readonly chunks: readonly Part[]
      readonly end: BodyEnd
      readonly endAt: bigint
    }
interface Part {
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

const planOf = (route: HttpRoute, sent: bigint, method: string, timeouts: Timeouts): Planned => {
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
  const whole = method === 'HEAD' ? new Uint8Array() : routeBody(route)
  const bytes = fault === 'reset' ? whole.subarray(0, Math.ceil(whole.length / 2)) : whole
  if (fault === 'malformed') return inTime({ at, code: { tag: 'HTTP-protocol-error' } }, sent, timeouts)
  if (fault === 'reset' && whole.length === 0) return { at, code: { tag: 'connection-terminated' } }
  const count = pace > 0 ? Math.min(parts, bytes.length) : 1
  const step = nanoseconds(pace)
  const chunks = Array.from({ length: bytes.length === 0 ? 0 : count }, (_, index) => ({
    at: at + step * BigInt(index + 1),
    bytes: bytes.slice((bytes.length * index) / count, (bytes.length * (index + 1)) / count),
  }))
  const end: BodyEnd =
    fault === 'reset' ? { ok: false, code: { tag: 'connection-terminated' } } : { ok: true, trailers: undefined }
  const endAt = chunks.at(-1)?.at ?? at
  return inTime({ at, head: { status, fields: routeFields(route) }, chunks, end, endAt }, sent, timeouts)
}

const noTimeouts: Timeouts = { connect: undefined, firstByte: undefined, betweenBytes: undefined }

/** The head of a request that can be sent; throws the error code of one that cannot. */
const sendable = ({ method, scheme = 'https', authority, path, fields }: SentRequest): RequestHead => {
  const reject = (code: ErrorCode): never => {
    throw code
  }
  if (scheme !== 'http' && scheme !== 'https') reject({ tag: 'HTTP-protocol-error' })
  // types.wit: "The HTTP and HTTPS schemes always require an authority."
  if (authority === undefined) reject({ tag: 'HTTP-request-URI-invalid' })
  if (method === 'CONNECT') reject({ tag: 'HTTP-request-method-invalid' })
  const head: RequestHead = { method, scheme, authority, path: path ?? '/', fields }
  if (urlOf(head).length > longestUrl) reject({ tag: 'HTTP-request-URI-too-long' })
  const size = sectionSize(fields)
  if (size > mostSection) reject({ tag: 'HTTP-request-header-section-size', val: size })
  if (contentLength(fields) === 'invalid') reject({ tag: 'HTTP-protocol-error' })
  return head
}

/** The simulated network: `outgoing-handler`, answered by the routes of the settings. Nothing real is ever reached. */
export const createNetwork = (
  context: HostContext,
  requests: RequestsKit,
  responses: ResponsesKit,
  openIncoming: OpenIncoming,
) => {
  const { settings, surroundings, time } = context
  const routes = settings.http?.routes ?? []
  const tell = surroundings.onHttp?.bind(surroundings) ?? (() => {})
  let ids = 0
  let nested = 0

  /** What is told of a response, whoever gives it. */
  const watch = (
    id: number,
    at: () => bigint | undefined,
    take: () => { head: ResponseHead; inlet: Inlet } | ErrorCode | undefined,
    received: Glimpse,
  ): Expected => {
    let over = false
    const ended = (instant: bigint, error?: string): void => {
      if (over) return
      over = true
      tell({
        type: 'ended',
        id,
        at: instant,
        size: received.size,
        start: received.start,
        ...(error !== undefined && { error }),
      })
    }
    return {
      condition: instantReached(time, at),
      result: () => {
        const instant = at()
        if (instant === undefined || time.peek() < instant) return undefined
        const taken = take()
        if (taken === undefined) return undefined
        if ('tag' in taken) {
          ended(instant, errorText(taken))
          return taken
        }
        tell({ type: 'answered', id, at: instant, status: taken.head.status, fields: taken.head.fields })
        return taken
      },
      drop: () => ended(time.peek(), 'given up'),
    }
  }
  const onEnd = (id: number, received: Glimpse) => (end: BodyEnd, at: bigint) =>
    tell({
      type: 'ended',
      id,
      at,
      size: received.size,
      start: received.start,
      ...(!end.ok && { error: errorText(end.code) }),
    })

  /** Passes the request's body on, and says when it is complete. `broken`: the guest gave it up. */
  const passBody = (
    id: number,
    { outlet, hasBody }: SentRequest,
    to?: (bytes: Uint8Array) => void,
    then?: (end: BodyEnd) => void,
  ): void => {
    const seen = new Glimpse()
    outlet.send({
      chunk: (bytes) => {
        seen.add(bytes)
        to?.(bytes)
      },
      end: (end) => {
        tell({ type: 'request-body', id, size: seen.size, start: seen.start })
        then?.(end)
      },
    })
    const wrong = hasBody ? undefined : outlet.finish(undefined)
    if (wrong) throw wrong
  }

  const canned = (
    id: number,
    route: HttpRoute,
    request: SentRequest,
    head: RequestHead,
    timeouts: Timeouts,
  ): Expected => {
    const plan = planOf(route, time.peek(), head.method, timeouts)
    let broken: { readonly at: bigint; readonly code: ErrorCode } | undefined
    const received = new Glimpse()
    const expected = watch(
      id,
      () => broken?.at ?? plan.at,
      () => {
        if (broken) return broken.code
        if ('code' in plan) return plan.code
        const inlet = createInlet(time, { onEnd: onEnd(id, received) })
        for (const { at, bytes } of plan.chunks) {
          received.add(bytes)
          inlet.push(bytes, at)
        }
        inlet.finish(plan.end, plan.endAt)
        return { head: plan.head, inlet }
      },
      received,
    )
    passBody(id, request, undefined, (end) => {
      if (!end.ok && plan.at > time.peek()) broken = { at: time.peek(), code: end.code }
    })
    return expected
  }

  /**
   * The component's own handler, in an instance of its own. It runs when the request is complete: whoever reads the body
   * has to find all of it, since the instance that asks cannot go on meanwhile.
   */
  const ownHandler = (id: number, request: SentRequest, head: RequestHead, { firstByte }: Timeouts): Expected => {
    const serve = surroundings.serveHttp?.bind(surroundings)
    const received = new Glimpse()
    const inlet = createInlet(time, { onEnd: onEnd(id, received) })
    let came: { readonly at: bigint; readonly as: ResponseHead | ErrorCode } | undefined
    const sentAt = time.peek()
    const come = (as: ResponseHead | ErrorCode): void => {
      const at = time.peek()
      const late = firstByte !== undefined && at - sentAt > firstByte
      came ??= late ? { at: sentAt + firstByte, as: { tag: 'connection-read-timeout' } } : { at, as }
    }
    const expected = watch(
      id,
      () => came?.at,
      () => came && ('tag' in came.as ? came.as : { head: came.as, inlet }),
      received,
    )
    if (serve === undefined || nested >= mostNested) {
      come({ tag: serve === undefined ? 'configuration-error' : 'loop-detected' })
      passBody(id, request)
      return expected
    }
    const incoming = openIncoming(head, {
      informational: () => {},
      head: ({ status, fields }) => come({ status, fields: visibleFields(fields) }),
      chunk: (bytes) => {
        received.add(bytes)
        if (received.size <= mostBetween) inlet.push(bytes, time.peek())
        else inlet.finish(tooLarge('HTTP-response-body-size', received.size), time.peek())
      },
      end: (end) => {
        if (!end.ok) come(end.code)
        inlet.finish(end, time.peek())
      },
    })
    let sent = 0
    passBody(
      id,
      request,
      (bytes) => {
        sent += bytes.length
        if (sent <= mostBetween) incoming.body.push(bytes, time.peek())
      },
      (end) => {
        if (!end.ok) return come(end.code)
        incoming.body.finish(sent <= mostBetween ? end : tooLarge('HTTP-request-body-size', sent), time.peek())
        nested++
        incoming.begin()
        try {
          incoming.returned(serve(incoming.request, incoming.out))
        } finally {
          nested--
        }
      },
    )
    return expected
  }

  return {
    handle: (given: Parameters<RequestsKit['take']>[0], options?: Parameters<RequestsKit['timeouts']>[0]): object => {
      const request = requests.take(given)
      const head = sendable(request)
      const url = urlOf(head)
      const at = routeFor(routes, head.method, url)
      const route = routes[at]
      const id = ++ids
      const sent = time.peek()
      tell({
        type: 'sent',
        id,
        at: sent,
        method: head.method,
        url,
        fields: head.fields,
        ...(route !== undefined && { route: at }),
      })
      if (route === undefined) {
        tell({ type: 'ended', id, at: sent, size: 0, start: new Uint8Array(), error: 'HTTP-request-denied' })
        const denied: ErrorCode = { tag: 'HTTP-request-denied' }
        throw denied
      }
      const timeouts = options === undefined ? noTimeouts : requests.timeouts(options)
      const expected = route.handler
        ? ownHandler(id, request, head, timeouts)
        : canned(id, route, request, head, timeouts)
      return responses.future(expected)
    },
  }
}

const tooLarge = (tag: ErrorCode['tag'], size: number): BodyEnd => ({ ok: false, code: { tag, val: BigInt(size) } })

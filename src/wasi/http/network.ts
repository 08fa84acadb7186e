import type { HostContext } from '../context.ts'
import type { ErrorCode } from './error-code.ts'
import { Glimpse } from './events.ts'
import { Exchange } from './exchange.ts'
import type { OpenIncoming } from './incoming.ts'
import { contentLength, mostSection, type RequestHead, sectionSize, urlOf } from './message.ts'
import { createOwnHandler } from './own-handler.ts'
import { planOf } from './plan.ts'
import type { RequestsKit, SentRequest, Timeouts } from './requests.ts'
import type { Expected, ResponsesKit } from './responses.ts'
import { type ReadyRoute, readyRoute, routeFor } from './routes.ts'

/** RFC 9110, section 4.1, asks for 8000. */
const longestUrl = 8192

const noTimeouts: Timeouts = { connect: undefined, firstByte: undefined, betweenBytes: undefined }

const reject = (code: ErrorCode): never => {
  throw code
}

/** The head of a request that can be sent; throws the error code of one that cannot. */
const sendable = ({ method, scheme = 'https', authority, path, fields }: SentRequest): RequestHead => {
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
  const ready = new Map<number, ReadyRoute>()
  const tell = surroundings.onHttp?.bind(surroundings) ?? (() => {})
  const ownHandler = createOwnHandler(context, openIncoming)
  let ids = 0

  const routeAt = (at: number): ReadyRoute | undefined => {
    const route = routes[at]
    const made = ready.get(at) ?? (route && readyRoute(route))
    if (made) ready.set(at, made)
    return made
  }

  const canned = (
    exchange: Exchange,
    route: ReadyRoute,
    request: SentRequest,
    head: RequestHead,
    timeouts: Timeouts,
  ): Expected => {
    const plan = planOf(route, time.peek(), head.method, timeouts)
    let broken: { readonly at: bigint; readonly code: ErrorCode } | undefined
    const received = (until: bigint): Glimpse => {
      const seen = new Glimpse()
      for (const { at, bytes } of 'code' in plan ? [] : plan.chunks) if (at <= until) seen.add(bytes)
      return seen
    }
    const expected = exchange.expected(
      () => broken?.at ?? plan.at,
      () => {
        if (broken) return broken
        if ('code' in plan) return plan
        const inlet = exchange.inlet(received)
        for (const { at, bytes } of plan.chunks) inlet.push(bytes, at)
        inlet.finish(plan.end, plan.endAt)
        return { head: plan.head, inlet }
      },
    )
    exchange.passBody(request, undefined, (end) => {
      if (!end.ok && plan.at > time.peek()) broken = { at: time.peek(), code: end.code }
    })
    return expected
  }

  const send = (request: SentRequest, options: Parameters<RequestsKit['timeouts']>[0] | undefined): object => {
    const head = sendable(request)
    const url = urlOf(head)
    const at = routeFor(routes, head.method, url)
    const route = routeAt(at)
    const exchange = new Exchange(context, ++ids, tell)
    const sent = time.peek()
    tell({
      type: 'sent',
      id: exchange.id,
      at: sent,
      method: head.method,
      url,
      fields: head.fields,
      ...(route && { route: at }),
    })
    const refuse = (tag: ErrorCode['tag']): never => {
      exchange.end(sent, new Glimpse(), tag)
      return reject({ tag })
    }
    if (!route) return refuse('HTTP-request-denied')
    if (!exchange.holds(sectionSize(head.fields))) refuse('connection-limit-reached')
    const timeouts = options === undefined ? noTimeouts : requests.timeouts(options)
    return responses.future(
      route.handler ? ownHandler(exchange, request, head, timeouts) : canned(exchange, route, request, head, timeouts),
    )
  }

  return {
    handle: (given: Parameters<RequestsKit['take']>[0], options?: Parameters<RequestsKit['timeouts']>[0]): object => {
      const request = requests.take(given)
      try {
        return send(request, options)
      } finally {
        request.release()
      }
    },
  }
}

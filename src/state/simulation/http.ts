import type { Fault } from '../../contract/fault.ts'
import { httpCaps, type HttpNews, type HttpRequest } from '../../runner/http.ts'
import type { WorldEvent } from '../../runner/runner.ts'
import type { HttpRoute } from '../../wasi/http/routes.ts'
import { defaultStart } from '../../wasi/settings.ts'
import type { Context } from '../context.ts'
import type { Draft, Exchange, HttpState, OutgoingCall, Respond, ResponseStart } from './http-state.ts'
import type { WorldSettings } from './settings.ts'
import type { SimulationState } from './state.ts'

export const noHttp: HttpState = { exchanges: [], outgoing: [], more: 0, sending: false }

export interface HttpVerbs {
  /** Sends a request to the component's handler; starts a run where none is up to date. Nothing while one is under way. */
  send(request: HttpRequest): ReturnType<Respond>
  setDraft(draft: Draft): void
  /** Shows an earlier exchange; without one, the newest. */
  choose(id?: number): void
  clearExchanges(): void
  /** `said`: tells of the change, which can then be taken back. */
  setRoutes(routes: readonly HttpRoute[], said?: string): void
}

/** Exchanges, with at most a mebibyte of body each. */
const mostExchanges = 20
/** More than the runs of this page tell. */
const mostParts = 10_000

export function createHttpVerbs(
  context: Context,
  { setWasi }: Pick<WorldSettings, 'setWasi'>,
  respond: Respond,
): HttpVerbs {
  const { get, set } = context
  const change = (to: (http: HttpState) => HttpState): void => {
    const { simulation } = get()
    set({ simulation: { ...simulation, http: to(simulation.http ?? noHttp) } })
    context.show()
  }
  let ids = 0

  return {
    async send(request) {
      if (get().simulation.http?.sending) return undefined
      const { opened, project } = get()
      const { mode = 'auto', start = mode === 'real' ? undefined : defaultStart } = project.wasi?.clock ?? {}
      const id = ++ids
      const exchange: Exchange = {
        id,
        request,
        sent: Date.now(),
        ...(start !== undefined && { runStart: Date.parse(start) }),
        informational: [],
        parts: [],
        outgoing: [],
      }
      change((http) => ({
        ...http,
        chosen: undefined,
        sending: true,
        exchanges: [exchange, ...http.exchanges].slice(0, mostExchanges),
      }))
      const outcome = await respond(id, request)
      // Another project is open by now, and has requests of its own.
      if (get().opened !== opened) return undefined
      const came =
        outcome === undefined ? { fault: overtaken } : outcome.ok ? { report: outcome.value } : { fault: outcome.fault }
      change((http) => ({
        ...http,
        sending: false,
        exchanges: http.exchanges.map((each) => (each.id === id ? { ...each, ...came } : each)),
      }))
      return outcome
    },
    setDraft: (draft) => change((http) => ({ ...http, draft })),
    choose: (id) => change((http) => ({ ...http, chosen: id })),
    clearExchanges: () =>
      change((http) => ({ ...http, exchanges: http.exchanges.filter(({ report, fault }) => !report && !fault) })),
    setRoutes: (routes, said) => setWasi({ http: routes.length === 0 ? undefined : { routes } }, said),
  }
}

const overtaken: Fault = {
  stage: 'killed',
  message: 'Another run began before the response was there.',
  next: 'Send it again.',
}

/** What a run that begins leaves of what was told: the history. */
export const httpAtStart = (http: HttpState | undefined): Pick<SimulationState, 'http'> =>
  http ? { http: { ...http, outgoing: [], more: 0 } } : {}

/** The same with what the run tells now. */
export function withHttpNews(http: HttpState = noHttp, event: Extract<WorldEvent, { kind: 'http' }>): HttpState {
  const { request, news } = event
  if (request === 0) {
    return { ...http, outgoing: withOutgoing(http.outgoing, news), more: moreIn(news)?.requests ?? http.more }
  }
  return { ...http, exchanges: http.exchanges.map((each) => (each.id === request ? withAll(each, news) : each)) }
}

/** One message may have many pieces: what is there already is copied once for all of them. */
function withAll(exchange: Exchange, news: readonly HttpNews[]): Exchange {
  const informational = news.flatMap((each) => (each.type === 'informational' ? [startOf(each)] : []))
  const parts = news.filter((each) => each.type === 'body').map(({ at, bytes }) => ({ at, bytes }))
  const head = news.flatMap((each) => (each.type === 'head' ? [startOf(each)] : [])).at(-1)
  const end = news.findLast((each) => each.type === 'end')
  const more = moreIn(news)
  return {
    ...exchange,
    ...(informational.length > 0 && {
      informational: [...exchange.informational, ...informational].slice(0, httpCaps.informational),
    }),
    ...(parts.length > 0 && { parts: [...exchange.parts, ...parts].slice(0, mostParts) }),
    ...(head && { head }),
    ...(end && { end }),
    ...(more && { more: { informational: more.informational, requests: more.requests } }),
    outgoing: withOutgoing(exchange.outgoing, news),
  }
}

const startOf = ({ at, status, fields }: ResponseStart): ResponseStart => ({ at, status, fields })
const moreIn = (news: readonly HttpNews[]) => news.findLast((each) => each.type === 'more')

function withOutgoing(before: readonly OutgoingCall[], news: readonly HttpNews[]): readonly OutgoingCall[] {
  const about = news.filter((each) => 'id' in each)
  if (about.length === 0) return before
  const calls = new Map(before.map((call) => [call.id, call]))
  for (const each of about) {
    const call = calls.get(each.id)
    if (each.type === 'sent' && call === undefined && calls.size < httpCaps.requests) {
      const { type: _, ...sent } = each
      calls.set(each.id, sent)
    } else if (call) calls.set(each.id, withNews(call, each))
  }
  return [...calls.values()]
}

function withNews(call: OutgoingCall, news: Extract<HttpNews, { readonly id: number }>): OutgoingCall {
  switch (news.type) {
    case 'request-body':
      return { ...call, sent: { size: news.size, start: news.start } }
    case 'answered':
      return { ...call, answered: startOf(news) }
    case 'ended': {
      const { at, size, start, error, why } = news
      return {
        ...call,
        ended: { at, size, start, ...(error !== undefined && { error }), ...(why !== undefined && { why }) },
      }
    }
    case 'sent':
      return call
  }
}

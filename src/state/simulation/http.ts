import type { Fault } from '../../contract/fault.ts'
import type { HttpNews, HttpRequest } from '../../runner/http.ts'
import type { WorldEvent } from '../../runner/runner.ts'
import type { HttpRoute } from '../../wasi/http/routes.ts'
import type { Context } from '../context.ts'
import type { Draft, Exchange, HttpState, OutgoingCall, Respond, ResponseStart } from './http-state.ts'
import type { WorldSettings } from './settings.ts'
import type { SimulationState } from './state.ts'

export const noHttp: HttpState = { exchanges: [], outgoing: [], sending: false }

export interface HttpVerbs {
  /** Sends a request to the component's handler; starts a run where none is up to date. Nothing while one is under way. */
  send(request: HttpRequest): Promise<void>
  setDraft(draft: Draft): void
  /** Shows an earlier exchange; without one, the newest. */
  choose(id?: number): void
  clearExchanges(): void
  /** `said`: tells of the change, which can then be taken back. */
  setRoutes(routes: readonly HttpRoute[], said?: string): void
}

/** Exchanges, with at most a mebibyte of body each. */
const mostExchanges = 20
const mostOutgoing = 500

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
      if (get().simulation.http?.sending) return
      const { opened } = get()
      const id = ++ids
      const exchange: Exchange = { id, request, informational: [], parts: [], outgoing: [] }
      change((http) => ({
        ...http,
        chosen: undefined,
        sending: true,
        exchanges: [exchange, ...http.exchanges].slice(0, mostExchanges),
      }))
      const outcome = await respond(id, request)
      // Another project is open by now, and has requests of its own.
      if (get().opened !== opened) return
      const came =
        outcome === undefined ? { fault: overtaken } : outcome.ok ? { report: outcome.value } : { fault: outcome.fault }
      change((http) => ({
        ...http,
        sending: false,
        exchanges: http.exchanges.map((each) => (each.id === id ? { ...each, ...came } : each)),
      }))
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
  http ? { http: { ...http, outgoing: [] } } : {}

/** The same with what the run tells now. */
export function withHttpNews(http: HttpState = noHttp, event: Extract<WorldEvent, { kind: 'http' }>): HttpState {
  const { request, news } = event
  if (request === 0) return { ...http, outgoing: news.reduce(withOutgoing, http.outgoing) }
  return {
    ...http,
    exchanges: http.exchanges.map((each) => (each.id === request ? news.reduce(withOne, each) : each)),
  }
}

function withOne(exchange: Exchange, news: HttpNews): Exchange {
  switch (news.type) {
    case 'informational':
      return { ...exchange, informational: [...exchange.informational, startOf(news)] }
    case 'head':
      return { ...exchange, head: startOf(news) }
    case 'body':
      return { ...exchange, parts: [...exchange.parts, { at: news.at, bytes: news.bytes }] }
    case 'end':
      return { ...exchange, end: news }
    default:
      return { ...exchange, outgoing: withOutgoing(exchange.outgoing, news) }
  }
}

const startOf = ({ at, status, fields }: ResponseStart): ResponseStart => ({ at, status, fields })

function withOutgoing(calls: readonly OutgoingCall[], news: HttpNews): readonly OutgoingCall[] {
  switch (news.type) {
    case 'sent': {
      const { type: _, ...call } = news
      return calls.length < mostOutgoing ? [...calls, call] : calls
    }
    case 'request-body':
      return calls.map((call) =>
        call.id === news.id ? { ...call, sent: { size: news.size, start: news.start } } : call,
      )
    case 'answered':
      return calls.map((call) => (call.id === news.id ? { ...call, answered: startOf(news) } : call))
    case 'ended': {
      const { type: _, id, ...ended } = news
      return calls.map((call) => (call.id === id ? { ...call, ended } : call))
    }
    default:
      return calls
  }
}

import { useState } from 'react'
import type { OutgoingCall } from '../../../state/simulation/http-state.ts'
import { counted } from '../../formats.ts'
import { Prose } from '../../prose.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { viewOf } from './body-view.ts'
import { FieldList, statusTone } from './exchange.tsx'
import { shownExchange, useHttp } from './http-verbs.ts'
import { virtualTime } from '../../virtual-time.ts'
import { routeProblem } from './route-model.ts'
import { waterfallOf, type Bar } from './waterfall.ts'

const none: readonly OutgoingCall[] = []
const noRoutes: readonly never[] = []
/** Rows that are there before somebody asks for the rest. */
const first = 50

/** The requests that the component made: for the request that is looked at, and out of calls and programs. */
export function Requests({ onRoutes }: { readonly onRoutes: () => void }) {
  const exchange = useSelect(shownExchange)
  const others = useSelect((state) => state.simulation.http?.outgoing ?? none)
  const moreOthers = useSelect((state) => state.simulation.http?.more ?? 0)
  const { outgoing = none, more, report } = exchange ?? {}
  return (
    <>
      <Waterfall
        name="Requests of the component"
        title="Requests it made"
        calls={outgoing}
        unlisted={more?.requests ?? 0}
        from={report?.from}
        to={report?.to}
        onRoutes={onRoutes}
      />
      <Waterfall
        name="Requests of calls"
        title="Requests that calls made"
        calls={others}
        unlisted={moreOthers}
        onRoutes={onRoutes}
      />
    </>
  )
}

interface WaterfallProps {
  readonly name: string
  readonly title: string
  readonly calls: readonly OutgoingCall[]
  readonly unlisted: number
  /** Of what they were made for. */
  readonly from?: bigint | undefined
  readonly to?: bigint | undefined
  readonly onRoutes: () => void
}

function Waterfall({ name, title, calls, unlisted, from, to, onRoutes }: WaterfallProps) {
  const [all, setAll] = useState(false)
  if (calls.length === 0) return null
  const { bars, span } = waterfallOf(calls, from, to)
  const shown = all ? bars : bars.slice(0, first)
  return (
    <section className="http-requests" aria-label={name}>
      <div className="section-head">
        <h2>{title}</h2>
        <span className="count">{counted(calls.length + unlisted)}</span>
        <span className="end">{virtualTime(span)} of the run’s clock</span>
      </div>
      <ol className="http-waterfall">
        {shown.map((bar) => (
          <Row key={bar.call.id} bar={bar} onRoutes={onRoutes} />
        ))}
      </ol>
      {shown.length < bars.length && (
        <button type="button" className="text-button older" onClick={() => setAll(true)}>
          Show {bars.length - shown.length} more
        </button>
      )}
      {unlisted > 0 && <p className="dim older">{counted(unlisted)} more are not listed.</p>}
    </section>
  )
}

/** What a request ended with that the component dropped. */
const givenUp = 'given up'

const outcomeOf = ({
  answered,
  ended,
  route,
}: OutgoingCall): { text: string; tone: 'ok' | 'warn' | 'err' | 'denied' } => {
  if (route === undefined) return { text: 'denied', tone: 'denied' }
  // Who has the status may have no use for the body.
  if (ended?.error !== undefined && !(ended.error === givenUp && answered))
    return { text: ended.error, tone: ended.error === givenUp ? 'warn' : 'err' }
  return answered
    ? { text: String(answered.status), tone: statusTone(answered.status) }
    : { text: 'not waited for', tone: 'warn' }
}

function Row({ bar, onRoutes }: { readonly bar: Bar; readonly onRoutes: () => void }) {
  const { call, from, first: head, to, took } = bar
  const { text, tone } = outcomeOf(call)
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`
  return (
    <li>
      <details>
        <summary>
          <span className="http-call mono">
            {call.method} {call.url}
          </span>
          <span className={`badge ${tone}`}>{text}</span>
          <span className="http-track" aria-hidden="true">
            <i className="wait" style={{ insetInlineStart: percent(from), width: percent(head - from) }} />
            <i className="body" style={{ insetInlineStart: percent(head), width: percent(to - head) }} />
          </span>
          <span className="http-took">{took === undefined ? '' : virtualTime(took)}</span>
        </summary>
        <Details call={call} onRoutes={onRoutes} />
      </details>
    </li>
  )
}

function Details({ call, onRoutes }: { readonly call: OutgoingCall; readonly onRoutes: () => void }) {
  const { answered, ended, sent, route, fields } = call
  return (
    <div className="http-call-details">
      <p className="dim">
        From {virtualTime(call.at)}
        {answered && `, answered with ${answered.status} at ${virtualTime(answered.at)}`}
        {ended && `, ${ended.error === givenUp ? 'given up' : 'over'} at ${virtualTime(ended.at)}`}
        {route !== undefined && `, by route ${route + 1}`}
      </p>
      {route === undefined && <Denied call={call} onRoutes={onRoutes} />}
      {ended?.why !== undefined && (
        <p>
          <Prose text={ended.why} />
        </p>
      )}
      <FieldList title="Headers sent" fields={fields} />
      {sent && sent.size > 0 && <Glimpse title="Body sent" {...sent} />}
      {answered && <FieldList title="Headers received" fields={answered.fields} />}
      {ended && ended.size > 0 && <Glimpse title="Body received" size={ended.size} start={ended.start} />}
    </div>
  )
}

/** A press adds the route that it lacked. */
function Denied({ call, onRoutes }: { readonly call: OutgoingCall; readonly onRoutes: () => void }) {
  const { setRoutes } = useHttp()
  const routes = useSelect((state) => state.project.wasi?.http?.routes ?? noRoutes)
  const route = { method: call.method, url: call.url, status: 200 }
  const problem = routeProblem(route, routes.length)
  return (
    <p className="row">
      <span>No route answers it, so it was denied. {problem}</span>
      {problem === undefined && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            setRoutes([...routes, route], 'Added a route.')
            onRoutes()
          }}
        >
          Add a route
        </button>
      )}
    </p>
  )
}

function Glimpse({
  title,
  size,
  start,
}: {
  readonly title: string
  readonly size: number
  readonly start: Uint8Array
}) {
  return (
    <details className="http-fields">
      <summary>
        {title} <span className="dim">{counted(size)} B</span>
      </summary>
      <pre className="mono">{viewOf(start, undefined).text.slice(0, 4000)}</pre>
      {start.length < size && <p className="dim">The first {counted(start.length)} bytes.</p>}
    </details>
  )
}

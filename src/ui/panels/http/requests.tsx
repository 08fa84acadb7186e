import { useState } from 'react'
import type { OutgoingCall } from '../../../state/simulation/http-state.ts'
import { counted } from '../../formats.ts'
import { useSelect } from '../../workbench-context.tsx'
import { viewOf } from './body-view.ts'
import { FieldList, statusTone } from './exchange.tsx'
import { shownExchange, useHttp } from './http-verbs.ts'
import { virtual, waterfallOf, type Bar } from './waterfall.ts'

const none: readonly OutgoingCall[] = []
const noRoutes: readonly never[] = []
/** Rows that are there before somebody asks for the rest. */
const first = 50

/** The requests that the component made: for the request that is looked at, or out of calls. */
export function Requests({ onRoutes }: { readonly onRoutes: () => void }) {
  const exchange = useSelect(shownExchange)
  const others = useSelect((state) => state.simulation.http?.outgoing ?? none)
  const moreOthers = useSelect((state) => state.simulation.http?.more ?? 0)
  const [all, setAll] = useState(false)
  const made = exchange?.outgoing ?? none
  // Out of a call there is no response that they belong to.
  const calls = made.length > 0 ? made : others
  if (calls.length === 0) return null
  const unlisted = made.length > 0 ? (exchange?.more?.requests ?? 0) : moreOthers
  const { bars, span } =
    made.length > 0 ? waterfallOf(calls, exchange?.report?.from, exchange?.report?.to) : waterfallOf(calls)
  const shown = all ? bars : bars.slice(0, first)
  return (
    <section className="http-requests" aria-label="Requests of the component">
      <div className="section-head">
        <h2>{made.length > 0 ? 'Requests it made' : 'Requests that calls made'}</h2>
        <span className="count">{counted(calls.length + unlisted)}</span>
        <span className="end">{virtual(span)} of the run’s clock</span>
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

const outcomeOf = ({
  answered,
  ended,
  route,
}: OutgoingCall): { text: string; tone: 'ok' | 'warn' | 'err' | 'denied' } => {
  if (route === undefined) return { text: 'denied', tone: 'denied' }
  if (ended?.error !== undefined) return { text: ended.error, tone: ended.error === 'given up' ? 'warn' : 'err' }
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
          <span className="http-took">{took === undefined ? '' : virtual(took)}</span>
        </summary>
        <Details call={call} onRoutes={onRoutes} />
      </details>
    </li>
  )
}

function Details({ call, onRoutes }: { readonly call: OutgoingCall; readonly onRoutes: () => void }) {
  const { setRoutes } = useHttp()
  const routes = useSelect((state) => state.project.wasi?.http?.routes ?? noRoutes)
  const { answered, ended, sent, route, fields } = call
  return (
    <div className="http-call-details">
      <p className="dim">
        From {virtual(call.at)}
        {answered && `, answered at ${virtual(answered.at)}`}
        {ended && `, over at ${virtual(ended.at)}`}
        {route !== undefined && `, by route ${route + 1}`}
      </p>
      {route === undefined && (
        <p className="row">
          <span>No route answers it, so it was denied.</span>
          <button
            type="button"
            className="button small"
            onClick={() => {
              setRoutes(
                [...routes, { method: call.method, url: call.url.replaceAll('*', '%2A'), status: 200 }],
                'Added a route.',
              )
              onRoutes()
            }}
          >
            Add a route
          </button>
        </p>
      )}
      <FieldList title="Headers sent" fields={fields} />
      {sent && sent.size > 0 && <Glimpse title="Body sent" {...sent} />}
      {answered && <FieldList title="Headers received" fields={answered.fields} />}
      {ended && ended.size > 0 && <Glimpse title="Body received" size={ended.size} start={ended.start} />}
    </div>
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

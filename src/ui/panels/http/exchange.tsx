import { useMemo } from 'react'
import type { TextField } from '../../../runner/http.ts'
import type { Exchange as ExchangeState } from '../../../state/simulation/http-state.ts'
import { counted, duration } from '../../formats.ts'
import { CopyButton } from '../../copy-button.tsx'
import { Icon } from '../../late-icons.tsx'
import { Prose } from '../../prose.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { textOfBytes, viewOf } from './body-view.ts'
import { joined } from './draft.ts'
import { HandlerWaits } from './handler-waits.tsx'
import { shownExchange } from './http-verbs.ts'
import { virtualTime } from '../../virtual-time.ts'

export const statusTone = (status: number): 'ok' | 'warn' | 'err' =>
  status < 400 ? 'ok' : status < 500 ? 'warn' : 'err'

/** The response to the request that is looked at, as it comes. */
export function Exchange() {
  const exchange = useSelect(shownExchange)
  if (!exchange) return null
  return (
    <section className="http-response" aria-label="Response">
      <div className="section-head">
        <h2>Response</h2>
        <span className="end mono http-of">
          {exchange.request.method} {exchange.request.path}
        </span>
      </div>
      <Card exchange={exchange} />
    </section>
  )
}

function Card({ exchange }: { readonly exchange: ExchangeState }) {
  const { head, end, fault, report, informational, more } = exchange
  const failed = fault ?? report?.fault
  const error = end?.error ?? report?.error
  const broken = error !== undefined || failed !== undefined
  const over = report !== undefined || fault !== undefined
  const tone = broken ? 'err' : head ? statusTone(head.status) : 'plain'
  return (
    <div className={`card http-card ${tone}`} data-over={over}>
      <div role={broken ? 'alert' : 'status'}>
        <header>
          {tone !== 'plain' && <Icon name={tone === 'ok' ? 'check' : tone === 'warn' ? 'warning' : 'error'} />}
          <span className="http-status">{head ? head.status : broken ? 'No response' : 'Waiting'}</span>
          {error !== undefined && <span className="type mono">{error}</span>}
          {head && !end && !over && <span className="type">the body is still coming</span>}
        </header>
        {(failed ?? end?.why ?? report?.why) !== undefined && (
          <div className="fault-body">
            <p>
              <Prose text={failed ? failed.message : (end?.why ?? report?.why ?? '')} />
            </p>
            {failed && (
              <p>
                <Prose text={failed.next} />
              </p>
            )}
            {failed?.detail !== undefined && failed.detail.trim() !== '' && (
              <pre className="http-detail mono">{failed.detail}</pre>
            )}
          </div>
        )}
      </div>
      {!over && <HandlerWaits />}
      {informational.map(({ status, fields, at }) => (
        <FieldList key={`${status} ${at}`} title={`${status}, before the response`} fields={fields} />
      ))}
      {more !== undefined && more.informational > 0 && (
        <p className="dim">{counted(more.informational)} more informational responses are not listed.</p>
      )}
      {head && <FieldList title="Headers" fields={head.fields} />}
      <Body exchange={exchange} />
      {end?.trailers && <FieldList title="Trailers" fields={end.trailers} />}
      {report && (
        <p className="cost">
          <span>{counted(report.size)} B</span>
          <span title="Time of the run’s clock">{virtualTime(report.to - report.from)} of the run’s clock</span>
          <span>{duration(report.ms)} real</span>
          <span>{counted(report.boundaryCalls)} boundary calls</span>
          <span>{(report.memoryBytes / 1_048_576).toFixed(2)} MiB</span>
        </p>
      )}
    </div>
  )
}

export function FieldList({ title, fields }: { readonly title: string; readonly fields: readonly TextField[] }) {
  if (fields.length === 0) return null
  return (
    <details className="http-fields" open={fields.length <= 4}>
      <summary>
        {title} <span className="dim">{fields.length}</span>
      </summary>
      <dl>
        {fields.map(([name, value], index) => (
          // eslint-disable-next-line react/no-array-index-key -- a name may stand there twice
          <div key={index}>
            <dt className="mono">{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** How the body came, where it did not come at once. */
function arrivals(parts: ExchangeState['parts']): string {
  const [first, last] = [parts[0], parts.at(-1)]
  if (!first || !last || last.at === first.at) return ''
  return `, in ${counted(parts.length)} parts within ${virtualTime(last.at - first.at)}`
}

/** UTF-16 code units of a body that are drawn. */
const mostShown = 100_000

function Body({ exchange: { parts, head, report } }: { readonly exchange: ExchangeState }) {
  const bytes = useMemo(() => joined(parts.map((part) => part.bytes)), [parts])
  const type = head?.fields.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const view = useMemo(() => viewOf(bytes, type), [bytes, type])
  if (bytes.length === 0) return null
  const shown = view.text.slice(0, mostShown)
  const missing = (report?.size ?? bytes.length) - bytes.length
  return (
    <div className="http-body">
      <div className="http-body-head">
        <span className="dim">
          {{ text: 'Text', json: 'JSON', hex: 'Bytes' }[view.kind]}
          {arrivals(parts)}
        </span>
        <CopyButton label="Copy the body" text={() => textOfBytes(bytes) ?? view.text} />
      </div>
      <pre
        className="mono"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        aria-label="Body of the response"
      >
        {shown}
      </pre>
      {(shown.length < view.text.length || missing > 0) && (
        <p className="dim">
          {missing > 0
            ? `The first mebibyte is kept; ${counted(missing)} bytes more came.`
            : `The beginning: ${counted(view.text.length - shown.length)} characters more came.`}
        </p>
      )}
    </div>
  )
}

import { isBusy } from '../../../state/selectors.ts'
import type { Exchange } from '../../../state/simulation/http-state.ts'
import { CopyButton } from '../../copy-button.tsx'
import { Icon } from '../../late-icons.tsx'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'
import { curlOf } from './curl.ts'
import { addressText, draftOf } from './draft.ts'
import { statusTone } from './exchange.tsx'
import { harOf } from './har.ts'
import { shownExchange, useHttp } from './http-verbs.ts'
import { virtualTime } from '../../virtual-time.ts'

const none: readonly Exchange[] = []

/** What was sent before, newest first. Choosing one shows it again and puts it into the form; its button sends it again. */
export function ExchangeHistory() {
  const { store } = useWorkbench()
  const { clearExchanges, choose, setDraft, send } = useHttp()
  const exchanges = useSelect((state) => state.simulation.http?.exchanges ?? none)
  const shown = useSelect(shownExchange)
  const busy = useSelect((state) => isBusy(state) || state.simulation.http?.sending === true)
  if (exchanges.length === 0) return null

  function download(): void {
    const { project } = store.getState()
    const url = URL.createObjectURL(new Blob([harOf(exchanges, '1')], { type: 'application/json' }))
    const link = Object.assign(document.createElement('a'), {
      href: url,
      download: `${project.name || 'requests'}.har`,
    })
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <section className="http-history" aria-label="Requests sent">
      <div className="section-head">
        <h2>Sent</h2>
        <span className="count">{exchanges.length}</span>
        <span className="end">
          <button type="button" className="text-button" onClick={download}>
            Export HAR
          </button>
          <button type="button" className="text-button" onClick={clearExchanges}>
            Clear
          </button>
        </span>
      </div>
      <ol reversed>
        {exchanges.map((exchange) => {
          const { id, request, head, report, fault } = exchange
          const name = `${request.method} ${request.path}`
          const draft = draftOf(request)
          return (
            <li key={id} aria-current={id === shown?.id}>
              <button
                type="button"
                className="http-sent"
                onClick={() => {
                  choose(id)
                  setDraft(draft)
                }}
              >
                <span className={`badge ${head ? statusTone(head.status) : fault || report ? 'err' : ''}`}>
                  {head?.status ?? (fault || report ? 'failed' : '…')}
                </span>
                <span className="mono">{name}</span>
                <span className="dim">{report && virtualTime(report.to - report.from)}</span>
              </button>
              <CopyButton label={`Copy ${name} as curl`} text={() => curlOf(draft, addressText(request))} />
              <button
                type="button"
                className="icon-button small"
                aria-label={`Send again: ${name}`}
                title="Send again"
                aria-disabled={busy}
                onClick={() => void (busy || send(request))}
              >
                <Icon name="replay" small />
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

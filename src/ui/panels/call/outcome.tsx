import { useEffect, useRef } from 'react'
import type { CallEntry } from '../../../state/state.ts'
import { counted, measured } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { useActions, useSelect, useSelectLater } from '../../workbench-context.tsx'
import { percentile } from '../metrics/percentile.ts'
import { FaultCard } from './fault-card.tsx'
import { SidePanelButton } from './side-panel-button.tsx'
import { ValueCard } from './value-card.tsx'

/** What a run or a call came to. The one before stays in sight while another one runs, unless it was a failure. */
export function Outcome({ entry, busy }: { entry: CallEntry | undefined; busy: boolean }) {
  const { lookBack } = useActions()
  const isEarlier = useSelect((state) => state.earlier !== undefined)
  const card = useRef<HTMLDivElement>(null)
  const id = busy ? undefined : entry?.id
  useEffect(() => {
    if (id !== undefined) card.current?.scrollIntoView({ block: 'nearest' })
  }, [id])
  if (entry === undefined || (busy && entry.outcome.kind === 'fault')) return null
  return (
    <div ref={card} tabIndex={-1} className={busy ? 'outdated' : ''}>
      <div className="section-head">
        <h2>Result</h2>
        {isEarlier && <span className="count">of call {entry.number}</span>}
        {isEarlier && (
          <span className="end">
            <button
              type="button"
              className="text-button"
              onClick={() => {
                // The button goes with the entry.
                card.current?.focus()
                lookBack()
              }}
            >
              Show the newest
            </button>
          </span>
        )}
      </div>
      {entry.outcome.kind === 'fault' ? (
        <FaultCard key={entry.id} entry={entry} fault={entry.outcome.fault} />
      ) : (
        <Card entry={entry} outcome={entry.outcome} />
      )}
      {!isEarlier && !busy && !(entry.outcome.kind === 'fault' && entry.outcome.fault.stage === 'denied') && (
        <Denials />
      )}
    </div>
  )
}

/** A guest may swallow what a denied call gave it: the result alone does not tell. */
function Denials() {
  const denied = useSelectLater(({ simulation: { trace } }) =>
    Object.values(trace?.counts ?? {}).reduce((sum, each) => sum + each.denied, 0),
  )
  if (denied === 0) return null
  return (
    <p className="denials">
      <span>
        <Icon name="denied" small /> The policy denied {denied === 1 ? 'a call' : `${counted(denied)} calls`} of this
        run.
      </span>
      <SidePanelButton panel="policy">Show the policy</SidePanelButton>
    </p>
  )
}

function Card({ entry, outcome }: { entry: CallEntry; outcome: Exclude<CallEntry['outcome'], { kind: 'fault' }> }) {
  const clockStep = useSelect((state) => state.metrics.clockStep ?? 0)
  switch (outcome.kind) {
    case 'value':
      return <ValueCard key={entry.id} call={entry.call} outcome={outcome} />
    case 'exit':
      return (
        <div className={outcome.code === 0 ? 'card ok' : 'card err'}>
          <header>
            <Icon name={outcome.code === 0 ? 'check' : 'error'} small />
            <span>wasi:cli/run {outcome.code === 0 ? 'succeeded' : 'failed'}</span>
          </header>
          <p className="value mono">exited with {outcome.code}</p>
          <p className="cost">
            <span>{measured(outcome.ms, clockStep)}</span>
          </p>
        </div>
      )
    case 'burst': {
      const { count, p50, callsPerSecond, batch, resolution } = outcome.report
      return (
        <div className="card ok">
          <header>
            <Icon name="check" small />
            <span>{counted(count)} calls</span>
          </header>
          <p className="value mono">
            {measured(p50, resolution)} <small className="dim">p50</small>
          </p>
          <p className="cost">
            {(['p95', 'p99'] as const).map((name) => {
              const ms = percentile(outcome.report, name)
              return ms === undefined ? null : (
                <span key={name}>
                  {name} {measured(ms, resolution)}
                </span>
              )
            })}
            <span>{counted(Math.round(callsPerSecond))} calls/s</span>
            {batch > 1 && <span>in batches of {counted(batch)}</span>}
          </p>
        </div>
      )
    }
  }
}

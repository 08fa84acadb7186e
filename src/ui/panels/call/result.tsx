import { lazy, Suspense, useEffect, useState } from 'react'
import { isBusy } from '../../../state/selectors.ts'
import type { CallEntry } from '../../../state/state.ts'
import { counted, duration } from '../../formats.ts'
import { Icon } from '../../icons.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { FaultCard } from './fault-card.tsx'
import { ValueCard } from './value-card.tsx'

const RunProgress = lazy(async () => ({ default: (await import('./run-progress.tsx')).RunProgress }))

/** Before this many milliseconds a run shows only its result. */
const patience = 200

/** What the last run or call came to. */
export function Result() {
  const entry = useSelect((state) => state.result)
  const busy = useSelect(isBusy)
  const status = useSelect((state) => state.run.status)
  const slow = useSlow(busy)
  return (
    <section className="result" aria-label="Result" aria-busy={busy} data-region>
      {slow && (
        <Suspense>
          <RunProgress key={status} />
        </Suspense>
      )}
      <div className={busy ? 'outdated' : ''}>
        {entry && entry.outcome.kind !== 'fault' && <Card entry={entry} outcome={entry.outcome} />}
        {!entry && !busy && <Idle />}
      </div>
      {!busy && entry?.outcome.kind === 'fault' && (
        <FaultCard key={entry.id} fault={entry.outcome.fault} call={entry.call} />
      )}
    </section>
  )
}

function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!busy) return undefined
    const timer = setTimeout(() => setSlow(true), patience)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [busy])
  return slow && busy
}

function Idle() {
  const { run, warm } = useActions()
  return (
    <div className="empty">
      <Icon name="play" />
      <strong>Nothing has run yet</strong>
      <p>Run builds the component from the files, starts it and makes the call.</p>
      <button type="button" className="button small" onClick={() => void run()} onPointerEnter={warm}>
        Run it now
      </button>
    </div>
  )
}

function Card({ entry, outcome }: { entry: CallEntry; outcome: Exclude<CallEntry['outcome'], { kind: 'fault' }> }) {
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
            <span>{duration(outcome.ms)}</span>
          </p>
        </div>
      )
    case 'burst': {
      const { count, p50, p95, p99, callsPerSecond, batch } = outcome.report
      return (
        <div className="card ok">
          <header>
            <Icon name="check" small />
            <span>{counted(count)} calls</span>
          </header>
          <p className="value mono">
            {duration(p50)} <small className="dim">p50</small>
          </p>
          <p className="cost">
            <span>p95 {duration(p95)}</span>
            <span>p99 {duration(p99)}</span>
            <span>{counted(Math.round(callsPerSecond))} calls/s</span>
            {batch > 1 && <span>in batches of {counted(batch)}</span>}
          </p>
        </div>
      )
    }
  }
}

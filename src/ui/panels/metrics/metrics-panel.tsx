import { lazy, Suspense, useState } from 'react'
import { comparedWith, isBusy, isStale } from '../../../state/selectors.ts'
import { milliseconds } from '../../formats.ts'
import { Icon } from '../../icons.tsx'
import { Segments } from '../../segments.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import './metrics.css'

const Figures = lazy(() => import('./figures.tsx'))

/** What is shown beside the start where there is no room for all. */
const choices = ['Calls', 'Memory', 'Size'] as const
type Choice = (typeof choices)[number]

export function MetricsPanel() {
  const [choice, setChoice] = useState<Choice>('Calls')
  const run = useSelect((state) => state.metrics.run)
  return (
    <section className="metrics" aria-label="Metrics" data-region data-beside={choice}>
      {run > 0 && (
        <div className="section-head">
          <Origin />
          <span className="end">
            <span className="metric-choice">
              <Segments label="Figures beside the start" options={choices} chosen={choice} onChoose={setChoice} />
            </span>
            <Pin />
          </span>
        </div>
      )}
      {run > 0 ? (
        <Suspense fallback={<div className="metrics-body" aria-busy="true" />}>
          <div className="metrics-body">
            <Figures />
          </div>
        </Suspense>
      ) : (
        <Nothing />
      )}
    </section>
  )
}

/** Which run the figures are of. */
function Origin() {
  const { run, previous } = useSelect((state) => state.metrics)
  const busy = useSelect(isBusy)
  const stale = useSelect(isStale)
  if (run === 0) return null
  const of =
    previous && !busy
      ? `of run ${run}: the one after it did not start`
      : stale
        ? `of run ${run}, before your last edit`
        : `of run ${run}`
  return <span className="dim cut">{of}, on this device</span>
}

/** Keeps a run to compare the next ones with. */
function Pin() {
  const { pinRun, unpinRun } = useActions()
  const pinned = useSelect((state) => state.pinned)
  const compared = useSelect((state) => comparedWith(state) !== undefined)
  const finished = useSelect((state) => state.metrics.total !== undefined)
  if (!pinned) {
    return (
      <button
        type="button"
        className="text-button pin"
        disabled={!finished}
        title="Keeps these figures, and shows how those of the next runs differ"
        onClick={pinRun}
      >
        <Icon name="pin" small />
        Pin this run
      </button>
    )
  }
  return (
    <>
      <span className="pinned cut">
        <Icon name="pin" small />
        {compared
          ? `Compared with run ${pinned.run}${pinned.total === undefined ? '' : `, ${milliseconds(pinned.total)}`}`
          : `Run ${pinned.run} is pinned: run again to compare`}
      </span>
      <button type="button" className="text-button" onClick={unpinRun}>
        Unpin
      </button>
    </>
  )
}

function Nothing() {
  const { run, warm } = useActions()
  const busy = useSelect(isBusy)
  return (
    <div className="metrics-body none">
      <p>
        <strong>Nothing has been measured yet.</strong> A run shows what it takes to get to its result, the memory that
        calls use, and what the component is made of.
      </p>
      <button type="button" className="button small" disabled={busy} onClick={() => void run()} onPointerEnter={warm}>
        Run and measure
      </button>
    </div>
  )
}

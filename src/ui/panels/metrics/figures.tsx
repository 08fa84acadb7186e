import { useState } from 'react'
import { comparedWith, isBusy, isStale } from '../../../state/selectors.ts'
import { milliseconds } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { Segments } from '../../segments.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { Calls } from './calls.tsx'
import { Memory } from './memory.tsx'
import { Size } from './size.tsx'
import { Startup } from './startup.tsx'

/** What is shown beside the start where there is no room for all. */
const choices = ['Calls', 'Memory', 'Size'] as const
type Choice = (typeof choices)[number]

/** What there is to show once something has run. */
export function Figures() {
  const [choice, setChoice] = useState<Choice>('Calls')
  return (
    <>
      <div className="section-head">
        <Origin />
        <span className="end">
          <span className="metric-choice">
            <Segments label="Figures beside the start" options={choices} chosen={choice} onChoose={setChoice} />
          </span>
          <Pin />
        </span>
      </div>
      <div className="metrics-body" data-beside={choice}>
        <Startup />
        <Calls />
        <Memory />
        <Size />
      </div>
    </>
  )
}

/** Which run the figures are of. */
function Origin() {
  const { run, previous } = useSelect((state) => state.metrics)
  const busy = useSelect(isBusy)
  const stale = useSelect(isStale)
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

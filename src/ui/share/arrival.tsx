import { useEffect } from 'react'
import { defaultExample } from '../../project/examples/titles.ts'
import { Icon } from '../icons.tsx'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { showPanel } from '../shell/panes.ts'
import { chooseProjectFile } from './choose-project-file.ts'
import './arrival.css'

/** Above the code: that a project came from outside and has not run, or why one could not be opened. */
export function ArrivalBanner() {
  const workbench = useWorkbench()
  const { run, warm, dismissArrival } = workbench.actions
  const arrival = useSelect((state) => state.arrival)
  useEffect(() => {
    if (arrival?.status === 'opened' && arrival.panel !== undefined) showPanel(workbench, arrival.panel)
  }, [workbench, arrival])
  const hasRun = useSelect((state) => state.run.status !== 'idle')
  const nothingOpen = useSelect((state) => state.opened === 0)
  const opened = arrival?.status === 'opened' && !hasRun
  const refused = arrival?.status === 'refused' && !nothingOpen
  return (
    // There from the start, so that what it comes to say is read out.
    <output className="arrivals">
      {opened && (
        <span className="arrival">
          <Icon name={arrival.from === 'link' ? 'link' : 'source'} />
          <span className="arrival-words">Opened from a {arrival.from}. Nothing has run yet.</span>
          <button
            type="button"
            className="button small"
            onClick={() => void run()}
            onPointerEnter={warm}
            onFocus={warm}
          >
            <Icon name="play" small />
            Run this project
          </button>
          <Dismiss onClick={dismissArrival} />
        </span>
      )}
      {refused && (
        <span className="arrival err">
          <Icon name="error" />
          <span className="arrival-words">
            <strong>{arrival.fault.message}</strong> {arrival.fault.next} Your project is as it was.
            {arrival.fault.detail !== undefined && <span className="dim"> {arrival.fault.detail}</span>}
          </span>
          <Dismiss onClick={dismissArrival} />
        </span>
      )}
    </output>
  )
}

function Dismiss({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" className="icon-button small" aria-label="Dismiss" title="Dismiss" onClick={onClick}>
      <Icon name="cross" small />
    </button>
  )
}

/** In the place of the editors while nothing is open: the link is on its way, or it cannot be opened. */
export function ArrivalPage() {
  const workbench = useWorkbench()
  const { openExample } = workbench.actions
  const arrival = useSelect((state) => state.arrival)
  if (arrival?.status !== 'refused') {
    return <output className="arrival-page dim">{arrival && 'Opening the link'}</output>
  }
  const { message, next, detail } = arrival.fault
  return (
    <div className="arrival-page">
      <section className="empty" role="alert">
        <Icon name="link" />
        <h2>This {arrival.from} was not opened</h2>
        <p>{message}</p>
        <p>{next}</p>
        {detail !== undefined && <p className="dim">{detail}</p>}
        <div className="arrival-actions">
          <button type="button" className="button primary" onClick={() => openExample(defaultExample)}>
            Open an example
          </button>
          <button type="button" className="button" onClick={() => chooseProjectFile(workbench)}>
            Open project file…
          </button>
        </div>
      </section>
    </div>
  )
}

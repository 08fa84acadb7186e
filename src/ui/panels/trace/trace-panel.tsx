import { useEffect, useMemo, useRef, useState } from 'react'
import { usageOf } from '../../../state/simulation/trace.ts'
import { isBusy } from '../../../state/selectors.ts'
import { defaultLayout, paneBounds } from '../../../state/layout.ts'
import { counted } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { useActions, useSelect, useSelectLater, useWorkbench } from '../../workbench-context.tsx'
import { runProject } from '../../run-project.ts'
import { Details } from './details.tsx'
import { Filters } from './filters.tsx'
import { RecordingMenu, Replay } from './replay.tsx'
import { Rows } from './rows.tsx'
import { Scrubber } from './scrubber.tsx'
import { Timeline } from './timeline.tsx'
import { filtered, noFilter } from './trace-model.ts'
import './trace.css'

/** What crossed the boundary of the last run, both ways. */
export function TracePanel() {
  const log = useSelectLater((state) => state.simulation.trace)
  const counts = useSelectLater(usageOf)
  const [filter, setFilter] = useState(noFilter)
  const [chosen, setChosen] = useState<number>()
  const entries = log?.entries
  const shown = useMemo(() => filtered(entries ?? [], filter), [entries, filter])
  const panel = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)

  // Another run has other entries.
  const [first, setFirst] = useState(log?.entries[0])
  if (first !== log?.entries[0]) {
    setFirst(log?.entries[0])
    setChosen(undefined)
    setFilter({ ...filter, handle: undefined })
  }

  // Where a replay went another way is what somebody wants to see of it.
  const verdict = useSelectLater((state) => state.simulation.verdict)
  const differs = verdict?.kind === 'other' ? verdict.number : undefined
  const [judged, setJudged] = useState(verdict)
  if (judged !== verdict) {
    setJudged(verdict)
    if (differs !== undefined) choose(differs)
  }

  useEffect(() => {
    const element = panel.current
    const focusSearch = (event: KeyboardEvent): void => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select')
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      search.current?.focus()
    }
    element?.addEventListener('keydown', focusSearch)
    return () => element?.removeEventListener('keydown', focusSearch)
  })

  /** Also what the filter does not show. */
  function choose(number: number): void {
    if (!shown.some((each) => each.number === number)) setFilter(noFilter)
    setChosen(number)
  }

  if (log === undefined || log.entries.length === 0) return <Nothing />
  const entry = shown.find(({ number }) => number === chosen)
  const dropped = log.total - log.entries.length
  return (
    <div className="trace" ref={panel} data-region>
      <Timeline entries={log.entries} chosen={chosen} onChoose={setChosen} />
      <Filters
        filter={filter}
        onFilter={setFilter}
        log={log}
        counts={counts}
        shown={shown.length}
        search={search}
        end={
          <>
            <RecordingMenu />
            <Enlarge />
          </>
        }
      />
      {dropped > 0 && (
        <p className="trace-gap dim">
          {counted(log.total)} entries: the first and the last are kept, and {counted(dropped)} between them are only
          counted.
        </p>
      )}
      <div className={entry ? 'trace-body with-details' : 'trace-body'}>
        <Rows
          entries={shown}
          chosen={chosen}
          onChoose={setChosen}
          onClear={() => setFilter(noFilter)}
          differs={differs}
        />
        {entry && (
          <Details
            key={entry.number}
            entry={entry}
            log={log}
            shown={shown}
            followed={filter.handle}
            onChoose={choose}
            onFollow={(handle) => setFilter({ ...noFilter, handle })}
            onClose={() => setChosen(undefined)}
          />
        )}
      </div>
      <Scrubber entries={shown} chosen={chosen} onChoose={choose} hash={log.hash} total={log.total} />
    </div>
  )
}

function Nothing() {
  const workbench = useWorkbench()
  const busy = useSelect(isBusy)
  const ran = useSelect(({ run }) => run.status === 'ready')
  const kept = useSelectLater(({ simulation }) => simulation.kept !== undefined)
  return (
    <div className="empty" data-region>
      <Icon name="trace" />
      <strong>{ran ? 'Nothing has crossed the boundary yet' : 'No run to look into'}</strong>
      <p>
        Every call between the component and its world is listed here: what it was told, what it answered, and when.
      </p>
      <div className="row">
        <button
          type="button"
          className="button small"
          aria-disabled={busy}
          onClick={() => !busy && runProject(workbench)}
        >
          Run and trace
        </button>
        {kept && <Replay onChoose={() => {}} />}
        <RecordingMenu />
      </div>
    </div>
  )
}

/** The drawer is as high as it was left; a trace is read better in a high one. */
function Enlarge() {
  const { setLayout } = useActions()
  const large = useSelect(({ preferences: { layout } }) => layout.drawer >= paneBounds.drawer.max)
  const label = large ? 'Make the drawer smaller' : 'Make the drawer larger'
  return (
    <button
      type="button"
      className="icon-button small trace-enlarge"
      aria-label={label}
      title={label}
      onClick={() => setLayout({ drawer: large ? defaultLayout.drawer : paneBounds.drawer.max })}
    >
      <Icon name={large ? 'shrink' : 'enlarge'} />
    </button>
  )
}

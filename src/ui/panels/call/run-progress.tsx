import { useEffect, useState } from 'react'
import { runLimits } from '../../../state/selectors.ts'
import { waitOf } from '../../../state/simulation/terminal.ts'
import { megabytes } from '../../formats.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { waitWords } from '../output/wait-words.ts'
import { shortCall } from './call-name.ts'
import { SidePanelButton } from './side-panel-button.tsx'

const steps = ['Download', 'Build', 'Start', 'Call'] as const

/** A run that takes its time: what it is doing, how much of it is done, and a way out. */
export function RunProgress() {
  const { stop } = useActions()
  const progress = useSelect((state) => state.progress)
  const { status, call, since } = useSelect((state) => state.run)
  const limit = useSelect((state) => runLimits(state).milliseconds)
  const wait = useSelect(waitOf)
  const frozen = useSelect((state) => state.project.wasi?.clock?.mode === 'frozen')
  const waited = useSelect((state) => state.simulation.waited ?? 0)
  const elapsed = Math.max(0, useElapsed(since) - (status === 'calling' ? waited : 0))
  const loading = status === 'building' && progress?.total !== undefined
  const current = loading ? 0 : status === 'building' ? 1 : status === 'starting' ? 2 : 3
  const title =
    status === 'calling'
      ? call === ''
        ? 'wasi:cli/run'
        : shortCall(call ?? '')
      : (progress?.label ?? 'Starting the component')
  const done = loading
    ? (progress.loaded ?? 0) / (progress.total ?? 1)
    : status === 'calling'
      ? elapsed / limit
      : undefined
  return (
    <div className="progress">
      <p className="progress-title">
        <strong className="cut">{title}</strong>
        <span className="mono">
          {wait
            ? waitWords(wait)
            : loading
              ? `${megabytes(progress.loaded ?? 0)} of ${megabytes(progress.total ?? 0)} MB`
              : status === 'calling'
                ? `${(elapsed / 1000).toFixed(1)} of ${limit / 1000} s`
                : `${(elapsed / 1000).toFixed(1)} s`}
        </span>
      </p>
      {wait ? (
        <p className="dim">The time limit stands still meanwhile.</p>
      ) : (
        <progress
          className="bar"
          aria-label={title ?? ''}
          max={1}
          {...(done === undefined ? {} : { value: Math.min(1, done) })}
        />
      )}
      <ol className="steps" aria-hidden="true">
        {steps.map((name, index) => (
          <li key={name} className={index < current ? 'done' : index === current ? 'now' : ''}>
            {name}
          </li>
        ))}
      </ol>
      <div className="row">
        <span className="dim grow">You can keep typing.</span>
        {frozen && wait?.until !== undefined && <SidePanelButton panel="world">Step the clock</SidePanelButton>}
        <button type="button" className="button small" onClick={stop}>
          Cancel
        </button>
      </div>
    </div>
  )
}

/** Milliseconds since a time of the page's clock, a few times a second. */
function useElapsed(since: number): number {
  const [elapsed, setElapsed] = useState(() => performance.now() - since)
  useEffect(() => {
    const timer = setInterval(() => setElapsed(performance.now() - since), 100)
    return () => clearInterval(timer)
  }, [since])
  return elapsed
}

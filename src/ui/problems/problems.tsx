import { useMemo } from 'react'
import type { Diagnostic } from '../../contract/fault.ts'
import { problemsOf } from '../../state/selectors.ts'
import { Icon } from '../icons.tsx'
import { useActions, useSelect } from '../workbench-context.tsx'
import './problems.css'

/** More than anybody reads; the count says how many there are. */
const shown = 100

export function Problems() {
  const diagnostics = useSelect((state) => state.diagnostics)
  const problems = useMemo(() => problemsOf(diagnostics), [diagnostics])
  return (
    <section className="problems" aria-label="Problems" data-region>
      <div className="section-head">
        <h2>Problems</h2>
        <span className="count">{problems.length}</span>
        <span className="end">
          {problems.length === 0 ? (
            'No problems found'
          ) : (
            <>
              {problems.every(({ stage }) => stage === 'types') && 'Type errors do not block a run '}
              <kbd>F8</kbd> next
            </>
          )}
        </span>
      </div>
      {problems.length > 0 && (
        <ul>
          {problems.slice(0, shown).map((problem, index) => (
            // The same place and message come once, but what changes is the list as a whole.
            // eslint-disable-next-line react/no-array-index-key
            <li key={index}>
              <ProblemRow problem={problem} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function ProblemRow({ problem }: { problem: Diagnostic }) {
  const { goTo } = useActions()
  const { place, severity, stage, message, next } = problem
  const error = severity === 'error'
  return (
    <button type="button" className="problem" data-stage={stage} disabled={!place} onClick={() => place && goTo(place)}>
      <span className={error ? 'err' : 'warn'}>
        <Icon name={error ? 'error' : 'warning'} />
        <span className="visually-hidden">{severity} </span>
      </span>
      <span className="place mono cut">{place ? `${place.file} ${place.line}:${place.column}` : ''}</span>
      <span className="text">
        {message} <span className="next">{next}</span>
      </span>
      <span className="stage">{stage}</span>
    </button>
  )
}

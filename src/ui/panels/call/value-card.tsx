import { lazy, Suspense } from 'react'
import type { CallOutcome } from '../../../state/state.ts'
import { bytes, counted, duration } from '../../formats.ts'
import { Icon } from '../../icons.tsx'

const ResultType = lazy(() => import('./result-type.tsx'))

type ValueOutcome = Extract<CallOutcome, { kind: 'value' }>

/** Characters of a value that are shown; the whole value is copied. */
const shown = 20_000
/** Up to here a value is set large. */
const short = 60

export function ValueCard({ call, outcome }: { call: string; outcome: ValueOutcome }) {
  const { tag, wave, ms, boundaryCalls, growth, simulated } = outcome
  const ok = tag === 'ok'
  return (
    <div className={`card ${tag}`}>
      <header>
        <Icon name={ok ? 'check' : 'error'} small />
        <span className="mono">{tag}</span>
        <Suspense>
          <ResultType call={call} tag={tag} />
        </Suspense>
        <button
          type="button"
          className="icon-button small copy"
          aria-label="Copy the result"
          onClick={() => void navigator.clipboard.writeText(wave)}
        >
          <Icon name="copy" small />
        </button>
      </header>
      <p className={wave.length > short ? 'value mono long' : 'value mono'}>
        {wave === '' ? <span className="dim">no value</span> : wave.slice(0, shown)}
        {wave.length > shown && <span className="dim"> … {counted(wave.length)} characters</span>}
      </p>
      <p className="cost">
        <span>{duration(ms)}</span>
        <span>
          {counted(boundaryCalls)} boundary {boundaryCalls === 1 ? 'call' : 'calls'}
        </span>
        <span>memory +{bytes(growth)}</span>
      </p>
      {simulated.length > 0 && (
        <ul className="simulated mono" aria-label="Answered by the simulated host">
          {simulated.map((answer, index) => (
            // eslint-disable-next-line react/no-array-index-key -- the order in which they were made
            <li key={index}>
              <span className="badge accent">simulated</span> {answer.call}
              {answer.wave !== '' && <span className="dim"> → {answer.wave}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

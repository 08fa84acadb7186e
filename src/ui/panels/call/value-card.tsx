import { lazy, Suspense, useState } from 'react'
import type { CallOutcome } from '../../../state/state.ts'
import { bytes, counted, duration } from '../../formats.ts'
import { Icon } from '../../icons.tsx'
import { Segments } from '../../segments.tsx'
import { CopyButton } from './copy-button.tsx'
import { LongText } from './long-text.tsx'

const ResultType = lazy(() => import('./result-type.tsx'))
const ResultTree = lazy(() => import('./result-tree.tsx'))

type ValueOutcome = Extract<CallOutcome, { kind: 'value' }>

/** Up to here a value is read at a glance: as text, and large. */
const short = 60
const views = ['Tree', 'WAVE'] as const

export function ValueCard({ call, outcome }: { call: string; outcome: ValueOutcome }) {
  const { tag, wave, ms, boundaryCalls, growth, simulated } = outcome
  const [view, setView] = useState<(typeof views)[number]>(wave.length > short ? 'Tree' : 'WAVE')
  const ok = tag === 'ok'
  // A value in parts starts with a bracket, or has one behind the name of its case.
  const inParts = /^(?:[a-z%][\w-]*)?[[{(]/i.test(wave) && !/^[[{]\s*[\]}]$/.test(wave)
  return (
    <div className={`card ${tag}`} data-result={tag}>
      <header>
        <Icon name={ok ? 'check' : 'error'} small />
        <span className="mono">{tag}</span>
        <Suspense>
          <ResultType call={call} tag={tag} />
        </Suspense>
        <span className="end">
          {inParts && <Segments label="Result as" options={views} chosen={view} onChoose={setView} />}
          <CopyButton label="Copy the result" text={wave} />
        </span>
      </header>
      <div className={wave.length > short || (inParts && view === 'Tree') ? 'value mono long' : 'value mono'}>
        {wave === '' ? (
          <span className="dim">no value</span>
        ) : inParts && view === 'Tree' ? (
          <Suspense fallback={<LongText text={wave} />}>
            <ResultTree call={call} tag={tag} wave={wave} />
          </Suspense>
        ) : (
          <LongText text={wave} />
        )}
      </div>
      <p className="cost">
        <span title="In the sandbox, from the call to its return">{duration(ms)}</span>
        <span title="Calls of imported functions while it ran">
          {counted(boundaryCalls)} {boundaryCalls === 1 ? 'import' : 'imports'} called
        </span>
        <span title="Growth of the linear memory during the call">memory +{bytes(growth)}</span>
      </p>
      {simulated.length > 0 && (
        <p className="cost">
          {counted(simulated.length)} {simulated.length === 1 ? 'call was' : 'calls were'} answered by the page: see
          Output.
        </p>
      )}
    </div>
  )
}

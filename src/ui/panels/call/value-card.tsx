import { useState } from 'react'
import type { CallOutcome } from '../../../state/state.ts'
import { CopyButton } from '../../copy-button.tsx'
import { counted, growth, measured } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { latePart } from '../../late-part.tsx'
import { Segments } from '../../segments.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { shortCall } from './call-name.ts'
import { LongText } from './long-text.tsx'

const ResultType = latePart(async () => (await import('./result-type.tsx')).ResultType, { spare: true })
const ResultTree = latePart(async () => (await import('./result-tree.tsx')).ResultTree, {
  pending: ({ wave }) => <LongText text={wave} />,
  spare: true,
})

type ValueOutcome = Extract<CallOutcome, { kind: 'value' }>

/** Up to here a value is read at a glance: as text, and large. */
const short = 60
const views = ['Tree', 'WAVE'] as const

export function ValueCard({ call, outcome }: { call: string; outcome: ValueOutcome }) {
  const { tag, wave, world, ms, boundaryCalls, growth: grown, simulated } = outcome
  const [view, setView] = useState<(typeof views)[number]>(wave.length > short ? 'Tree' : 'WAVE')
  const clockStep = useSelect((state) => state.metrics.clockStep ?? 0)
  const other = useSelect((state) => state.call.trim() !== call.trim())
  const ok = tag === 'ok'
  // A value in parts starts with a bracket, or has one behind the name of its case.
  const inParts = /^(?:[a-z%][\w-]*)?[[{(]/i.test(wave) && !/^[[{]\s*[\]}]$/.test(wave)
  return (
    <div className={`card ${tag}`} data-result={tag}>
      <header>
        <Icon name={ok ? 'check' : 'error'} small />
        <ResultType call={call} tag={tag} world={world} />
        {other && (
          <span className="of mono cut" title={call}>
            {shortCall(call)}
          </span>
        )}
        <span className="end">
          {inParts && <Segments label="Result as" options={views} chosen={view} onChoose={setView} />}
          <CopyButton label="Copy the result" text={() => wave} />
        </span>
      </header>
      <div className={wave.length > short || (inParts && view === 'Tree') ? 'value mono long' : 'value mono'}>
        {wave === '' ? (
          <span className="dim">no value</span>
        ) : inParts && view === 'Tree' ? (
          <ResultTree call={call} tag={tag} wave={wave} world={world} />
        ) : (
          <LongText text={wave} />
        )}
      </div>
      <p className="cost">
        <span title="In the sandbox, from the call to its return">{measured(ms, clockStep)}</span>
        <span title="Calls of imported functions while it ran">
          {counted(boundaryCalls)} {boundaryCalls === 1 ? 'import' : 'imports'} called
        </span>
        <span title="Growth of the linear memory during the call">memory {growth(grown)}</span>
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

import type { TraceEntry } from '../../../runner/trace-entry.ts'
import { useSelectLater } from '../../workbench-context.tsx'
import { callName, differences, differing } from './trace-model.ts'
import { WaveText } from './wave-text.tsx'

const lineOf = ({ call, args, outcome, value }: TraceEntry): string => {
  const given = `${callName(call).short}(${args.map(({ wave }) => wave).join(', ')})`
  if (outcome === undefined) return given
  const result = value?.wave ?? ''
  return `${given} -> ${outcome === 'ok' ? result || 'nothing' : `${outcome} ${result}`}`
}

/** At the entry from which on a replay differs: what was recorded there. */
export function Differs({ entry }: { entry: TraceEntry }) {
  const { verdict, kept } = useSelectLater((state) => state.simulation)
  if (verdict?.kind !== 'other' || verdict.number !== entry.number) return null
  const recorded = kept?.entries.find(({ number }) => number === entry.number)
  const parts = recorded ? differences(recorded, entry) : []
  return (
    <div className="trace-note differs" role="note">
      <p>
        <strong>From here on this run is not the recorded one{recorded && `: ${differing(parts)}`}.</strong> Recorded
        was:
      </p>
      <p className="mono">
        {recorded ? (
          <WaveText wave={lineOf(recorded)} most={2000} />
        ) : verdict.expected === undefined ? (
          'nothing more'
        ) : (
          callName(verdict.expected).short
        )}
      </p>
    </div>
  )
}

import { useMemo } from 'react'
import { typeText } from '../../../component/type-text.ts'
import type { CallOutcome } from '../../../state/state.ts'
import { bytes, counted, duration } from '../../formats.ts'
import { Icon } from '../../icons.tsx'
import { useSelect } from '../../workbench-context.tsx'
import { readCall } from './call-model.ts'

type ValueOutcome = Extract<CallOutcome, { kind: 'value' }>

/** Characters of a value that are shown; the whole value is copied. */
const shown = 20_000
/** Up to here a value is set large. */
const short = 60

export function ValueCard({ call, outcome }: { call: string; outcome: ValueOutcome }) {
  const { tag, wave, ms, boundaryCalls, growth, simulated } = outcome
  const type = useResultType(call, tag)
  const ok = tag === 'ok'
  return (
    <div className={`card ${tag}`}>
      <header>
        <Icon name={ok ? 'check' : 'error'} small />
        <span className="mono">{tag}</span>
        {type !== undefined && <span className="type mono">{type}</span>}
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

/** The type that the value has, as the world calls it. */
function useResultType(call: string, tag: 'ok' | 'err'): string | undefined {
  const world = useSelect((state) => state.prepared?.world)
  return useMemo(() => {
    const read = world && readCall(call, world)
    if (read?.kind !== 'call') return undefined
    const { result } = read.call.type
    const type = result?.kind === 'result' ? result[tag] : result
    return type && typeText(type)
  }, [world, call, tag])
}

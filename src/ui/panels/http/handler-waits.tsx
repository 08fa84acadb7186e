import { waitOf } from '../../../state/simulation/terminal.ts'
import { useSelect } from '../../workbench-context.tsx'
import { waitWords } from '../output/wait-words.ts'
import { useSimulation } from '../use-simulation.ts'

/** What the handler waits for while it answers, and what ends the waiting. */
export function HandlerWaits() {
  const simulation = useSimulation()
  const wait = useSelect(waitOf)
  const instant = useSelect((state) => state.simulation.instant) ?? 0n
  if (!wait) return <output />
  const { awaits, until } = wait
  const rest = until === undefined ? 0n : until - instant
  const isFrozen = awaits.some((each) => each.includes('clock'))
  const readsInput = awaits.some((each) => each.includes('stdin'))
  return (
    <div className="http-waits">
      <output>{waitWords(wait)}</output>
      {isFrozen && rest > 0n && (
        <button type="button" className="button small" onClick={() => simulation?.advanceClock(rest)}>
          Step the clock there
        </button>
      )}
      {readsInput && <span className="dim">Type it in the Terminal.</span>}
    </div>
  )
}

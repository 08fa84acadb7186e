import { useEffect, useState } from 'react'
import { isBusy, shownResult } from '../../../state/selectors.ts'
import { Icon } from '../../icons.tsx'
import { latePart } from '../../late-part.tsx'
import { runProject } from '../../run-project.ts'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'

const Outcome = latePart(async () => (await import('./late.ts')).Outcome)
const RunProgress = latePart(async () => (await import('./run-progress.tsx')).RunProgress)

/** Before this many milliseconds a run shows only its result. */
const patience = 200

/** What the last run or call came to, or an earlier one that is looked at. */
export function Result() {
  const entry = useSelect(shownResult)
  const busy = useSelect(isBusy)
  const status = useSelect((state) => state.run.status)
  const slow = useSlow(busy)
  return (
    <section className="result" aria-label="Result" aria-busy={busy} data-region>
      {slow && <RunProgress key={status} />}
      {!entry && !busy && <Idle />}
      {/* There from the start, so that it has come by the first result. */}
      <Outcome entry={entry} busy={busy} />
    </section>
  )
}

function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!busy) return undefined
    const timer = setTimeout(() => setSlow(true), patience)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [busy])
  return slow && busy
}

function Idle() {
  const workbench = useWorkbench()
  const { warm } = workbench.actions
  return (
    <div className="empty">
      <Icon name="play" />
      <strong>Nothing has run yet</strong>
      <p>Run builds the component from the files, starts it and makes the call.</p>
      <button type="button" className="button small" onClick={() => runProject(workbench)} onPointerEnter={warm}>
        Run it now
      </button>
    </div>
  )
}

import { isBusy } from '../../state/selectors.ts'
import { Icon } from '../icons.tsx'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { showPanel } from './panes.ts'

/** In a small window, under the code: what the last run came to, and the way to it. */
export function ResultStrip() {
  const workbench = useWorkbench()
  const entry = useSelect((state) => state.result)
  const busy = useSelect(isBusy)
  if (!entry && !busy) return null
  const outcome = entry?.outcome
  const failed = outcome?.kind === 'fault' || (outcome?.kind === 'value' && outcome.tag === 'err')
  const text =
    outcome?.kind === 'value'
      ? `${outcome.tag} ${outcome.wave}`
      : outcome?.kind === 'fault'
        ? outcome.fault.message
        : outcome?.kind === 'exit'
          ? `exit code ${outcome.code}`
          : ''
  return (
    <button type="button" className="result-strip" onClick={() => showPanel(workbench, 'call')}>
      <span className={busy ? 'dim' : failed ? 'err' : 'ok'}>
        <Icon name={busy ? 'replay' : failed ? 'error' : 'check'} />
      </span>
      <span className="mono cut grow">{busy ? 'Running' : text}</span>
      <span className="dim">Show</span>
    </button>
  )
}

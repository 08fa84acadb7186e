import { isBusy } from '../../state/selectors.ts'
import { Icon } from '../icons.tsx'
import { panelsOf } from '../panels/registry.ts'
import { useMedia } from '../theme/use-theme.ts'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { isSmall } from './breakpoints.ts'
import { chosenPanel } from './panel-tabs.tsx'
import { showPanel } from './panes.ts'

/** Under the code, where the panel of the call is out of sight: what the last run came to, and the way to it. */
export function ResultStrip() {
  const workbench = useWorkbench()
  const entry = useSelect((state) => state.result)
  const busy = useSelect(isBusy)
  const small = useMedia(isSmall)
  const { sideTab, sideOpen } = useSelect((state) => state.preferences.layout)
  const inSight = !small && sideOpen && chosenPanel(panelsOf('side'), sideTab) === 'call'
  if (inSight || (!entry && !busy)) return null
  const outcome = entry?.outcome
  const failed = outcome?.kind === 'fault' || (outcome?.kind === 'value' && outcome.tag === 'err')
  const text =
    outcome?.kind === 'value'
      ? `${outcome.tag} ${outcome.wave}`
      : outcome?.kind === 'fault'
        ? outcome.fault.message.replaceAll('`', '')
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

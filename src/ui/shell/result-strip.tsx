import { isBusy, isChanged } from '../../state/selectors.ts'
import type { CallOutcome } from '../../state/state.ts'
import { counted } from '../formats.ts'
import { Icon } from '../late-icons.tsx'
import { panelsOf } from '../panels/registry.ts'
import { Message } from '../prose.tsx'
import { useMedia } from '../theme/use-theme.ts'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { isSmall } from './breakpoints.ts'
import { chosenPanel } from './panel-tabs.tsx'
import { focusPanel } from './panes.ts'

/** Under what is shown, where the panel of the call is out of sight: what the last run came to, and the way to it. */
export function ResultStrip() {
  const workbench = useWorkbench()
  const entry = useSelect((state) => state.result)
  const busy = useSelect(isBusy)
  const changed = useSelect(isChanged)
  const small = useMedia(isSmall)
  const view = useSelect((state) => state.shell.view)
  const { sideTab, sideOpen } = useSelect((state) => state.preferences.layout)
  const inSight = small ? view === 'call' : sideOpen && chosenPanel(panelsOf('side'), sideTab) === 'call'
  if (inSight || (!entry && !busy)) return null
  const outcome = entry?.outcome
  const failed =
    outcome?.kind === 'fault' ||
    (outcome?.kind === 'value' && outcome.tag === 'err') ||
    (outcome?.kind === 'exit' && outcome.code !== 0)
  const open = busy || changed
  // What a program came to is what it wrote, and that is beside the call in a large window only.
  const place = small && outcome?.kind === 'exit' ? 'output' : 'call'
  return (
    <button type="button" className="result-strip" onClick={() => focusPanel(workbench, place)}>
      <span className={open ? 'dim' : failed ? 'err' : 'ok'}>
        <Icon name={open ? 'replay' : failed ? 'error' : 'check'} />
      </span>
      {changed && !busy && <span className="dim since">{'Before the change: '}</span>}
      <span className="mono cut grow">{busy || !outcome ? 'Running' : <Came outcome={outcome} />}</span>
      <span className="dim">Show</span>
    </button>
  )
}

/** What a run came to, in a line. */
function Came({ outcome }: { outcome: CallOutcome }) {
  switch (outcome.kind) {
    case 'value':
      // A plain value is none of the two that a result may be.
      return outcome.plain ? outcome.wave || 'returned' : `${outcome.tag} ${outcome.wave}`
    case 'fault':
      return <Message fault={outcome.fault} />
    case 'exit':
      return `exit code ${outcome.code}`
    case 'burst':
      return `${counted(outcome.report.count)} calls measured`
  }
}

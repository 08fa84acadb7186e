import { problemCounts } from '../../state/selectors.ts'
import { Keys } from '../commands/keys.tsx'
import { openDialog } from '../dialogs/open-dialog.ts'
import { Icon } from '../icons.tsx'
import { latePart } from '../late-part.tsx'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { focusPanel } from './panes.ts'

const RunFigures = latePart(async () => (await import('./run-figures.tsx')).RunFigures, {
  pending: FirstStage,
  spare: true,
})
const WorldKind = latePart(async () => (await import('./run-figures.tsx')).WorldKind, {
  pending: () => 'Deterministic',
  spare: true,
})

/** One line: what the page is doing, the figures of the last run, and the way to the problems. */
export function StatusBar() {
  return (
    <footer className="status" data-region>
      <RunFigures />
      <span className="grow" />
      <TabHint />
      <SimulatedWorld />
      <button
        type="button"
        className="at-full"
        title="Everything that the page can do, with its keys"
        onClick={() => openDialog('palette')}
      >
        Commands <Keys chord="F1" />
      </button>
      <ProblemCounts />
    </footer>
  )
}

/** Before the figures of a run come, there was none. */
function FirstStage() {
  return (
    <span className="stage">
      <span className="dot dim" />
      <span className="cut">Ready to run</span>
    </span>
  )
}

/** In an editor Tab indents; this is the way out for those without a mouse. */
function TabHint() {
  const { editing, tabLeaves } = useSelect((state) => state.shell)
  if (!editing && !tabLeaves) return null
  return (
    <span id="tab-hint">
      <span>
        <Keys chord="Ctrl+M" /> {tabLeaves ? 'lets Tab indent again' : 'lets Tab leave the editor'}
      </span>
      {tabLeaves && <span className="badge accent">Tab moves the focus</span>}
    </span>
  )
}

function SimulatedWorld() {
  const workbench = useWorkbench()
  const random = useSelect((state) => state.project.wasi?.random)
  return (
    <button
      type="button"
      title="What the component sees of time and chance. Opens its settings."
      onClick={() => focusPanel(workbench, 'world')}
    >
      WASI{' '}
      <b>
        <WorldKind />
      </b>
      {random !== 'real' && <span className="dim at-full">seed {random?.seed ?? 0}</span>}
    </button>
  )
}

function ProblemCounts() {
  const workbench = useWorkbench()
  const diagnostics = useSelect((state) => state.diagnostics)
  const { errors, warnings } = problemCounts(diagnostics)
  return (
    <button type="button" title="Show the problems" onClick={() => focusPanel(workbench, 'problems')}>
      <span className={errors > 0 ? 'err' : 'dim'}>
        <Icon name="error" small />
      </span>
      <span>
        {errors}
        <span className="visually-hidden"> {errors === 1 ? 'error' : 'errors'},</span>
      </span>
      <span className={warnings > 0 ? 'warn' : 'dim'}>
        <Icon name="warning" small />
      </span>
      <span>
        {warnings}
        <span className="visually-hidden"> {warnings === 1 ? 'warning' : 'warnings'}. Show the problems</span>
      </span>
    </button>
  )
}

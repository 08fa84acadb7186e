import { problemCounts } from '../../state/selectors.ts'
import { counted, megabytes } from '../formats.ts'
import { Keys } from '../commands/keys.tsx'
import { openDialog } from '../dialogs/open-dialog.ts'
import { Icon } from '../icons.tsx'
import { latePart } from '../late-part.tsx'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { focusPanel } from './panes.ts'
import { stageOf } from './stage.ts'

const RunFigures = latePart(async () => (await import('./run-figures.tsx')).RunFigures, { spare: true })

/** One line: what the page is doing, the figures of the last run, and the way to the problems. */
export function StatusBar() {
  return (
    <footer className="status" data-region>
      <StageText />
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

function StageText() {
  const { text, tone } = useSelect(stageOf)
  const progress = useSelect((state) => state.progress)
  return (
    <span className="stage" title={text}>
      <span className={`dot ${tone}`} />
      <span className="cut">{text}</span>
      {progress?.total !== undefined && (
        <b>
          {megabytes(progress.loaded ?? 0)} of {megabytes(progress.total)} MB
        </b>
      )}
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
  const wasi = useSelect((state) => state.project.wasi)
  const seed = wasi?.random === 'real' ? undefined : (wasi?.random?.seed ?? 0)
  const real = seed === undefined || wasi?.clock?.mode === 'real'
  return (
    <button
      type="button"
      title="What the component sees of time and chance. Opens its settings."
      onClick={() => focusPanel(workbench, 'world')}
    >
      WASI <b>{real ? 'Real' : 'Deterministic'}</b>
      {seed !== undefined && <span className="dim at-full">seed {counted(seed)}</span>}
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

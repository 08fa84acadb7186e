import { useSyncExternalStore } from 'react'
import { isBusy, problemsOf } from '../../state/selectors.ts'
import { bytes, counted, mebibytes, megabytes, milliseconds } from '../formats.ts'
import { Keys } from '../commands/keys.tsx'
import { openDialog } from '../dialogs/open-dialog.ts'
import { Icon } from '../icons.tsx'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { focusPanel } from './panes.ts'
import { stageOf } from './stage.ts'

/** One line: what the page is doing, the figures of the last run, and the way to the problems. */
export function StatusBar() {
  return (
    <footer className="status" data-region>
      <StageText />
      <ExitCode />
      <Figures />
      <span className="grow" />
      <Connection />
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

/** How a program ended, where the last run was one. */
function ExitCode() {
  const code = useSelect(({ result }) => (result?.outcome.kind === 'exit' ? result.outcome.code : undefined))
  const busy = useSelect(isBusy)
  if (code === undefined || busy) return null
  return (
    <span className={code === 0 ? undefined : 'warn'} title="What the program gave back when it ended">
      Exit code <b>{code}</b>
    </span>
  )
}

/** The figures of the run, the most important first: where there is no room, the last ones go. */
function Figures() {
  const { total, built, startup, memory, size, previous = false } = useSelect((state) => state.metrics)
  const old = useSelect(isBusy) ? false : previous
  const figures = [
    ['Run to result', total, milliseconds, 'From the press of Run to the result'],
    ['Built in', built, milliseconds, 'From the press of Run to the component'],
    ['Starts in', startup, milliseconds, 'From the component to an instance of it that answers calls'],
    ['Component', size?.total, bytes, 'Bytes of the .wasm file that Export gives'],
    [
      'Linear memory',
      memory,
      (count: number) => `${mebibytes(count)} MiB`,
      'What the component may address now; the browser’s own memory is not in it',
    ],
  ] as const
  return (
    <span className={old ? 'figures-line dim' : 'figures-line'}>
      {figures.map(
        ([name, value, show, about]) =>
          value !== undefined && (
            <span key={name} title={`${about}, on this device${old ? '. Of the run before' : ''}`}>
              {name} <b>{show(value)}</b>
            </span>
          ),
      )}
    </span>
  )
}

/** What has been loaded keeps working; the rest waits for the network. */
function Connection() {
  const online = useSyncExternalStore(
    watchConnection,
    () => navigator.onLine,
    () => true,
  )
  if (online) return null
  return (
    <output className="warn" title="What this browser has loaded keeps working">
      <Icon name="warning" small />
      Offline
    </output>
  )
}

function watchConnection(onChange: () => void): () => void {
  window.addEventListener('online', onChange)
  window.addEventListener('offline', onChange)
  return () => {
    window.removeEventListener('online', onChange)
    window.removeEventListener('offline', onChange)
  }
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
  const problems = problemsOf(diagnostics)
  const errors = problems.filter((each) => each.severity === 'error').length
  const warnings = problems.length - errors
  return (
    <button type="button" title="Show the problems" onClick={() => focusPanel(workbench, 'problems')}>
      <span className={errors > 0 ? 'err' : 'dim'}>
        <Icon name="error" small />
      </span>
      <span>
        {errors}
        <span className="visually-hidden"> errors,</span>
      </span>
      <span className={warnings > 0 ? 'warn' : 'dim'}>
        <Icon name="warning" small />
      </span>
      <span>
        {warnings}
        <span className="visually-hidden"> warnings. Show the problems</span>
      </span>
    </button>
  )
}

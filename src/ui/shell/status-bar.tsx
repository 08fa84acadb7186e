import type { RunStatus } from '../../state/state.ts'
import { isStale, problemsOf } from '../../state/selectors.ts'
import { bytes, counted, mebibytes, milliseconds } from '../formats.ts'
import { Icon } from '../icons.tsx'
import { useSelect } from '../workbench-context.tsx'

const words: Readonly<Record<RunStatus, string>> = {
  idle: 'Ready to run',
  building: 'Building',
  starting: 'Starting',
  calling: 'Running',
  ready: 'Ready',
  ended: 'Ended',
}
const tones: Readonly<Record<RunStatus, string>> = {
  idle: 'dim',
  building: 'warn',
  starting: 'warn',
  calling: 'warn',
  ready: 'ok',
  ended: 'err',
}

export function StatusBar() {
  const status = useSelect((state) => state.run.status)
  const stale = useSelect(isStale)
  const progress = useSelect((state) => state.progress)
  const { total, memory, size } = useSelect((state) => state.metrics)
  return (
    <footer className="status">
      <span>
        <span className={`dot ${tones[status]}`} />
        {stale ? 'Ready, older than the files' : words[status]}
      </span>
      {progress && (
        <span>
          {progress.label}
          {progress.total !== undefined && (
            <b>
              {bytes(progress.loaded ?? 0)} of {bytes(progress.total)}
            </b>
          )}
        </span>
      )}
      {total !== undefined && (
        <span>
          Run to result <b>{milliseconds(total)}</b>
        </span>
      )}
      {size && (
        <span>
          Component <b>{bytes(size.total)}</b>
        </span>
      )}
      {memory !== undefined && (
        <span>
          Linear memory <b>{mebibytes(memory)} MiB</b>
        </span>
      )}
      <span className="grow" />
      <span id="tab-hint">
        <span>
          <kbd>Ctrl</kbd> <kbd>M</kbd> lets Tab leave the editor
        </span>
      </span>
      <WasiSummary />
      <ProblemCounts />
    </footer>
  )
}

function WasiSummary() {
  const wasi = useSelect((state) => state.project.wasi)
  const seed = wasi?.random === 'real' ? undefined : (wasi?.random?.seed ?? 0)
  const real = seed === undefined || wasi?.clock?.mode === 'real'
  return (
    <span>
      WASI <b>{real ? 'Real' : 'Deterministic'}</b>
      {seed !== undefined && <span className="dim">seed {counted(seed)}</span>}
    </span>
  )
}

function ProblemCounts() {
  const diagnostics = useSelect((state) => state.diagnostics)
  const problems = problemsOf(diagnostics)
  const errors = problems.filter((each) => each.severity === 'error').length
  const warnings = problems.length - errors
  return (
    <span>
      <span className={errors > 0 ? 'err' : 'dim'}>
        <Icon name="error" small />
      </span>
      <span>
        {errors}
        <span className="visually-hidden"> errors</span>
      </span>
      <span className={warnings > 0 ? 'warn' : 'dim'}>
        <Icon name="warning" small />
      </span>
      <span>
        {warnings}
        <span className="visually-hidden"> warnings</span>
      </span>
    </span>
  )
}

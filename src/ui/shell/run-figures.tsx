import { useSyncExternalStore } from 'react'
import { canSuspend } from '../../runner/suspending.ts'
import { isBusy, worldName } from '../../state/selectors.ts'
import { stdinOf } from '../../state/simulation/interaction.ts'
import { bytes } from '../../state/bytes.ts'
import { mebibytes, milliseconds } from '../formats.ts'
import { Icon } from '../icons.tsx'
import { useSelect } from '../workbench-context.tsx'
import { StageText } from './stage-text.tsx'

/** In the status bar: what the page is doing, whether there is a network, how the last run ended, and what it took. */
export function RunFigures() {
  return (
    <>
      <StageText />
      <Connection />
      <ExitCode />
      <Figures />
    </>
  )
}

/** Whether another run of the project would be the same. */
export function WorldKind() {
  const kind = useSelect(({ project, stdin, worlds, outlines }) => {
    const { clock, random } = project.wasi ?? {}
    if (clock?.mode === 'real') return random === 'real' ? 'Real' : 'Real clock'
    if (random === 'real') return 'Real random'
    const { imports = [], exports = [] } = outlines.find(({ name }) => name === worldName({ project, worlds })) ?? {}
    const has = (items: readonly { readonly name: string }[], name: string): boolean =>
      items.some((each) => each.name === name)
    const typed =
      has(imports, 'wasi:cli/stdin') && stdinOf({ project, stdin }, has(exports, 'wasi:cli/run')) === 'typed'
    return canSuspend() && (typed || clock?.mode === 'frozen') ? 'Interactive' : 'Deterministic'
  })
  return kind
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

/** How a program ended, where the last run was one. */
function ExitCode() {
  const code = useSelect(({ result }) => (result?.outcome.kind === 'exit' ? result.outcome.code : undefined))
  const busy = useSelect(isBusy)
  if (code === undefined || busy) return null
  return (
    <span className={code === 0 ? undefined : 'warn'} title="What the component gave back when it ended">
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

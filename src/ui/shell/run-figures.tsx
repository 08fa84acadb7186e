import { useSyncExternalStore } from 'react'
import { isBusy } from '../../state/selectors.ts'
import { bytes } from '../../state/bytes.ts'
import { mebibytes, milliseconds } from '../formats.ts'
import { Icon } from '../icons.tsx'
import { useSelect } from '../workbench-context.tsx'

/** In the status bar: whether there is a network, how the last run ended, and what it took. */
export function RunFigures() {
  return (
    <>
      <Connection />
      <ExitCode />
      <Figures />
    </>
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

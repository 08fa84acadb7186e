import { isBusy } from '../../state/selectors.ts'
import { bytes } from '../../state/bytes.ts'
import { mebibytes, milliseconds } from '../formats.ts'
import { useSelect } from '../workbench-context.tsx'

/** In the status bar: how the last run ended, and what it took. */
export function RunFigures() {
  return (
    <>
      <ExitCode />
      <Figures />
    </>
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

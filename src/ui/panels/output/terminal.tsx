import { CopyButton } from '../../copy-button.tsx'
import { counted } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { isBusy } from '../../../state/selectors.ts'
import type { State } from '../../../state/state.ts'
import { waitOf } from '../../../state/simulation/terminal.ts'
import { useSimulation } from '../use-simulation.ts'
import { importedBy } from '../../../state/imported.ts'
import { Console } from './console.tsx'
import { plainOutput } from './output-text.ts'
import { Stdin } from './stdin.tsx'
import { waitWords } from './wait-words.ts'
import './terminal.css'

/** What the program exited with, until that is cleared away. */
const exitOf = (state: State): number | undefined => {
  const { result, output } = state
  return result?.outcome.kind === 'exit' && output.without !== result.id && !isBusy(state)
    ? result.outcome.code
    : undefined
}

/** What the guest waits for, and what can be done with all that was written. */
export function TerminalHead() {
  const { clearOutput } = useActions()
  const simulation = useSimulation()
  const output = useSelect((state) => state.output)
  const wait = useSelect(waitOf)
  const { pieces, dropped } = output
  const empty = pieces.length === 0 && dropped === 0
  const exited = useSelect((state) => exitOf(state) !== undefined)
  return (
    <>
      <output className="terminal-state">{wait && <span className="badge accent">{waitWords(wait)}</span>}</output>
      {dropped > 0 && (
        <span className="badge warn" data-testid="dropped-bytes">
          {counted(dropped)} bytes dropped
        </span>
      )}
      <span className="end">
        <CopyButton label="Copy the text" disabled={empty} text={() => plainOutput(output)} />
        <button
          type="button"
          className="icon-button small"
          aria-label="Download the text"
          title="Download the text"
          disabled={empty}
          onClick={() => simulation?.saveOutput(plainOutput(output))}
        >
          <Icon name="download" small />
        </button>
        <button
          type="button"
          className="text-button"
          aria-disabled={empty && !exited}
          onClick={() => (!empty || exited) && clearOutput()}
        >
          Clear
        </button>
      </span>
    </>
  )
}

export function TerminalBody() {
  const { pieces, dropped } = useSelect((state) => state.output)
  const exit = useSelect(exitOf)
  const readsStdin = useSelect((state) => importedBy(state)?.has('wasi:cli/stdin') ?? false)
  const opened = useSelect((state) => state.opened)
  return (
    <>
      <Console pieces={pieces} empty={pieces.length === 0 && dropped === 0} exit={exit} />
      {readsStdin && <Stdin key={opened} />}
    </>
  )
}

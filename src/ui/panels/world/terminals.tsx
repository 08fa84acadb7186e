import { terminalNames, type TerminalName } from '../../../wasi/settings.ts'
import { useSelect } from '../../workbench-context.tsx'
import { Part } from './part.tsx'
import { useWorld } from './world-settings.ts'

const reaches = terminalNames.map((name) => ({ name: `wasi:cli/terminal-${name}`, gives: `isatty of ${name}` }))

const none: readonly TerminalName[] = []

/** Which of the standard streams say that they are a terminal: programs colour what they write to one, for example. */
export function Terminals() {
  const { setWasi } = useWorld()
  const chosen = useSelect((state) => state.project.wasi?.terminal) ?? none
  const choose = (name: TerminalName, on: boolean): void => {
    const next = terminalNames.filter((each) => (each === name ? on : chosen.includes(each)))
    setWasi({ terminal: next.length === 0 ? undefined : next })
  }
  return (
    <Part title="Standard streams" reaches={reaches}>
      <fieldset className="world-checks">
        <legend>Tell the component that it has a terminal at</legend>
        {terminalNames.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ target }) => choose(name, target.checked)}
            />{' '}
            <span className="mono">{name}</span>
          </label>
        ))}
      </fieldset>
    </Part>
  )
}

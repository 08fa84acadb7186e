import { useId } from 'react'
import { useSelect } from '../../workbench-context.tsx'
import { Part } from './part.tsx'
import { useWorld } from './world-settings.ts'

const reaches = [{ name: 'wasi:cli/stdin', gives: 'getStdin' }]

/** The field grows with its text up to here. */
const mostRows = 12

export function Stdin() {
  const { setWasi } = useWorld()
  const stdin = useSelect((state) => state.project.wasi?.stdin) ?? ''
  const id = useId()
  return (
    <Part title="Input" reaches={reaches}>
      <div className="world-list">
        <label htmlFor={id}>
          Standard input <span className="dim">ends after the last character</span>
        </label>
        <textarea
          id={id}
          className="input mono"
          rows={Math.max(3, Math.min(mostRows, stdin.split('\n').length))}
          spellCheck={false}
          value={stdin}
          onChange={({ target }) => setWasi({ stdin: target.value })}
        />
      </div>
    </Part>
  )
}

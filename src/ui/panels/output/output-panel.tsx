import { outputText } from '../../../state/output.ts'
import { counted } from '../../formats.ts'
import { latePart } from '../../late-part.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import './output.css'

// Its place is kept: there is nothing to copy before it has come.
const CopyButton = latePart(async () => (await import('../../copy-button.tsx')).CopyButton, {
  pending: () => <span className="icon-button small" />,
  spare: true,
})
const Console = latePart(async () => (await import('./console.tsx')).Console, {
  pending: () => (
    <div className="lines mono">
      <p className="dim">What the component writes appears here.</p>
    </div>
  ),
})

export function OutputPanel() {
  const { clearOutput } = useActions()
  const output = useSelect((state) => state.output)
  const { pieces, dropped } = output
  const exit = useSelect(({ result }) => (result?.outcome.kind === 'exit' ? result.outcome.code : undefined))
  const empty = pieces.length === 0 && dropped === 0
  return (
    <section className="output" aria-label="Output" data-region>
      <div className="section-head">
        <h2>Output</h2>
        {dropped > 0 && (
          <span className="badge warn" data-testid="dropped-bytes">
            {counted(dropped)} bytes dropped
          </span>
        )}
        <span className="end">
          <CopyButton label="Copy the output" disabled={empty} text={() => outputText(output)} />
          <button type="button" className="text-button" disabled={empty} onClick={clearOutput}>
            Clear
          </button>
        </span>
      </div>
      <Console pieces={pieces} empty={empty} exit={exit} />
    </section>
  )
}

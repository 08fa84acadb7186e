import { latePart } from '../../late-part.tsx'
import { useSelect } from '../../workbench-context.tsx'
import './output.css'

const TerminalHead = latePart(async () => (await import('./terminal.tsx')).TerminalHead, { spare: true })
const TerminalBody = latePart(async () => (await import('./terminal.tsx')).TerminalBody, { pending: Nothing })

function Nothing() {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a stop for those who walk through the regions
    <div className="lines mono" role="log" aria-label="Terminal text" tabIndex={0}>
      <p className="dim">What the component writes appears here.</p>
    </div>
  )
}

/** What is written and typed. Its code comes with the first run, or with a world that reads what is typed. */
export function OutputPanel() {
  const empty = useSelect(
    ({ output, result, run }) =>
      output.pieces.length === 0 &&
      output.dropped === 0 &&
      (result?.outcome.kind !== 'exit' || output.without === result.id) &&
      run.status !== 'calling',
  )
  const isOfUse = useSelect(
    ({ run, outlines }) =>
      run.status !== 'idle' || outlines.some(({ imports }) => imports.some(({ name }) => name === 'wasi:cli/stdin')),
  )
  return (
    <section className={empty ? 'output empty-output' : 'output'} aria-label="Terminal" data-region>
      <div className="section-head">
        <h2>Terminal</h2>
        {isOfUse && <TerminalHead />}
      </div>
      {isOfUse ? <TerminalBody /> : <Nothing />}
    </section>
  )
}

import { memo, useLayoutEffect, useRef } from 'react'
import { lastLines, outputText, type OutputLine, type OutputLog } from '../../../state/output.ts'
import { CopyButton } from '../../copy-button.tsx'
import { counted } from '../../formats.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import './output.css'

/** What is drawn at once; all of it is kept and copied. Laying out more than this would hold up the page. */
const shown = { lines: 200, width: 500, characters: 8192 }

const marks: Readonly<Record<OutputLine['stream'], string>> = { stdout: '', stderr: 'err', host: 'host' }

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

interface ConsoleProps {
  readonly pieces: OutputLog['pieces']
  readonly empty: boolean
  /** What the program exited with, where the last run was one. */
  readonly exit?: number | undefined
}

/** Drawn again only for new text: a flood that is dropped changes a number a few times a second, and nothing here. */
const Console = memo(function Console({ pieces, empty, exit }: ConsoleProps) {
  const { lines, more } = lastLines(pieces, shown)
  const end = useRef<HTMLDivElement>(null)
  const pinned = useRef(true)

  // The newest line stays in sight unless somebody scrolled up to read.
  useLayoutEffect(() => {
    const element = end.current
    if (element && pinned.current) element.scrollTop = element.scrollHeight
  })

  return (
    <div
      className="lines mono"
      ref={end}
      role="log"
      aria-label="Console"
      // A log that scrolls has to be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        pinned.current = scrollHeight - scrollTop - clientHeight < 24
      }}
    >
      {empty && exit === undefined && <p className="dim">What the component writes appears here.</p>}
      {more && <p className="dim">Earlier lines are kept and can be copied.</p>}
      {lines.map((line, index) => (
        // eslint-disable-next-line react/no-array-index-key -- rows of a window over a log
        <Line key={index} line={line} />
      ))}
      {exit !== undefined && <p className={exit === 0 ? 'dim' : 'err'}>exited with {exit}</p>}
    </div>
  )
})

function Line({ line: { stream, phase, text } }: { line: OutputLine }) {
  return (
    <div className={`line ${stream}`} data-stream={stream}>
      <span className="mark">
        {phase === 'init' && <span className="badge">init</span>}
        {marks[stream] !== '' && (
          <span className={`badge ${stream === 'stderr' ? 'err' : 'accent'}`}>{marks[stream]}</span>
        )}
      </span>
      <span className="text">{text}</span>
    </div>
  )
}

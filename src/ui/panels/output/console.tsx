import { memo, useEffect, useLayoutEffect, useRef } from 'react'
import { lastLines, type OutputLine } from '../../../state/output-lines.ts'
import type { OutputLog } from '../../../state/output.ts'

/** What is drawn at once; all of it is kept and copied. Laying out more than this would hold up the page. */
const shown = { lines: 200, width: 500, characters: 8192 }

const marks: Readonly<Record<OutputLine['stream'], string>> = { stdout: '', stderr: 'err', host: 'host', stdin: 'in' }

interface ConsoleProps {
  readonly pieces: OutputLog['pieces']
  readonly empty: boolean
  /** What the program exited with, where the last run was one. */
  readonly exit?: number | undefined
}

/** Drawn again only for new text: a flood that is dropped changes a number a few times a second, and nothing here. */
export const Console = memo(function Console({ pieces, empty, exit }: ConsoleProps) {
  const { lines, more } = lastLines(pieces, shown)
  const end = useRef<HTMLDivElement>(null)
  const pinned = useRef(true)

  // The newest line stays in sight unless somebody scrolled up to read.
  useLayoutEffect(() => {
    const element = end.current
    if (element && pinned.current) element.scrollTop = element.scrollHeight
  })
  // Also when a small window turns to it, and when it gets another height.
  useEffect(() => {
    const element = end.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => {
      if (pinned.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

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

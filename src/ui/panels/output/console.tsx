import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { lastLines, type OutputLine } from '../../../state/output-lines.ts'
import type { OutputLog } from '../../../state/output.ts'
import { readLine, type Span, type Style } from './ansi.ts'
import { StyledText } from './styled-text.tsx'

/** What is drawn at once; all of it is kept and copied. Laying out more than this would hold up the page. */
const shown = { lines: 200, width: 500, characters: 8192 }
/** What is read before that, for the colours that may have begun there. */
const before = { lines: 100, characters: 8192 }
/** More pieces than this are drawn without their colours: the oldest first. */
const mostSpans = 2000

const marks: Readonly<Record<OutputLine['stream'], string>> = { stdout: '', stderr: 'err', host: 'host', stdin: 'in' }
const badges: Readonly<Record<OutputLine['stream'], string>> = {
  stdout: '',
  stderr: 'err',
  host: 'accent',
  stdin: 'ok',
}

interface ConsoleProps {
  readonly pieces: OutputLog['pieces']
  readonly empty: boolean
  /** What the program exited with, where the last run was one. */
  readonly exit?: number | undefined
}

interface StyledLine extends Omit<OutputLine, 'text'> {
  readonly spans: readonly Span[]
}

/** Drawn again only for new text: a flood that is dropped changes a number a few times a second, and nothing here. */
export const Console = memo(function Console({ pieces, empty, exit }: ConsoleProps) {
  /** How many lines stand behind each window that somebody went back from; new text is shown at once. */
  const [gone, setGone] = useState<{ readonly pieces: OutputLog['pieces']; readonly behind: readonly number[] }>()
  const behind = gone?.pieces === pieces ? gone.behind : []
  const skip = behind.at(-1) ?? 0
  const { lines, more } = useMemo(() => styledLines(pieces, skip), [pieces, skip])
  const end = useRef<HTMLDivElement>(null)
  const pinned = useRef(true)

  // The newest line stays in sight unless somebody scrolled up to read.
  useLayoutEffect(() => {
    const element = end.current
    if (element && pinned.current && skip === 0) element.scrollTop = element.scrollHeight
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
      aria-label="Terminal text"
      // A log that scrolls has to be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        pinned.current = scrollHeight - scrollTop - clientHeight < 24
      }}
    >
      {empty && exit === undefined && <p className="dim">What the component writes appears here.</p>}
      {(more || skip > 0) && (
        <p className="dim window">
          {more && (
            <button
              type="button"
              className="text-button"
              onClick={() => setGone({ pieces, behind: [...behind, skip + lines.length] })}
            >
              Show earlier lines
            </button>
          )}
          {skip > 0 && (
            <button
              type="button"
              className="text-button"
              onClick={() => setGone({ pieces, behind: behind.slice(0, -1) })}
            >
              Show later lines
            </button>
          )}
        </p>
      )}
      {lines.map((line, index) => (
        // eslint-disable-next-line react/no-array-index-key -- rows of a window over a log
        <Line key={index} line={line} />
      ))}
      {exit !== undefined && skip === 0 && <p className={exit === 0 ? 'dim' : 'err'}>exited with {exit}</p>}
    </div>
  )
})

/** The lines of a window with their colours, each stream with its own. */
function styledLines(pieces: OutputLog['pieces'], skip: number): { lines: StyledLine[]; more: boolean } {
  const { lines, more } = lastLines(pieces, shown, skip)
  const earlier = lastLines(pieces, { ...shown, ...before }, skip + lines.length)
  const styles = new Map<OutputLine['stream'], Style>()
  const read = (line: OutputLine): readonly Span[] => {
    const { spans, style } = readLine(line.text, styles.get(line.stream))
    styles.set(line.stream, style)
    return spans
  }
  for (const line of earlier.lines) read(line)
  const styled = lines.map(({ text, ...line }) => ({ ...line, spans: read({ ...line, text }) }))
  let room = mostSpans
  for (let index = styled.length - 1; index >= 0; index--) {
    const line = styled[index]
    if (!line) continue
    room -= line.spans.length
    if (room < 0) styled[index] = { ...line, spans: [{ text: line.spans.map(({ text }) => text).join(''), style: {} }] }
  }
  return { lines: styled, more }
}

function Line({ line: { stream, phase, spans } }: { line: StyledLine }) {
  return (
    <div className={`line ${stream}`} data-stream={stream}>
      <span className="mark">
        {phase === 'init' && <span className="badge">init</span>}
        {marks[stream] !== '' && <span className={`badge ${badges[stream]}`}>{marks[stream]}</span>}
      </span>
      <span className="text">
        <StyledText spans={spans} />
      </span>
    </div>
  )
}

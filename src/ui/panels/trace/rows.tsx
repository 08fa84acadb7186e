import { useEffect, useLayoutEffect, useState, type KeyboardEvent } from 'react'
import type { TraceEntry } from '../../../runner/trace-entry.ts'
import { plainMilliseconds } from '../../formats.ts'
import { Icon, type AnyIcon } from '../../late-icons.tsx'
import { virtualTime } from '../../virtual-time.ts'
import { callName, isError, jumpOf, previewOf } from './trace-model.ts'
import { WaveText } from './wave-text.tsx'

interface RowsProps {
  readonly entries: readonly TraceEntry[]
  readonly chosen: number | undefined
  readonly onChoose: (number: number) => void
  readonly onClear: () => void
  /** The entry from which on a replay is not what was recorded. */
  readonly differs: number | undefined
}

/** Pixels; the style sheet has the same. */
const rowHeight = 24
/** Rows that are drawn above and below those in sight. */
const spare = 12

const titles = ['', 'Real ms', 'Virtual', '', 'Package', 'Function', 'Arguments', 'Result']
const names = ['Number', 'Real ms', 'Virtual', 'Direction', 'Package', 'Function', 'Arguments', 'Result']

/** Only the rows in sight are there, however many entries there are. */
export function Rows({ entries, chosen, onChoose, onClear, differs }: RowsProps) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [{ top, height }, setWindow] = useState({ top: 0, height: 400 })
  const at = entries.findIndex(({ number }) => number === chosen)

  useEffect(() => {
    if (!scroller) return undefined
    const observer = new ResizeObserver(() => setWindow({ top: scroller.scrollTop, height: scroller.clientHeight }))
    observer.observe(scroller)
    return () => observer.disconnect()
  }, [scroller])

  // What is chosen elsewhere comes into sight.
  useLayoutEffect(() => {
    if (!scroller || at < 0) return
    const from = at * rowHeight
    const room = scroller.clientHeight - rowHeight
    if (from < scroller.scrollTop) scroller.scrollTo({ top: from })
    else if (from + rowHeight > scroller.scrollTop + room) scroller.scrollTo({ top: from + rowHeight - room })
  }, [scroller, at])

  if (entries.length === 0) {
    return (
      <div className="empty">
        <strong>No call fits the filter</strong>
        <button type="button" className="button small" onClick={onClear}>
          Show all calls
        </button>
      </div>
    )
  }

  const first = Math.max(0, Math.floor(top / rowHeight) - spare)
  const last = Math.min(entries.length, Math.ceil((top + height) / rowHeight) + spare)

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(height / rowHeight) - 2)
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = entries[Math.min(entries.length - 1, Math.max(0, (at < 0 && step > 0 ? -1 : at) + step))]
    if (next) onChoose(next.number)
  }

  return (
    <div
      className="trace-rows"
      ref={setScroller}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) => setWindow({ top: scrollTop, height: clientHeight })}
    >
      <table
        // Its rows are chosen by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label="Calls across the boundary"
        aria-rowcount={entries.length + 1}
        aria-activedescendant={at >= first && at < last ? `trace-row-${chosen}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr className="trace-row head" aria-rowindex={1}>
            {titles.map((title, index) => (
              <th key={names[index]} className={columns[index]}>
                {title || <span className="visually-hidden">{names[index]}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ height: entries.length * rowHeight, paddingTop: first * rowHeight }}>
          {entries.slice(first, last).map((entry, index) => (
            <Row
              key={entry.number}
              entry={entry}
              index={first + index}
              chosen={entry.number === chosen}
              differs={entry.number === differs}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const columns = ['number', 'real', 'virtual', 'way', 'package', 'function', 'args', 'result']

const ways: Readonly<Record<TraceEntry['kind'], readonly [AnyIcon, string]>> = {
  import: ['call-out', 'calls out'],
  export: ['call-in', 'is called'],
  return: ['call-back', 'returns'],
  drop: ['cross', 'drops'],
}

interface RowProps {
  readonly entry: TraceEntry
  readonly index: number
  readonly chosen: boolean
  readonly differs: boolean
  readonly onChoose: (number: number) => void
}

function Row({ entry, index, chosen, differs, onChoose }: RowProps) {
  const { number, kind, call, args, outcome, real, until } = entry
  const { packageName, short } = callName(call)
  const jump = jumpOf(entry)
  const denied = outcome === 'denied'
  const [icon, way] = denied ? (['denied', 'denied'] as const) : ways[kind]
  const tone = denied ? 'denied' : isError(entry) ? 'failed' : jump ? 'jump' : ''
  return (
    // The grid has the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      id={`trace-row-${number}`}
      className={`trace-row ${kind} ${differs ? 'differs' : tone}`}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      onClick={() => onChoose(number)}
    >
      <td className="number">
        {differs && <span className="visually-hidden">differs from what was recorded </span>}
        {number}
      </td>
      <td className="real mono">{plainMilliseconds(real)}</td>
      <td className="virtual mono">
        {jump !== undefined && <b>+{virtualTime(jump)}</b>} {virtualTime(until)}
      </td>
      <td className="way" aria-label={way}>
        <Icon name={icon} small />
      </td>
      <td className="package">{kind === 'export' || kind === 'return' ? 'export' : packageName}</td>
      <td className="function mono" title={call}>
        {short}
      </td>
      <td className="args mono">
        <Arguments args={args} />
      </td>
      <td className="result mono">
        <Outcome entry={entry} />
      </td>
    </tr>
  )
}

/** Of a method its object comes first. */
const Arguments = ({ args }: Pick<TraceEntry, 'args'>) =>
  args.map((arg, index) => (
    <span key={arg.name}>
      {index > 0 && ', '}
      <WaveText wave={previewOf(arg)} most={160} />
    </span>
  ))

function Outcome({ entry: { kind, outcome, value } }: { entry: TraceEntry }) {
  const text = value && previewOf(value)
  if (outcome === undefined) return kind === 'export' ? null : <span className="dim">waits</span>
  if (outcome === 'ok') return text === undefined ? null : <WaveText wave={text} most={160} />
  const words = { err: 'err', denied: 'Denied', trap: 'Trap', exit: 'exit' } as const
  return (
    <>
      <span className={`badge ${outcome === 'exit' ? '' : outcome === 'denied' ? 'denied' : 'err'}`}>
        {words[outcome]}
      </span>{' '}
      {text}
    </>
  )
}

import { useState } from 'react'
import { isBusy, shownResult } from '../../../state/selectors.ts'
import type { CallEntry } from '../../../state/state.ts'
import { counted, measured } from '../../formats.ts'
import { Icon } from '../../late-icons.tsx'
import { stageWords } from '../../stages.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { inShort, shortCall } from './call-name.ts'

/** Rows that are there before somebody asks for the older ones. */
const recent = 20

/** Earlier calls of this project, newest first. Choosing one shows it again; its button makes it again. */
export function History() {
  const { clearHistory, lookBack, call, run } = useActions()
  const history = useSelect((state) => state.history)
  const busy = useSelect(isBusy)
  const [all, setAll] = useState(false)
  if (history.length === 0) return null
  const rows = all ? history : history.slice(0, recent)
  return (
    <section aria-label="History">
      <div className="section-head">
        <h2>History</h2>
        <span className="count">{history.length}</span>
        <span className="end">
          <button type="button" className="text-button" onClick={clearHistory}>
            Clear
          </button>
        </span>
      </div>
      <ol className="history" reversed>
        {rows.map((entry) => (
          <li key={entry.id} className="call-row">
            <HistoryRow entry={entry} onChoose={() => lookBack(entry)} />
            <button
              type="button"
              className="icon-button small"
              aria-label={`Call again: ${nameOf(entry)}`}
              title="Call again"
              disabled={busy}
              onClick={() => void (entry.call === '' ? run('') : call(entry.call))}
            >
              <Icon name="replay" small />
            </button>
          </li>
        ))}
      </ol>
      {rows.length < history.length && (
        <button type="button" className="text-button older" onClick={() => setAll(true)}>
          Show {history.length - rows.length} older calls
        </button>
      )}
    </section>
  )
}

const nameOf = ({ call }: CallEntry): string => (call === '' ? 'wasi:cli/run' : shortCall(call))

function HistoryRow({ entry, onChoose }: { entry: CallEntry; onChoose: () => void }) {
  const clockStep = useSelect((state) => state.metrics.clockStep ?? 0)
  const current = useSelect((state) => shownResult(state) === entry)
  const { text, tone, time } = summary(entry, clockStep)
  // What needs more room has it under the call: a value one line, and what went wrong, which is a sentence, some more.
  const below = text.length > besides
  const line = below && entry.outcome.kind === 'value'
  return (
    <button
      type="button"
      className={below ? 'history-row mono below' : 'history-row mono'}
      title={`${nameOf(entry)}\n${text}`}
      aria-current={current}
      onClick={onChoose}
    >
      <span className="number">{entry.number}</span>
      <span className="cut">{nameOf(entry)}</span>
      <span className={`${line || !below ? 'cut ' : ''}value ${tone}`}>{text}</span>
      <span className="time">{time}</span>
    </button>
  )
}

/** Characters that fit beside the call. */
const besides = 18
/** Characters of a result that fit into a row, and more. */
const fitting = 400

function summary({ call, outcome }: CallEntry, clockStep: number): { text: string; tone: string; time: string } {
  switch (outcome.kind) {
    case 'value': {
      const wave = outcome.wave.slice(0, fitting)
      return {
        text: outcome.tag === 'err' ? `err(${wave})` : wave === '' ? (outcome.plain ? 'returned' : 'ok') : wave,
        tone: outcome.tag,
        time: measured(outcome.ms, clockStep),
      }
    }
    case 'exit':
      return {
        text: `exited ${outcome.code}`,
        tone: outcome.code === 0 ? 'ok' : 'err',
        time: measured(outcome.ms, clockStep),
      }
    case 'burst':
      return {
        text: `×${counted(outcome.report.count)}`,
        tone: '',
        time: measured(outcome.report.p50, outcome.report.resolution),
      }
    case 'fault':
      return {
        text: inShort(outcome.fault.message, call).slice(0, fitting),
        tone: stageWords[outcome.fault.stage].tone,
        time: '',
      }
  }
}

import type { CallEntry } from '../../../state/state.ts'
import { duration } from '../../formats.ts'
import { useActions, useSelect } from '../../workbench-context.tsx'

/** Earlier calls of this project, newest first, and the calls that it came with. Choosing one fills the call line. */
export function History() {
  const { clearHistory, setCall } = useActions()
  const history = useSelect((state) => state.history)
  const saved = useSelect((state) => state.project.calls)
  return (
    <>
      {saved !== undefined && saved.length > 1 && (
        <section aria-label="Saved calls">
          <div className="section-head">
            <h2>Saved calls</h2>
            <span className="count">{saved.length}</span>
          </div>
          <ul className="saved">
            {saved.map((call) => (
              <li key={call}>
                <button type="button" className="history-row mono" onClick={() => setCall(call)}>
                  <span className="cut">{shortCall(call)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {history.length > 0 && (
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
          <ol className="history">
            {history.map((entry) => (
              <li key={entry.id}>
                <HistoryRow entry={entry} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

function HistoryRow({ entry }: { entry: CallEntry }) {
  const { setCall } = useActions()
  const { text, tone, time } = summary(entry)
  return (
    <button type="button" className="history-row mono" title={entry.call} onClick={() => setCall(entry.call)}>
      <span className="number">{entry.id}</span>
      <span className="cut">{entry.call === '' ? 'wasi:cli/run' : shortCall(entry.call)}</span>
      <span className={`cut value ${tone}`}>{text}</span>
      <span className="time">{time}</span>
    </button>
  )
}

/** Without package and version, which are the same in every row. */
const shortCall = (call: string): string => call.replace(/^[a-z0-9:/@.+-]+#/i, '').replace(/^\[(?:method|static)\]/, '')

function summary({ outcome }: CallEntry): { text: string; tone: string; time: string } {
  switch (outcome.kind) {
    case 'value':
      return {
        text: outcome.tag === 'err' ? `err(${outcome.wave})` : outcome.wave === '' ? 'ok' : outcome.wave,
        tone: outcome.tag,
        time: duration(outcome.ms),
      }
    case 'exit':
      return { text: `exit ${outcome.code}`, tone: outcome.code === 0 ? 'ok' : 'err', time: duration(outcome.ms) }
    case 'burst':
      return { text: `×${outcome.report.count}`, tone: '', time: duration(outcome.report.p50) }
    case 'fault':
      return { text: outcome.fault.stage, tone: 'err', time: '' }
  }
}

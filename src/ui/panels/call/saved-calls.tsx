import { isBusy } from '../../../state/selectors.ts'
import { Icon } from '../../icons.tsx'
import { useActions, useSelect } from '../../workbench-context.tsx'
import { shortCall } from './call-name.ts'

const none: readonly string[] = []

/** The calls that the project comes with. Choosing one fills the form; its button makes it. */
export function SavedCalls() {
  const { setCall, call, removeSavedCall, moveSavedCall } = useActions()
  const saved = useSelect((state) => state.project.calls ?? none)
  const chosen = useSelect((state) => state.call)
  const busy = useSelect(isBusy)
  if (saved.length === 0) return null
  return (
    <section aria-label="Saved calls">
      <div className="section-head">
        <h2>Saved calls</h2>
        <span className="count">{saved.length}</span>
        <span className="end dim">kept with the project</span>
      </div>
      <ul className="saved">
        {saved.map((each, index) => {
          const name = shortCall(each)
          return (
            <li key={each} className="call-row">
              <button
                type="button"
                className="history-row mono"
                title={name}
                aria-current={each === chosen}
                onClick={() => setCall(each)}
              >
                <span className="cut">{name}</span>
              </button>
              <button
                type="button"
                className="icon-button small"
                aria-label={`Call ${name}`}
                title="Call"
                disabled={busy}
                onClick={() => {
                  setCall(each)
                  void call(each)
                }}
              >
                <Icon name="play" small />
              </button>
              <button
                type="button"
                className="icon-button small up"
                aria-label={`Move up ${name}`}
                title="Move up"
                disabled={index === 0}
                onClick={() => moveSavedCall(each, -1)}
              >
                <Icon name="chevron" small />
              </button>
              <button
                type="button"
                className="icon-button small"
                aria-label={`Remove ${name}`}
                title="Remove from the project"
                onClick={() => removeSavedCall(each)}
              >
                <Icon name="cross" small />
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

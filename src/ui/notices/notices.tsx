import { Icon } from '../icons.tsx'
import { useKeptFocus } from '../use-kept-focus.ts'
import { useActions, useSelect } from '../workbench-context.tsx'
import './notices.css'

/** What has happened and can be taken back. It stays until it is dismissed. */
export function Notices() {
  const { undo, dismiss } = useActions()
  const notices = useSelect((state) => state.notices)
  const focus = useKeptFocus<HTMLElement>()
  return (
    <section
      className="notices"
      aria-label="Notices"
      aria-live="polite"
      data-region={notices.length > 0 || undefined}
      {...focus}
    >
      {notices.map((notice) => (
        <div key={notice.id} className="notice">
          <span className="notice-text">{notice.text}</span>
          {notice.undo !== undefined && (
            <button type="button" className="text-button" onClick={() => undo(notice.id)}>
              {notice.undo}
            </button>
          )}
          <button
            type="button"
            className="icon-button small"
            aria-label="Dismiss"
            title="Dismiss"
            onClick={() => dismiss(notice.id)}
          >
            <Icon name="cross" small />
          </button>
        </div>
      ))}
    </section>
  )
}

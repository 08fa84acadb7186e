import { useEffect } from 'react'
import { Icon } from '../icons.tsx'
import { useKeptFocus } from '../use-kept-focus.ts'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { watchForUpdate } from './updated.ts'
import './notices.css'

/** What has happened, and what can be done about it. It stays until it is dismissed. */
export function Notices() {
  const workbench = useWorkbench()
  const { undo, dismiss } = workbench.actions
  const notices = useSelect((state) => state.notices)
  const focus = useKeptFocus<HTMLElement>()
  useEffect(() => watchForUpdate(workbench), [workbench])
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

import { useEffect } from 'react'
import { Icon } from '../icons.tsx'
import { useKeptFocus } from '../use-kept-focus.ts'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import { watchForUpdate } from './updated.ts'
import { letGo } from './let-go.ts'
import './notices.css'

/** Older ones come back to sight when these are dismissed. */
const shownAtMost = 3

/** What has happened, and what can be done about it. What offers something stays until it is dismissed. */
export function Notices() {
  const workbench = useWorkbench()
  const { undo, dismiss } = workbench.actions
  const all = useSelect((state) => state.notices)
  const notices = all.filter(({ hidden }) => !hidden).slice(-shownAtMost)
  const focus = useKeptFocus<HTMLElement>()
  useEffect(() => watchForUpdate(workbench), [workbench])
  const { ref } = focus
  useEffect(
    () => letGo(workbench, () => document.hidden || ref.current?.matches(':hover, :focus-within') === true),
    [workbench, ref],
  )
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

import { useRef, useState } from 'react'
import { useActions, useSelect } from '../workbench-context.tsx'

/** The project's name, which is edited where it stands. Enter and leaving keep it, Escape does not. */
export function ProjectName() {
  const { renameProject } = useActions()
  const name = useSelect((state) => state.project.name)
  const [draft, setDraft] = useState<string>()
  const cancelled = useRef(false)
  return (
    <input
      className="project-name"
      aria-label="Project name"
      title="Rename the project"
      value={draft ?? name}
      spellCheck={false}
      autoComplete="off"
      onFocus={(event) => {
        cancelled.current = false
        event.target.select()
      }}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        cancelled.current = event.key === 'Escape'
        event.currentTarget.blur()
      }}
      onBlur={() => {
        if (draft !== undefined && !cancelled.current) renameProject(draft)
        setDraft(undefined)
      }}
    />
  )
}

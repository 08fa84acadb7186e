import { useEffect } from 'react'
import { projectPaths } from '../../state/selectors.ts'
import { latePart } from '../late-part.tsx'
import { useMedia } from '../theme/use-theme.ts'
import { useActions, useSelect } from '../workbench-context.tsx'
import { isFull } from './breakpoints.ts'
import { Sash } from './sash.tsx'

/** What can be done with files comes right after the page, and their names with it. */
const Explorer = latePart(async () => (await import('../explorer/explorer.tsx')).Explorer, {
  pending: () => <FileNames />,
})

/** The explorer: a column beside the editors, or over them in a window without room for both. */
export function ExplorerColumn() {
  const { setShell } = useActions()
  const full = useMedia(isFull)
  const open = useSelect((state) => (full ? state.preferences.layout.explorerOpen : state.shell.filesOver))
  const active = useSelect((state) => state.active)

  // Over the editors it has done its work once a file is chosen.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => setShell({ filesOver: false }), [active, full, setShell])
  useEffect(() => {
    if (full || !open) return undefined
    const close = (event: Event): void => {
      const inside = event.target instanceof Element && event.target.closest('#explorer, #explorer-toggle, dialog')
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !inside) {
        setShell({ filesOver: false })
        if (event instanceof KeyboardEvent) document.getElementById('explorer-toggle')?.focus()
      }
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('keydown', close)
    }
  }, [full, open, setShell])

  return (
    <>
      <nav className={full ? 'explorer-area' : 'explorer-area over'} id="explorer" aria-label="Explorer" hidden={!open}>
        <Explorer />
      </nav>
      {full && (
        <Sash
          pane="explorer"
          label="Width of the explorer"
          controls="explorer"
          axis="x"
          side="before"
          open="explorerOpen"
        />
      )}
    </>
  )
}

function FileNames() {
  const project = useSelect((state) => state.project)
  return (
    <>
      <div className="section-head">
        <h2>Files</h2>
      </div>
      <ul className="file-names">
        {projectPaths(project).map((path) => (
          <li key={path} className="cut">
            {path}
          </li>
        ))}
      </ul>
    </>
  )
}

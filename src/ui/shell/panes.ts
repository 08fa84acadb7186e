import type { Workbench } from '../../state/store.ts'
import { panels } from '../panels/registry.ts'
import { isFull } from './breakpoints.ts'

/** Shows a panel wherever it is: its pane opens, its tab is chosen, and a small window turns to it. */
export function showPanel(workbench: Workbench, id: string): void {
  const panel = panels.find((each) => each.id === id)
  if (!panel) return
  const { setLayout } = workbench.actions
  if (panel.area === 'side') setLayout({ sideTab: id, sideOpen: true })
  else if (panel.area === 'drawer') setLayout({ drawerTab: id, drawerOpen: true })
  else setLayout({ sideOpen: true })
  showView(workbench, id)
}

/** What a small window shows: `code`, or a panel. */
export const showView = ({ actions }: Workbench, view: string): void => actions.setShell({ view, filesOver: false })

/** The same and puts the focus into it. */
export function focusPanel(workbench: Workbench, id: string): void {
  showPanel(workbench, id)
  afterDrawing(() => focusInside(document.getElementById(`panel-${id}`)))
}

export function toggleExplorer({ store, actions }: Workbench): void {
  const { preferences, shell } = store.getState()
  const full = matchMedia(isFull).matches
  const open = full ? preferences.layout.explorerOpen : shell.filesOver
  if (full) actions.setLayout({ explorerOpen: !open })
  else actions.setShell({ filesOver: !open })
  if (!open) afterDrawing(() => focusInside(document.getElementById('explorer')))
}

export function toggleDrawer({ store, actions }: Workbench): void {
  actions.setLayout({ drawerOpen: !store.getState().preferences.layout.drawerOpen })
}

export function toggleSide({ store, actions }: Workbench): void {
  actions.setLayout({ sideOpen: !store.getState().preferences.layout.sideOpen })
}

/** Shows the file that was open in that editor last, and puts the cursor into it. */
export function focusEditor(workbench: Workbench, kind: 'wit' | 'source'): void {
  const { store, actions } = workbench
  actions.showFile(store.getState().active[kind])
  showView(workbench, 'code')
  afterDrawing(() => focusInside(document.querySelector(`[data-editor~="${kind}"]`)))
}

/** Walks through the regions of the page in the order in which they are read. */
export function focusRegion(step: number): void {
  const regions = [...document.querySelectorAll('[data-region]')].filter((each) => each.getClientRects().length > 0)
  const current = regions.findIndex((each) => each.contains(document.activeElement))
  const start = current < 0 && step < 0 ? 0 : current
  for (let walked = 1; walked <= regions.length; walked++) {
    if (focusInside(regions.at((start + step * walked + regions.length * walked) % regions.length))) return
  }
}

const focusable = 'textarea, select, input, summary, button:not(:disabled), a[href], [tabindex="0"]'

/** The editor where there is one: its tabs come before it. Says whether something there took the focus. */
function focusInside(element: Element | null | undefined): boolean {
  const inside = [...(element?.querySelectorAll<HTMLElement>(focusable) ?? [])].filter(
    (each) => each.getClientRects().length > 0 && each.tabIndex >= 0,
  )
  const target = inside.find((each) => each.closest('.editor-body')) ?? inside[0]
  target?.focus()
  return target !== undefined
}

const afterDrawing = (act: () => void): void => void requestAnimationFrame(() => act())

import type { Workbench } from '../../state/store.ts'

/** Puts the focus into the editor of the file that was open last. */
export function focusEditor({ store, actions }: Workbench, kind: 'wit' | 'source'): void {
  actions.showFile(store.getState().active[kind])
  requestAnimationFrame(() => {
    const label = kind === 'wit' ? 'WIT editor' : 'TypeScript editor'
    const area = ['Editor', label].map((name) => document.querySelector(`section[aria-label="${name}"]`)).find(Boolean)
    area?.querySelector<HTMLElement>('.monaco-editor textarea')?.focus()
  })
}

/** Walks through the regions of the page in the order in which they are read. */
export function focusRegion(step: number): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((each) => each.offsetParent)
  const current = regions.findIndex((each) => each.contains(document.activeElement))
  const next = regions.at((current + step + regions.length) % regions.length)
  const inside = next?.querySelector<HTMLElement>('textarea, select, input, button:not(:disabled), [tabindex="0"]')
  ;(inside ?? next)?.focus()
}

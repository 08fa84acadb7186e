import type { Workbench } from '../state/store.ts'

/**
 * Does what makes the call, unless a field of its form holds no value, or no handle that is there: then leads to the
 * field, which says why. A line that cannot be read is shown by no field. `afresh`: what starts an instance anew has no
 * handles in any case.
 */
export function withValidCall({ actions }: Workbench, act: () => void, afresh = false): void {
  const field = document.querySelector<HTMLElement>(
    `.call-form:not(:has(textarea[aria-invalid=true])) .fields ${afresh ? 'input' : ''}[aria-invalid=true]`,
  )
  if (!field) return act()
  actions.setLayout({ sideTab: 'call', sideOpen: true })
  actions.setShell({ view: 'call', filesOver: false })
  requestAnimationFrame(() => field.focus())
}

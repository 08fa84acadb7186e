import type { Workbench } from '../state/store.ts'

/**
 * Does what makes the call, unless a field of its form holds no value, or no handle that is there: then leads to the
 * field, which says why. What no field shows is for the call to tell. `afresh`: what starts an instance anew has no
 * handles in any case. Who writes the line sees there what is wrong, and hears it in full from the call.
 */
export function withValidCall({ actions }: Workbench, act: () => void, afresh = false): void {
  if (document.activeElement?.matches('.wave textarea[aria-invalid=true]')) return act()
  const field = document.querySelector<HTMLElement>(
    `.call-form .fields input[aria-invalid=true]${
      afresh ? '' : ', .call-form:not(:has(textarea[aria-invalid=true])) .fields [aria-invalid=true]'
    }`,
  )
  if (!field) return act()
  actions.setLayout({ sideTab: 'call', sideOpen: true })
  actions.setShell({ view: 'call', filesOver: false })
  requestAnimationFrame(() => field.focus())
}

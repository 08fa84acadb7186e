import type { Workbench } from '../state/store.ts'

/** Does what makes the call, unless a field of its form holds no value: then leads there, where it says why. */
export function withValidCall({ actions }: Workbench, act: () => void): void {
  const field = document.querySelector<HTMLElement>('#panel-call .fields [aria-invalid="true"]')
  if (!field) return act()
  actions.setLayout({ sideTab: 'call', sideOpen: true })
  actions.setShell({ view: 'call', filesOver: false })
  requestAnimationFrame(() => field.focus())
}

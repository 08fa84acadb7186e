import { groupOf } from '../../state/tabs.ts'

/** Puts the focus into the editor that shows a file, once it shows it. */
export function focusEditor(path: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-editor~="${groupOf(path)}"] .editor-body textarea`)?.focus()
  })
}

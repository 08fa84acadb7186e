import { groupOf } from '../../state/tabs.ts'

/** Puts the focus into the editor that shows a file, once it shows it. */
export function focusEditor(path: string): void {
  requestAnimationFrame(() => {
    const editor = document.querySelector(`[data-editor~="${groupOf(path)}"] .editor-host`)
    editor?.querySelector<HTMLElement>('textarea')?.focus()
  })
}

import { useEffect } from 'react'
import { useWorkbench } from '../workbench-context.tsx'
import type { Workbench } from '../../state/store.ts'

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
export const commandKey = isMac ? '⌘' : 'Ctrl'

/** Keys that work everywhere in the page, the editors included. */
export function useShortcuts(): void {
  const workbench = useWorkbench()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event, workbench)
      if (!action) return
      event.preventDefault()
      event.stopPropagation()
      action()
    }
    // Before the editor sees it: there Ctrl+Enter would insert a line and F8 would open a widget of its own.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [workbench])
}

function actionOf(event: KeyboardEvent, { actions }: Workbench): (() => void) | undefined {
  const command = isMac ? event.metaKey : event.ctrlKey
  if (command && event.key === 'Enter') {
    return event.shiftKey ? () => void actions.repeatLastCall() : () => void actions.run()
  }
  if (command && event.key === '.') return actions.stop
  if (event.key === 'F8') return () => actions.goToProblem(event.shiftKey ? -1 : 1)
  if (event.key === 'F6') return () => focusRegion(event.shiftKey ? -1 : 1)
  return undefined
}

/** Walks through the regions of the page in the order in which they are read. */
function focusRegion(step: number): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((each) => each.offsetParent)
  const current = regions.findIndex((each) => each.contains(document.activeElement))
  const next = regions.at((current + step + regions.length) % regions.length)
  const inside = next?.querySelector<HTMLElement>('textarea, select, input, button:not(:disabled), [tabindex="0"]')
  ;(inside ?? next)?.focus()
}

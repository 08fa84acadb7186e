import type { KeyboardEvent } from 'react'

/**
 * Arrow keys, Home and End in a tablist: the focus moves to another tab, which is thereby chosen. Each tab has
 * `tabIndex={chosen ? 0 : -1}`, so that the list is one stop on the way of the Tab key.
 */
export function onTabKey(event: KeyboardEvent<HTMLElement>): void {
  const { altKey, ctrlKey, metaKey, shiftKey, key, currentTarget } = event
  if (altKey || ctrlKey || metaKey || shiftKey) return
  const tabs = [...currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')]
  const current = tabs.findIndex((tab) => tab === document.activeElement)
  if (current < 0) return
  const next = nextIndex(key, current, tabs.length)
  if (next === undefined) return
  event.preventDefault()
  const tab = tabs[next]
  tab?.focus()
  tab?.click()
}

function nextIndex(key: string, current: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (current + 1) % count
    case 'ArrowLeft':
      return (current - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

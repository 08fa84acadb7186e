import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import '../menu.css'

export interface MenuChoice {
  readonly label: string
  readonly keys?: string
  readonly act: () => void
}

interface RowMenuProps {
  readonly label: string
  /** Where the pointer is, or where the row ends. CSS pixels. */
  readonly at: { readonly x: number; readonly y: number }
  readonly choices: readonly MenuChoice[]
  /** `chosen`: an action follows, which puts the focus where it belongs. */
  readonly onClose: (chosen: boolean) => void
}

/** https://www.w3.org/WAI/ARIA/apg/patterns/menu/; the browser closes it on Escape and on a press elsewhere. */
export function RowMenu({ label, at, choices, onClose }: RowMenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  const chosen = useRef(false)

  useLayoutEffect(() => {
    const element = menu.current
    if (!element) return
    element.showPopover()
    const { width, height } = element.getBoundingClientRect()
    const { clientWidth, clientHeight } = document.documentElement
    element.style.left = `${Math.max(4, Math.min(at.x, clientWidth - width - 4))}px`
    element.style.top = `${Math.max(4, Math.min(at.y, clientHeight - height - 4))}px`
    element.querySelector<HTMLElement>('[role=menuitem]')?.focus()
  }, [at])

  function onKeyDown(event: KeyboardEvent): void {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const current = items.findIndex((each) => each === document.activeElement)
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: (current + 1) % items.length,
      ArrowUp: (current - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }
    event.stopPropagation()
    const next = moves[event.key] ?? -1
    if (event.key === 'Tab') menu.current?.hidePopover()
    else if (next >= 0) items[next]?.focus()
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={menu}
      className="menu"
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={onKeyDown}
      onToggle={(event) => event.newState === 'closed' && onClose(chosen.current)}
    >
      {choices.map((choice) => (
        <button
          key={choice.label}
          type="button"
          role="menuitem"
          className="menu-item"
          tabIndex={-1}
          onClick={() => {
            chosen.current = true
            menu.current?.hidePopover()
            choice.act()
          }}
        >
          {choice.label}
          {choice.keys && <span className="dim">{choice.keys}</span>}
        </button>
      ))}
    </div>
  )
}

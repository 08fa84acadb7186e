import { createContext, useContext, useId, useRef, type ReactNode } from 'react'
import { Icon, type IconName } from './icons.tsx'
import './menu.css'

interface MenuProps {
  readonly label: string
  readonly icon: IconName
  readonly className?: string
  /** Items, and other controls. */
  readonly children: ReactNode
}

const MenuContext = createContext(() => {})

interface MenuItemProps {
  readonly icon: IconName
  readonly title?: string
  readonly disabled?: boolean
  readonly onChoose: () => void
  readonly children: ReactNode
}

/** A choice of a menu; choosing closes it. */
export function MenuItem({ icon, onChoose, children, ...rest }: MenuItemProps) {
  const close = useContext(MenuContext)
  return (
    <button
      type="button"
      className="menu-item"
      {...rest}
      onClick={() => {
        close()
        onChoose()
      }}
    >
      <Icon name={icon} />
      {children}
    </button>
  )
}

/** A button that shows a few more. Escape, a press elsewhere and a choice close it. */
export function Menu({ label, icon, className = '', children }: MenuProps) {
  const id = useId()
  const body = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`button ghost ${className}`}
        aria-label={label}
        aria-haspopup="true"
        popoverTarget={id}
      >
        <Icon name={icon} />
        <span className="menu-label">{label}</span>
      </button>
      <div
        ref={body}
        id={id}
        className="menu"
        popover="auto"
        // Under its button, with the right edges aligned: it stands at the right end of the page.
        onBeforeToggle={() => {
          const box = button.current?.getBoundingClientRect()
          if (!box || !body.current) return
          body.current.style.top = `${box.bottom + 4}px`
          body.current.style.right = `${Math.max(4, document.documentElement.clientWidth - box.right)}px`
        }}
      >
        <MenuContext value={() => body.current?.hidePopover()}>{children}</MenuContext>
      </div>
    </>
  )
}

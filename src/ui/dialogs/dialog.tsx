import { useEffectEvent, useId, useLayoutEffect, useRef, type ReactNode, type PointerEvent } from 'react'
import { Icon } from '../icons.tsx'
import './dialog.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at the end, the one that does what the title says last. */
  readonly foot?: ReactNode
  readonly size?: 'small' | 'medium' | 'large'
  /** Draws no head; the title is only read out. For a dialog that is one input and its list. */
  readonly bare?: boolean
}

/**
 * A modal dialog. Whoever draws it opens it and takes it away on `onClose`: by Esc, by the button and by a click beside
 * it. The focus goes to what carries `data-autofocus`, else to the first control, and returns to where it was.
 */
export function Dialog({ title, onClose, children, foot, size = 'medium', bare = false }: DialogProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const pressedBeside = useRef(false)
  const close = useEffectEvent(onClose)

  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return undefined
    // Not props: `cancel` of a file input inside bubbles up to here, and is none of the dialog's.
    const onCancel = (event: Event): void => {
      if (event.target !== element) return
      event.preventDefault()
      close()
    }
    // A browser closes a dialog on a second Esc whatever the page says to it.
    const onNativeClose = (event: Event): void => {
      if (event.target === element) close()
    }
    element.addEventListener('cancel', onCancel)
    element.addEventListener('close', onNativeClose)
    element.showModal()
    firstControl(element, body.current).focus()
    return () => {
      element.removeEventListener('cancel', onCancel)
      element.removeEventListener('close', onNativeClose)
      // Before the element goes: closing is what returns the focus.
      element.close()
    }
  }, [])

  // The backdrop belongs to the dialog element, and everything inside of it to its children.
  const isBeside = (event: { readonly target: unknown }): boolean => event.target === dialog.current
  const onPointerDown = (event: PointerEvent): void => {
    pressedBeside.current = isBeside(event)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Esc is the key
    <dialog
      ref={dialog}
      className={`dialog ${size}`}
      aria-labelledby={id}
      onPointerDown={onPointerDown}
      onClick={(event) => {
        // A selection that is drawn out of the dialog ends beside it and closes nothing.
        if (pressedBeside.current && isBeside(event)) onClose()
      }}
    >
      <div className={bare ? 'dialog-head visually-hidden' : 'dialog-head'}>
        <h2 id={id}>{title}</h2>
        {!bare && (
          <button type="button" className="icon-button" aria-label="Close" title="Close (Esc)" onClick={onClose}>
            <Icon name="cross" />
          </button>
        )}
      </div>
      <div className="dialog-body" ref={body}>
        {children}
      </div>
      {foot !== undefined && <div className="dialog-foot">{foot}</div>}
    </dialog>
  )
}

const controls = ['input', 'select', 'textarea', 'button', 'a[href]', 'summary', '[tabindex="0"]']
  .map((each) => `${each}:not(:disabled)`)
  .join()

function firstControl(dialog: HTMLDialogElement, body: HTMLElement | null): HTMLElement {
  const wanted = dialog.querySelector<HTMLElement>('[data-autofocus]')
  return wanted ?? body?.querySelector<HTMLElement>(controls) ?? dialog.querySelector('button') ?? dialog
}

import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react'

interface Held {
  readonly element: HTMLElement
  /** Its place among the controls. */
  readonly index: number
  /** What had the focus before it came in here. */
  readonly before: Element | null
}

interface KeptFocus<T extends HTMLElement> {
  readonly ref: RefObject<T | null>
  readonly onFocus: (event: FocusEvent<T>) => void
  readonly onBlur: (event: FocusEvent<T>) => void
}

/**
 * For a list whose rows go by a press in them: the focus goes to what is in the place of the control that had it, or back
 * to where it came from, and not to the top of the page.
 */
export function useKeptFocus<T extends HTMLElement>(): KeptFocus<T> {
  const ref = useRef<T>(null)
  const held = useRef<Held>(undefined)

  useLayoutEffect(() => {
    const lost = held.current
    if (!lost || lost.element.isConnected || document.activeElement !== document.body) return
    const controls = controlsOf(ref.current)
    const next = controls[Math.min(lost.index, controls.length - 1)]
    if (next) return next.focus()
    held.current = undefined
    if (lost.before instanceof HTMLElement) lost.before.focus()
  })

  return {
    ref,
    onFocus({ currentTarget, target, relatedTarget }) {
      if (!(target instanceof HTMLElement)) return
      const came = relatedTarget instanceof Element && !currentTarget.contains(relatedTarget)
      const before = came ? relatedTarget : (held.current?.before ?? null)
      held.current = { element: target, index: controlsOf(currentTarget).indexOf(target), before }
    },
    onBlur({ currentTarget, relatedTarget }) {
      if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) held.current = undefined
    },
  }
}

const controlsOf = (list: HTMLElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('button:not(:disabled), input:not([hidden])') ?? []),
]

import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { boundedSize, defaultLayout, paneBounds, type PaneFlag, type PaneSize } from '../../state/layout.ts'
import { useActions, useSelect } from '../workbench-context.tsx'
import { largestShare } from './breakpoints.ts'

interface SashProps {
  readonly pane: PaneSize
  readonly label: string
  /** Id of the pane's element. */
  readonly controls: string
  /** Along which axis the sash moves. */
  readonly axis: 'x' | 'y'
  /** Whether the pane lies before the sash and grows with it, or behind it. */
  readonly side: 'before' | 'after'
  /** What says whether the pane is there, where it can be collapsed. */
  readonly open?: PaneFlag
}

const steps = { px: 16, '%': 2 } as const

/** The seam between two panes: dragged, or moved with the arrow keys; Enter collapses, a double click resets. */
export function Sash({ pane, label, controls, axis, side, open }: SashProps) {
  const { setLayout } = useActions()
  const size = useSelect((state) => state.preferences.layout[pane])
  const isOpen = useSelect((state) => (open ? state.preferences.layout[open] : true))
  const drag = useRef<{ readonly from: number; readonly size: number; readonly unit: number }>(undefined)
  const unit = pane === 'wit' ? '%' : 'px'
  const { min } = paneBounds[pane]
  const max = largest(pane)

  const resize = (wanted: number): void => {
    if (open && wanted < min / 2) return setLayout({ [open]: false })
    return setLayout({ [pane]: Math.min(max, boundedSize(pane, wanted)), ...(open ? { [open]: true } : {}) })
  }
  const toggle = (): void => (open ? setLayout({ [open]: !isOpen }) : setLayout({ [pane]: defaultLayout[pane] }))

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return
    const element = document.getElementById(controls)
    const box = element?.getBoundingClientRect()
    const whole = element?.parentElement?.getBoundingClientRect()
    const extent = !isOpen || !box ? 0 : axis === 'x' ? box.width : box.height
    const px = unit === '%' ? (whole?.width ?? 100) / 100 : 1
    drag.current = { from: axis === 'x' ? event.clientX : event.clientY, size: extent / px, unit: px }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    if (!drag.current) return
    const moved = ((axis === 'x' ? event.clientX : event.clientY) - drag.current.from) / drag.current.unit
    resize(drag.current.size + (side === 'before' ? moved : -moved))
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = steps[unit] * (event.shiftKey ? 4 : 1)
    const [less, more] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const forwards = side === 'before' ? 1 : -1
    const from = isOpen ? Math.min(size, max) : 0
    if (event.key === less || event.key === more) {
      const wanted = from + (event.key === more ? forwards : -forwards) * step
      // A step opens a collapsed pane, and never collapses an open one.
      if (isOpen || wanted > 0) resize(Math.max(min, wanted))
    } else if (event.key === 'Home') resize(min)
    else if (event.key === 'End') resize(max)
    else if (event.key === 'Enter') toggle()
    else return
    event.preventDefault()
  }

  const now = isOpen ? Math.min(size, max) : 0
  return (
    <div
      className="sash"
      data-pane={pane}
      data-axis={axis}
      // An hr takes no value and no focus.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      // A separator that can be moved is a control.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
      aria-controls={controls}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuemin={open ? 0 : min}
      aria-valuemax={max}
      aria-valuenow={now}
      aria-valuetext={isOpen ? (unit === '%' ? `${now} percent` : `${now} pixels`) : 'collapsed'}
      title={open ? 'Drag to resize, Enter collapses' : 'Drag to resize, double-click resets'}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = undefined)}
      onPointerCancel={() => (drag.current = undefined)}
      onDoubleClick={() => setLayout({ [pane]: defaultLayout[pane], ...(open ? { [open]: true } : {}) })}
      onKeyDown={onKeyDown}
    />
  )
}

function largest(pane: PaneSize): number {
  if (pane === 'wit') return paneBounds.wit.max
  const extent =
    pane === 'drawer' || pane === 'output'
      ? typeof window === 'undefined'
        ? 900
        : window.innerHeight
      : typeof window === 'undefined'
        ? 1440
        : window.innerWidth
  return boundedSize(pane, largestShare[pane] * extent)
}

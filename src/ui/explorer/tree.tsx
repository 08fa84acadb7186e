import { Fragment, useRef, useState, type HTMLAttributes, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { Icon } from '../icons.tsx'
import { rowForKey, rowForText, type TreeRow } from './tree-rows.ts'

interface TreeProps<Row extends TreeRow> {
  readonly label: string
  readonly rows: readonly Row[]
  /** The row that stands for what is shown elsewhere. */
  readonly selected?: string | undefined
  readonly ref?: Ref<HTMLUListElement>
  readonly onToggle: (row: Row, expanded: boolean) => void
  /** `stay`: the focus remains in the tree. */
  readonly onOpen: (row: Row, how: 'go' | 'stay') => void
  /** Keys that the tree does not know; true where it was used. */
  readonly onKey?: (event: KeyboardEvent, row: Row) => boolean
  readonly rowProps?: (row: Row) => HTMLAttributes<HTMLLIElement>
  /** What is read out is what stands there: a row has no name beside its text. */
  readonly children: (row: Row) => ReactNode
  /** Drawn in the place of a row, or before it. */
  readonly instead?: (row: Row) => ReactNode
  readonly before?: (row: Row | undefined) => ReactNode
}

/** Letters that follow each other within this time make one word. Milliseconds. */
const typingPause = 700

/** https://www.w3.org/WAI/ARIA/apg/patterns/treeview/: one stop for Tab, everything else by the arrow keys. */
export function Tree<Row extends TreeRow>(props: TreeProps<Row>) {
  const { label, rows, selected, ref, onToggle, onOpen, onKey, rowProps, children, instead, before } = props
  const [focused, setFocused] = useState<string>()
  const typed = useRef({ text: '', at: 0 })
  const stop = [focused, selected, rows[0]?.id].find((id) => rows.some((row) => row.id === id))

  function onKeyDown(event: KeyboardEvent<HTMLLIElement>, row: Row): void {
    if (event.target !== event.currentTarget) return
    if (actOn(event, row)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  function actOn(event: KeyboardEvent<HTMLLIElement>, row: Row): boolean {
    const { key } = event
    if (onKey?.(event, row)) return true
    if (event.ctrlKey || event.altKey || event.metaKey) return false
    if (key === 'Enter' || (key === ' ' && typed.current.text === '')) {
      if (row.expanded === undefined) onOpen(row, key === 'Enter' ? 'go' : 'stay')
      else onToggle(row, !row.expanded)
      return true
    }
    if (key === 'ArrowRight' && row.expanded === false) return (onToggle(row, true), true)
    if (key === 'ArrowLeft' && row.expanded === true) return (onToggle(row, false), true)
    const next =
      rowForKey(rows, row.id, key) ??
      (key.length === 1 ? rowForText(rows, row.id, typedText(key, event.timeStamp)) : undefined)
    if (next) focusRow(event.currentTarget.parentElement, next.id)
    return next !== undefined || /^(?:Arrow|Home|End)/.test(key)
  }

  function typedText(key: string, now: number): string {
    const { text, at } = typed.current
    const next = now - at < typingPause ? text + key : key
    typed.current = { text: next, at: now }
    // The same letter again and again walks through the names that start with it.
    return [...next].every((each) => each === key) ? key : next
  }

  return (
    <ul className="tree" role="tree" aria-label={label} ref={ref}>
      {rows.map((row) => {
        const replaced = instead?.(row)
        if (replaced) return <Fragment key={row.id}>{replaced}</Fragment>
        const { className = '', ...others } = rowProps?.(row) ?? {}
        return (
          <Fragment key={row.id}>
            {before?.(row)}
            <li
              {...others}
              className={`tree-row ${className}`}
              role="treeitem"
              aria-level={row.level}
              aria-posinset={row.position}
              aria-setsize={row.size}
              aria-expanded={row.expanded}
              aria-selected={row.id === selected}
              data-row={row.id}
              tabIndex={row.id === stop ? 0 : -1}
              style={{ paddingLeft: 8 + (row.level - 1) * 12 }}
              onFocus={() => setFocused(row.id)}
              onKeyDown={(event) => onKeyDown(event, row)}
              onClick={(event) => {
                event.currentTarget.focus()
                if (row.expanded === undefined) onOpen(row, 'stay')
                else onToggle(row, !row.expanded)
              }}
            >
              <span className="tree-toggle">{row.expanded !== undefined && <Icon name="chevron" small />}</span>
              {children(row)}
            </li>
          </Fragment>
        )
      })}
      {before?.(undefined)}
    </ul>
  )
}

export function focusRow(tree: Element | null, id: string): void {
  tree?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus()
}

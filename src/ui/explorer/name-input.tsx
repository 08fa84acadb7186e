import { useEffect, useId, useRef, useState } from 'react'
import type { Refusal } from '../../state/entries.ts'
import { Icon, type AnyIcon } from '../late-icons.tsx'

interface NameInputProps {
  readonly label: string
  readonly icon: AnyIcon
  readonly level: number
  readonly initial: string
  /** All of it is what is usually typed anew, and not the last part of a path without its ending. */
  readonly whole?: boolean
  /** Does it, or gives the reason why not. */
  readonly onCommit: (path: string) => Refusal
  /** `kept`: the name was taken. */
  readonly onEnd: (kept: boolean) => void
}

/** A name that is typed in the place where it will be. Enter takes it, Escape leaves everything as it was. */
export function NameInput({ label, icon, level, initial, whole = false, onCommit, onEnd }: NameInputProps) {
  const id = useId()
  const [text, setText] = useState(initial)
  const [problem, setProblem] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const ended = useRef(false)

  useEffect(() => {
    const element = input.current
    if (!element) return
    element.focus()
    const start = whole ? 0 : initial.lastIndexOf('/') + 1
    const dot = initial.lastIndexOf('.')
    element.setSelectionRange(start, !whole && dot > start ? dot : initial.length)
    element.scrollIntoView({ block: 'nearest' })
  }, [initial, whole])

  function end(kept: boolean): void {
    if (ended.current) return
    ended.current = true
    onEnd(kept)
  }

  function commit(leaving: boolean): void {
    if (ended.current) return
    if (text === initial) return end(false)
    const refused = onCommit(text)
    if (refused === undefined) return end(true)
    // Nothing is lost but a name that could not be used.
    if (leaving) return end(false)
    setProblem(refused)
  }

  return (
    <li
      className="tree-row naming"
      role="treeitem"
      tabIndex={-1}
      aria-level={level}
      aria-selected={false}
      style={{ paddingLeft: 8 + (level - 1) * 12 }}
    >
      <span className="tree-toggle" />
      <Icon name={icon} />
      <span className="grow">
        <input
          ref={input}
          className="input mono"
          aria-label={label}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : id}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setProblem(undefined)
          }}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') commit(false)
            else if (event.key === 'Escape') end(false)
            else return
            event.preventDefault()
          }}
          onBlur={() => commit(true)}
        />
        <span className="naming-problem" id={id} role="alert">
          {problem}
        </span>
      </span>
    </li>
  )
}

import { useEffect, useRef } from 'react'
import { marked } from './fuzzy.ts'
import { Keys } from './keys.tsx'
import type { Found } from './palette-model.ts'

interface PaletteOptionProps {
  readonly id: string
  readonly found: Found
  readonly whyNot: string | undefined
  readonly chosen: boolean
  readonly onChoose: () => void
}

export function PaletteOption({ id, found, whyNot, chosen, onChoose }: PaletteOptionProps) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const { command, at, recent } = found
  return (
    // The input has the focus and the keys; an <option> shows plain text only.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={element}
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="option"
      aria-selected={chosen}
      aria-disabled={whyNot !== undefined}
      className="palette-option"
      // The focus stays in the input.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className="cut grow">
        {marked(command.title, at).map(({ text, found: isFound }, index) =>
          // eslint-disable-next-line react/no-array-index-key -- pieces of one text
          isFound ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
        )}
      </span>
      {whyNot === undefined ? recent && <span className="dim">Recent</span> : <span className="dim">{whyNot}</span>}
      {/* Those of the form of the call mean something else here. */}
      {command.keys?.[0] !== undefined && command.keysOf !== 'call' && <Keys chord={command.keys[0]} />}
    </div>
  )
}

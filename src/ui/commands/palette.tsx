import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { Dialog } from '../dialogs/dialog.tsx'
import type { OpenedProps } from '../dialogs/open-dialog.ts'
import { useSelect, useWorkbench } from '../workbench-context.tsx'
import type { Command } from './command.ts'
import { paletteCommands } from './palette-commands.ts'
import { found, remember } from './palette-model.ts'
import { PaletteOption } from './palette-option.tsx'
import './palette.css'

/** How far Page Up and Page Down go. */
const page = 8

/** Every command of the page by its name. */
export function Palette({ onClose }: OpenedProps) {
  const workbench = useWorkbench()
  const state = useSelect((state) => state)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const id = useId()
  // What there is to do does not change under the fingers of somebody who chooses.
  const [commands] = useState(() => paletteCommands(state))
  const shown = useMemo(() => found(query, commands), [query, commands])
  const current = shown[chosen]

  function choose(command: Command): void {
    if (command.whyNot?.(state) !== undefined) return
    remember(command.id)
    // The focus is back where it was before the command puts it elsewhere.
    flushSync(onClose)
    command.run(workbench)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      if (current) choose(current.command)
      return
    }
    const next = nextChoice(event, chosen, shown.length)
    if (next === undefined) return
    event.preventDefault()
    setChosen(next)
  }

  return (
    <Dialog title="Commands" size="large" bare onClose={onClose}>
      <div className="palette">
        <input
          className="palette-query"
          type="text"
          role="combobox"
          aria-label="Command"
          aria-expanded="true"
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={current && `${id}${chosen}`}
          placeholder="What to do"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          enterKeyHint="go"
          data-autofocus
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot be typed into */}
        <div className="palette-list" id={`${id}list`} role="listbox" aria-label="Commands">
          {shown.map((each, index) => (
            <PaletteOption
              key={each.command.id}
              id={`${id}${index}`}
              found={each}
              whyNot={each.command.whyNot?.(state)}
              chosen={index === chosen}
              onChoose={() => choose(each.command)}
            />
          ))}
        </div>
        {shown.length === 0 && <p className="palette-empty">No command has these letters. Fewer may find it.</p>}
        <output className="visually-hidden">
          {query !== '' && `${shown.length} ${shown.length === 1 ? 'command' : 'commands'}`}
        </output>
      </div>
    </Dialog>
  )
}

function nextChoice({ key, ctrlKey }: KeyboardEvent, chosen: number, length: number): number | undefined {
  if (length === 0) return undefined
  switch (key) {
    case 'ArrowDown':
      return (chosen + 1) % length
    case 'ArrowUp':
      return (chosen - 1 + length) % length
    case 'PageDown':
      return Math.min(chosen + page, length - 1)
    case 'PageUp':
      return Math.max(chosen - page, 0)
    // Without Ctrl they move in the text.
    case 'Home':
      return ctrlKey ? 0 : undefined
    case 'End':
      return ctrlKey ? length - 1 : undefined
    default:
      return undefined
  }
}

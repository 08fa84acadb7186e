import { Dialog } from '../dialogs/dialog.tsx'
import type { OpenedProps } from '../dialogs/open-dialog.ts'
import type { Chord } from './chords.ts'
import { commandGroups } from './command.ts'
import { commands } from './commands.ts'
import { Keys } from './keys.tsx'
import './keyboard-dialog.css'

interface Keyed {
  readonly id: string
  readonly title: string
  readonly keys?: readonly Chord[]
  readonly keysWhen?: string
}

/** What counts only where the focus is on it, and is no command. */
const onFocus: readonly Keyed[] = [
  { id: 'call-line', title: 'Make the call, in its line or a field', keys: ['Enter'] },
  { id: 'rename', title: 'Rename a file, or name a saved call', keys: ['F2'] },
  { id: 'delete', title: 'Delete a file, or close its tab', keys: ['Delete'] },
  { id: 'menu', title: 'Menu of a file', keys: ['Shift+F10'] },
  { id: 'divider', title: 'Move a divider between panes', keys: ['←', '→'] },
  { id: 'close', title: 'Close a dialog or a menu', keys: ['Esc'] },
]

const groups: readonly { readonly name: string; readonly commands: readonly Keyed[] }[] = [
  ...commandGroups.map((name) => ({
    name,
    commands: commands.filter(({ group, keys }) => group === name && keys !== undefined),
  })),
  { name: 'Where the focus is', commands: onFocus },
].filter(({ commands }) => commands.length > 0)

/** All keys of the page, by what they are for. */
export function KeyboardDialog({ onClose }: OpenedProps) {
  return (
    <Dialog title="Keyboard" size="large" onClose={onClose}>
      {/* Takes the focus, so that arrow keys scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role */}
      <div className="keyboard-map" role="group" aria-label="Keys" tabIndex={0} data-autofocus>
        {groups.map(({ name, commands }) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {commands.map(({ id, title, keys, keysWhen }) => (
                <div key={id}>
                  <dt>
                    {title}
                    {keysWhen !== undefined && <span className="dim"> {keysWhen}</span>}
                  </dt>
                  <dd>
                    {keys?.map((chord, index) => (
                      <span key={chord}>
                        {index > 0 && <span className="dim"> or </span>}
                        <Keys chord={chord} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

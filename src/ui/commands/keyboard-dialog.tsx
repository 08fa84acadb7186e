import { Dialog } from '../dialogs/dialog.tsx'
import type { OpenedProps } from '../dialogs/open-dialog.ts'
import { commandGroups } from './command.ts'
import { commands } from './commands.ts'
import { Keys } from './keys.tsx'
import './keyboard-dialog.css'

const groups = commandGroups.flatMap((name) => {
  const keyed = commands.filter(({ group, keys }) => group === name && keys !== undefined)
  return keyed.length === 0 ? [] : [{ name, commands: keyed }]
})

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
              {commands.map(({ id, title, keys }) => (
                <div key={id}>
                  <dt>{title}</dt>
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

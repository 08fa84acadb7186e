import type { State } from '../../state/state.ts'
import type { Workbench } from '../../state/store.ts'
import { isPressed, type KeyPress } from './chords.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'

/** The command that a key press means, if it is the page's to answer. `inCall`: the focus is in the form of the call. */
export function commandFor(press: KeyPress, state: State, inCall = false): Command | undefined {
  const meant = commands.filter(({ keys }) => keys?.some((chord) => isPressed(chord, press)))
  const own = inCall ? meant.find(({ keysOf }) => keysOf === 'call') : undefined
  const command = own ?? meant.find(({ keysOf }) => keysOf !== 'call')
  if (!command || command.keysOf === 'editor') return undefined
  if (command.keysOf === 'held' && command.whyNot?.(state) !== undefined) return undefined
  return command
}

/** Keys that work everywhere in the page, the editors included, until the returned function is called. */
export function listenToKeys(workbench: Workbench): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const state = workbench.store.getState()
    const inCall = event.target instanceof Element && event.target.closest('.call-form') !== null
    const command = commandFor(event, state, inCall)
    if (!command) return
    // The browser's own meaning of the key would come as a surprise even where the command cannot run.
    event.preventDefault()
    // What lies behind a dialog is out of reach; the dialog may have its own use for the key.
    if (document.querySelector('dialog:modal') && command.id !== 'palette') return
    event.stopPropagation()
    if (command.whyNot?.(state) === undefined) command.run(workbench)
  }
  // Before the editor sees it: there Ctrl+Enter would insert a line and F8 would open a widget of its own.
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
}

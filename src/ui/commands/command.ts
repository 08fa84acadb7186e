import type { State } from '../../state/state.ts'
import type { Workbench } from '../../state/store.ts'
import type { Chord } from './chords.ts'

/** In the order in which the keyboard map shows them. */
export const commandGroups = ['Run', 'Project', 'Go to', 'Panes', 'Editor', 'Page'] as const
export type CommandGroup = (typeof commandGroups)[number]

/** Something that the page can do, whoever asks for it: a key, the palette, a button. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly group: CommandGroup
  /** The first one is shown beside the title. */
  readonly keys?: readonly Chord[]
  /**
   * `editor`: the editor itself answers to the keys. `held`: so does it while the command cannot run. `call`: the keys are
   * the command's while the focus is in the form of the call, whatever they mean elsewhere.
   */
  readonly keysOf?: 'editor' | 'held' | 'call'
  /** When the keys mean this and nothing else, for the keyboard map. */
  readonly keysWhen?: string
  /** Other words for it, by which it is found. */
  readonly words?: string
  /** Why it cannot run now, one short sentence; undefined where it can. */
  readonly whyNot?: (state: State) => string | undefined
  readonly run: (workbench: Workbench) => void
}

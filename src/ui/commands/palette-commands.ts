import type { State } from '../../state/state.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { projectCommands } from './project-commands.ts'

/** Everything that the palette offers: the commands of the page, and those that the open project brings. */
export const paletteCommands = (state: State): Command[] => [
  ...commands.filter(({ id }) => id !== 'palette').map(named),
  ...projectCommands(state),
]

/** The keyboard map says "Go to" once, above its list. */
const named = (command: Command): Command =>
  command.group === 'Go to' ? { ...command, title: `Go to: ${command.title}` } : command

import { examples } from '../../project/examples/index.ts'
import { isWit } from '../../project/paths.ts'
import { namedCall, type NamedCall } from '../../state/saved-calls.ts'
import { sourceFiles, witFiles, worldName } from '../../state/selectors.ts'
import type { State } from '../../state/state.ts'
import { shortCall } from '../panels/call/call-name.ts'
import type { Command } from './command.ts'
import { focusEditor } from '../shell/panes.ts'

/** What there is to open, to choose and to call in the project as it is now. */
export function projectCommands(state: State): Command[] {
  const { project, worlds } = state
  const main = [...witFiles(project), ...sourceFiles(project)]
  const files = new Set([...main, ...Object.keys(project.files)])
  const calls = [...new Set(project.calls)].map(namedCall)
  const shortNames = calls.map(({ call }) => shortCall(call))
  // Two interfaces may have a function of the same name.
  const read = ({ call }: NamedCall): string => {
    const short = shortCall(call)
    return shortNames.filter((each) => each === short).length > 1 ? call : short
  }
  const world = worldName(state)
  return [
    ...[...files].map((path): Command => ({
      id: `file:${path}`,
      title: `Go to file: ${path}`,
      group: 'Go to',
      run: (workbench) => {
        workbench.actions.showFile(path)
        focusEditor(workbench, isWit(path) ? 'wit' : 'source')
      },
    })),
    ...calls.map((each): Command => ({
      id: `call:${each.call}`,
      title: `Call: ${each.name === '' ? '' : `${each.name}, `}${read(each)}`,
      group: 'Run',
      words: `call ${each.call}`,
      run: ({ actions }) => {
        actions.setCall(each.call)
        void actions.call(each.call)
      },
    })),
    ...(worlds.length < 2 ? [] : worlds).map((name): Command => ({
      id: `world:${name}`,
      title: `Use world: ${name}`,
      group: 'Project',
      whyNot: () => (name === world ? 'This one is in use' : undefined),
      run: ({ actions }) => actions.setWorld(name),
    })),
    ...examples.map(({ id, title, why }): Command => ({
      id: `example:${id}`,
      title: id === 'untitled' ? title : `Open example: ${title}`,
      group: 'Project',
      words: why,
      run: ({ actions }) => actions.openExample(id),
    })),
  ]
}

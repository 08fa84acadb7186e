import { goToProblem } from '../../state/problem-walk.ts'
import type { Workbench } from '../../state/store.ts'
import type { Command } from '../commands/command.ts'
import { defaultLayout } from '../../state/layout.ts'
import { panels } from '../panels/registry.ts'
import { focusEditor, focusPanel, focusRegion, showPanel, toggleDrawer, toggleExplorer, toggleSide } from './panes.ts'

/** Also shows the list, in which the problem is marked. */
function walkProblems(workbench: Workbench, step: 1 | -1): void {
  showPanel(workbench, 'problems')
  goToProblem(workbench, step)
}

/** The tabs on the right have numbers in their order; the problems have the key that they have everywhere. */
const panelKeys = new Map([
  ...panels.filter(({ area }) => area === 'side').map(({ id }, index) => [id, `Mod+Alt+${index + 1}`] as const),
  ['problems', 'Mod+Shift+M'] as const,
])

/** What the shell can do: going to its parts, and showing and hiding them. */
export const shellCommands: readonly Command[] = [
  {
    id: 'focus-wit',
    title: 'WIT editor',
    group: 'Go to',
    keys: ['Mod+1'],
    run: (workbench) => focusEditor(workbench, 'wit'),
  },
  {
    id: 'focus-source',
    title: 'TypeScript editor',
    group: 'Go to',
    keys: ['Mod+2'],
    run: (workbench) => focusEditor(workbench, 'source'),
  },
  ...panels.map(({ id, title }): Command => {
    const keys = panelKeys.get(id)
    return {
      id: `panel-${id}`,
      title,
      group: 'Go to',
      words: 'panel tab',
      ...(keys === undefined ? {} : { keys: [keys] }),
      run: (workbench) => focusPanel(workbench, id),
    }
  }),
  {
    id: 'next-problem',
    title: 'Next problem',
    group: 'Go to',
    keys: ['F8'],
    words: 'error warning',
    run: (workbench) => walkProblems(workbench, 1),
  },
  {
    id: 'previous-problem',
    title: 'Previous problem',
    group: 'Go to',
    keys: ['Shift+F8'],
    words: 'error warning',
    run: (workbench) => walkProblems(workbench, -1),
  },
  { id: 'next-region', title: 'Next region', group: 'Go to', keys: ['F6'], run: () => focusRegion(1) },
  { id: 'previous-region', title: 'Previous region', group: 'Go to', keys: ['Shift+F6'], run: () => focusRegion(-1) },
  {
    id: 'toggle-explorer',
    title: 'Show or hide the explorer',
    group: 'Panes',
    keys: ['Mod+B'],
    words: 'files sidebar',
    run: toggleExplorer,
  },
  {
    id: 'toggle-drawer',
    title: 'Show or hide the drawer',
    group: 'Panes',
    keys: ['Mod+J'],
    words: 'metrics problems bottom panel',
    run: toggleDrawer,
  },
  {
    id: 'toggle-side',
    title: 'Show or hide the side panels',
    group: 'Panes',
    words: 'call world output right',
    run: toggleSide,
  },
  {
    id: 'reset-layout',
    title: 'Reset the sizes of the panes',
    group: 'Panes',
    words: 'layout default',
    run: ({ actions }) => actions.setLayout(defaultLayout),
  },
]

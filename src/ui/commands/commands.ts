import { isBusy, isCommand } from '../../state/selectors.ts'
import { setWrap, wrapsLines } from '../editor/wrap.ts'
import { settingBounds, themes } from '../../state/settings.ts'
import type { Workbench } from '../../state/store.ts'
import { closeDialog, dialogStore, openDialog } from '../dialogs/open-dialog.ts'
import type { Command } from './command.ts'
import { chooseProjectFile } from '../share/choose-project-file.ts'
import { save } from '../share/save.ts'
import { editorCommands } from './editor-commands.ts'
import { fileCommands } from './file-commands.ts'
import { runProject } from '../run-project.ts'
import { withValidCall } from '../valid-call.ts'
import { shellCommands } from '../shell/shell-commands.ts'

const themeNames = { system: 'as the system has it', light: 'light', dark: 'dark' } as const

function resizeText({ store, actions }: Workbench, step: number): void {
  const { least, most } = settingBounds.fontSize
  const size = store.getState().preferences.fontSize + step
  if (size >= least && size <= most) actions.setPreference('fontSize', size)
}

/** The commands that are there whatever the project is. Those with keys make the key map; all are in the palette. */
export const commands: readonly Command[] = [
  {
    id: 'run',
    title: 'Run',
    group: 'Run',
    keys: ['Mod+Enter'],
    run: runProject,
  },
  {
    id: 'call',
    title: 'Call',
    group: 'Run',
    keys: ['Mod+Enter'],
    keysOf: 'call',
    keysWhen: 'in the form of the call',
    words: 'invoke instance',
    whyNot: (state) =>
      isBusy(state)
        ? 'A run is under way'
        : state.call.trim() === '' && !(state.prepared && isCommand(state.prepared.world))
          ? 'There is no call to make'
          : undefined,
    run: (workbench) => withValidCall(workbench, () => void workbench.actions.call()),
  },
  {
    id: 'repeat',
    title: 'Repeat the last call',
    group: 'Run',
    keys: ['Mod+Shift+Enter'],
    run: ({ actions }) => void actions.repeatLastCall(),
  },
  {
    id: 'stop',
    title: 'Stop',
    group: 'Run',
    keys: ['Mod+.'],
    // Where nothing runs, the key stays the editor's own for its quick fixes.
    keysOf: 'held',
    keysWhen: 'while something runs',
    words: 'cancel end kill',
    whyNot: (state) => (isBusy(state) || state.downloading ? undefined : 'Nothing is running'),
    run: ({ actions }) => actions.stop(),
  },
  {
    id: 'measure',
    title: 'Measure the call',
    group: 'Run',
    words: 'benchmark burst time',
    whyNot: (state) => (state.call.trim() === '' ? 'There is no call to measure' : undefined),
    run: (workbench) =>
      withValidCall(workbench, () => void workbench.actions.burst(workbench.store.getState().burstCount)),
  },
  {
    id: 'clear-history',
    title: 'Clear the history of calls',
    group: 'Run',
    whyNot: (state) => (state.history.length === 0 ? 'There is none yet' : undefined),
    run: ({ actions }) => actions.clearHistory(),
  },
  {
    id: 'clear-output',
    title: 'Clear the Terminal',
    group: 'Run',
    run: ({ actions }) => actions.clearOutput(),
  },
  {
    id: 'save',
    title: 'Save and share',
    group: 'Project',
    keys: ['Mod+S'],
    run: (workbench) => void save(workbench),
  },
  { id: 'share', title: 'Share a link', group: 'Project', words: 'url copy', run: () => openDialog('share') },
  {
    id: 'download-project',
    title: 'Download the project',
    group: 'Project',
    words: 'export json file backup',
    run: ({ actions }) => actions.downloadProject(),
  },
  {
    id: 'open-project',
    title: 'Open a project file',
    group: 'Project',
    words: 'import json upload',
    run: chooseProjectFile,
  },
  {
    id: 'download',
    title: 'Download the component',
    group: 'Project',
    words: 'export wasm file',
    whyNot: (state) => (state.downloading ? 'A download is on its way' : undefined),
    run: ({ actions }) => void actions.download(),
  },
  ...shellCommands,
  ...fileCommands,
  ...editorCommands,
  {
    id: 'text-larger',
    title: 'Larger text',
    group: 'Editor',
    words: 'font size zoom bigger',
    whyNot: ({ preferences }) => (preferences.fontSize < settingBounds.fontSize.most ? undefined : 'It is the largest'),
    run: (workbench) => resizeText(workbench, 1),
  },
  {
    id: 'text-smaller',
    title: 'Smaller text',
    group: 'Editor',
    words: 'font size zoom',
    whyNot: ({ preferences }) =>
      preferences.fontSize > settingBounds.fontSize.least ? undefined : 'It is the smallest',
    run: (workbench) => resizeText(workbench, -1),
  },
  {
    id: 'wrap',
    title: 'Wrap long lines, on or off',
    group: 'Editor',
    keys: ['Alt+Z'],
    words: 'word break fold scroll sideways',
    run: (workbench) => setWrap(workbench, wrapsLines(workbench.store.getState()) ? 'never' : 'always'),
  },
  {
    id: 'palette',
    title: 'All commands',
    group: 'Page',
    keys: ['F1', 'Mod+Shift+P'],
    run: () => (dialogStore.getState().open === 'palette' ? closeDialog() : openDialog('palette')),
  },
  {
    id: 'settings',
    title: 'Settings',
    group: 'Page',
    words: 'preferences options font size theme limits',
    run: () => openDialog('settings'),
  },
  {
    id: 'keyboard',
    title: 'Keyboard map',
    group: 'Page',
    words: 'shortcuts keys help',
    run: () => openDialog('keyboard'),
  },
  ...themes.map((theme): Command => ({
    id: `theme-${theme}`,
    title: `Theme: ${themeNames[theme]}`,
    group: 'Page',
    words: 'color colour mode',
    whyNot: ({ preferences }) => (preferences.theme === theme ? 'This one is in use' : undefined),
    run: ({ actions }) => actions.setPreference('theme', theme),
  })),
]

import { isUndo } from '../../state/notices.ts'
import { lastClosed } from '../../state/tabs.ts'
import { loadedEditors } from '../editor/use-editors.ts'
import type { Command } from './command.ts'
import { focusEditor } from '../shell/panes.ts'

/** The tabs of the editors, and what was deleted. */
export const fileCommands: readonly Command[] = [
  {
    id: 'close-file',
    title: 'Close the file',
    group: 'Editor',
    keys: ['Alt+W'],
    words: 'tab',
    whyNot: ({ active }) => (active[active.last] === '' ? 'No file is open' : undefined),
    run({ store, actions }) {
      if (loadedEditors()?.leaveLibrary() === true) return
      const { active } = store.getState()
      actions.closeFile(active[active.last])
    },
  },
  {
    id: 'reopen-file',
    title: 'Open the file that was closed last',
    group: 'Editor',
    keys: ['Shift+Alt+W'],
    words: 'tab reopen',
    whyNot: (state) => (lastClosed(state) === undefined ? 'None was closed' : undefined),
    run(workbench) {
      workbench.actions.reopenFile()
      const { active } = workbench.store.getState()
      focusEditor(workbench, active.last)
    },
  },
  {
    id: 'undo-notice',
    title: 'Undo what was deleted, replaced or set aside',
    group: 'Project',
    words: 'restore bring back edits',
    whyNot: ({ notices }) => (notices.some(isUndo) ? undefined : 'There is nothing to undo'),
    run: ({ actions }) => actions.undo(),
  },
]

import { loadedEditors } from '../editor/use-editors.ts'
import type { Command } from './command.ts'
import type { Chord } from './chords.ts'

/** What the editor does by itself, in the editor that was used last. */
function editorCommand(id: string, title: string, action: string, keys?: Chord): Command {
  return {
    id,
    title,
    group: 'Editor',
    ...(keys === undefined ? {} : { keys: [keys], keysOf: 'editor' as const }),
    whyNot: () => {
      const editors = loadedEditors()
      if (!editors) return 'The editors are still loading'
      return editors.offers(action) ? undefined : 'Not for this file'
    },
    run: () => loadedEditors()?.perform(action),
  }
}

export const editorCommands: readonly Command[] = [
  editorCommand('find', 'Find in the file', 'actions.find', 'Mod+F'),
  editorCommand('go-to-line', 'Go to line', 'editor.action.gotoLine', 'Ctrl+G'),
  editorCommand('go-to-symbol', 'Go to symbol', 'editor.action.quickOutline', 'Mod+Shift+O'),
  editorCommand('go-to-definition', 'Go to the definition', 'editor.action.revealDefinition', 'F12'),
  editorCommand('references', 'List the references', 'editor.action.goToReferences', 'Shift+F12'),
  editorCommand('rename-symbol', 'Rename the symbol', 'editor.action.rename', 'F2'),
  editorCommand('suggest', 'Suggest what can stand here', 'editor.action.triggerSuggest', 'Ctrl+Space'),
  {
    ...editorCommand('quick-fix', 'Quick fixes', 'editor.action.quickFix', 'Mod+.'),
    // While something runs, the key stops that.
    keysWhen: 'while nothing runs',
  },
  editorCommand('comment', 'Comment the lines', 'editor.action.commentLine', 'Mod+/'),
  editorCommand('format', 'Format the file', 'editor.action.formatDocument', 'Shift+Alt+F'),
  {
    ...editorCommand('tab-focus', 'Tab leaves the editor, on or off', 'editor.action.toggleTabFocusMode'),
    keys: ['Ctrl+M'],
    words: 'trap keyboard accessibility',
  },
]

import type { WorldFiles } from '../../../state/simulation/files.ts'
import type { FilePlace } from '../../../wasi/filesystem/edit.ts'
import { type Node, plainTextOf } from '../../../wasi/filesystem/tree.ts'
import { loadedEditors } from '../../editor/use-editors.ts'
import { useWorkbench } from '../../workbench-context.tsx'

/** Bytes: a longer text would be slow to type in. */
const longestEdited = 2_000_000

interface Editing {
  readonly isEditable: (node: Node | undefined) => boolean
  /** Opens the file in the editor and puts the cursor there. */
  readonly edit: (place: FilePlace) => Promise<void>
}

/** How files of the simulated world get into the editor of the sources. */
export function useEditing(files: WorldFiles): Editing {
  const workbench = useWorkbench()
  return {
    isEditable: (node) => node instanceof Uint8Array && node.length <= longestEdited && plainTextOf(node) !== undefined,
    async edit({ preopen, path }) {
      const { store, actions } = workbench
      const { opened } = store.getState()
      // Before it no editor has to come for this: it comes with the page.
      const editor = loadedEditors() && (await import('../../editor/world-files.ts').catch(() => undefined))
      if (store.getState().opened !== opened) return
      if (editor) editor.openWorldFile(workbench, files, { preopen, path })
      else actions.say('The editor is not there yet. Try again, or change the text in Files.')
    },
  }
}

import type { Workbench } from '../../state/store.ts'
import { openDialog } from '../dialogs/open-dialog.ts'

/**
 * What Ctrl+S does: the project goes into the address bar, and the dialog shows the link. Who has it run on save does not
 * want a dialog over the result.
 */
export async function save({ store, actions }: Workbench): Promise<void> {
  if (store.getState().preferences.runOn === 'demand') return openDialog('share')
  actions.saved()
  const link = await actions.shareLink()
  if (link.ok) actions.keepLink(link.value)
  else openDialog('share')
}

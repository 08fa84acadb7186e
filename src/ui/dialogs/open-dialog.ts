import { createStore } from 'zustand/vanilla'

/** The dialogs that any part of the page may open; `registry.ts` says where their code is. */
export type DialogId = 'palette' | 'keyboard' | 'settings' | 'share'

/** What such a dialog is given. */
export interface OpenedProps {
  readonly onClose: () => void
}

/** The dialog that is open, if any: one at a time, and none survives a reload. */
export const dialogStore = createStore<{
  readonly open: DialogId | undefined
  /** The setting that it is about. */
  readonly at: string | undefined
}>(() => ({ open: undefined, at: undefined }))

export const openDialog = (open: DialogId, at?: string): void => dialogStore.setState({ open, at })

export const closeDialog = (): void => dialogStore.setState({ open: undefined, at: undefined })

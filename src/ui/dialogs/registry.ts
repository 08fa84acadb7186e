import type { ComponentType } from 'react'
import type { DialogId, OpenedProps } from './open-dialog.ts'

/** Where the code of each dialog is. None is part of what the page loads at once. */
export const dialogs: Readonly<Record<DialogId, () => Promise<ComponentType<OpenedProps>>>> = {
  palette: async () => (await import('../commands/palette.tsx')).Palette,
  keyboard: async () => (await import('../commands/keyboard-dialog.tsx')).KeyboardDialog,
  settings: async () => (await import('../settings/settings-dialog.tsx')).SettingsDialog,
  share: async () => (await import('../share/share-dialog.tsx')).ShareDialog,
}

import { useEffect, useState, type ComponentType } from 'react'
import { useStore } from 'zustand'
import { closeDialog, dialogStore, type DialogId, type OpenedProps } from './open-dialog.ts'
import { dialogs } from './registry.ts'

type Loaded = { readonly id: DialogId; readonly Component: ComponentType<OpenedProps> }

/** Draws the dialog that is open; its code is fetched when it is opened for the first time. */
export function DialogHost() {
  const open = useStore(dialogStore, (state) => state.open)
  const [loaded, setLoaded] = useState<Loaded>()
  useEffect(() => {
    if (open === undefined) return undefined
    let wanted = true
    void dialogs[open]()
      .catch(() => import('./load-failure.tsx').then(({ LoadFailure }) => LoadFailure))
      .then((Component) => wanted && setLoaded({ id: open, Component }))
      // Not even the words for it can be fetched: the same key tries again.
      .catch(closeDialog)
    return () => {
      wanted = false
    }
  }, [open])
  if (open === undefined || loaded?.id !== open) return null
  return <loaded.Component onClose={closeDialog} />
}

import { Dialog } from './dialog.tsx'
import type { OpenedProps } from './open-dialog.ts'

/** Stands in for a dialog whose code did not arrive. */
export function LoadFailure({ onClose }: OpenedProps) {
  return (
    <Dialog title="Not loaded" size="small" onClose={onClose}>
      <p className="dialog-words" role="alert">
        This part of the page could not be loaded. Check the connection and open it again, or reload the page where it
        was updated meanwhile.
      </p>
    </Dialog>
  )
}

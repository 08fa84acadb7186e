import { useEffect } from 'react'
import { holdsWork } from '../../state/selectors.ts'
import { useWorkbench } from '../workbench-context.tsx'

/** Keeps work from going with the page: asks before it closes, and takes no file that misses the explorer. */
export function useLeaveWarning(): void {
  const { store } = useWorkbench()
  useEffect(() => {
    const onBeforeUnload = (event: BeforeUnloadEvent): void => {
      if (holdsWork(store.getState())) event.preventDefault()
    }
    /** A browser opens a file that is dropped anywhere, in the place of the page. */
    const onDrag = (event: DragEvent): void => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'none'
    }
    window.addEventListener('beforeunload', onBeforeUnload)
    window.addEventListener('dragover', onDrag)
    window.addEventListener('drop', onDrag)
    return () => {
      window.removeEventListener('beforeunload', onBeforeUnload)
      window.removeEventListener('dragover', onDrag)
      window.removeEventListener('drop', onDrag)
    }
  }, [store])
}

import { useEffect } from 'react'
import { useWorkbench } from '../workbench-context.tsx'

/** The key map comes right after the page: nobody presses a key before there is something to see. */
export function useKeyMap(): void {
  const workbench = useWorkbench()
  useEffect(() => {
    let end: (() => void) | undefined
    let mounted = true
    import('./key-map.ts').then(
      ({ listenToKeys }) => {
        if (mounted) end = listenToKeys(workbench)
      },
      (error: unknown) => console.error(error),
    )
    return () => {
      mounted = false
      end?.()
    }
  }, [workbench])
}

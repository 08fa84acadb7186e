import { useCallback, useEffect, useState } from 'react'
import { isBusy } from '../../state/selectors.ts'
import type { Workbench } from '../../state/store.ts'
import { useWorkbench } from '../workbench-context.tsx'
import type { Editors } from './editors.ts'

let loading: Promise<Editors> | undefined
let loaded: Editors | undefined

/** The editors where they are there by now. */
export const loadedEditors = (): Editors | undefined => loaded

export interface EditorLoad {
  readonly editors: Editors | undefined
  /** Whether they did not arrive; `retry` asks for them once more. */
  readonly failed: boolean
  readonly retry: () => void
}

/** The editors, once they are loaded: after the first paint, and not while a run wants the processor. */
export function useEditors(): EditorLoad {
  const workbench = useWorkbench()
  const [editors, setEditors] = useState<Editors>()
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let mounted = true
    loadOnce(workbench)
      .then((made) => mounted && setEditors(made))
      .catch((error: unknown) => {
        console.error(error)
        loading = undefined
        if (mounted) setFailed(true)
      })
    return () => {
      mounted = false
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- one attempt more is one load more
  }, [workbench, attempt])
  const retry = useCallback(() => {
    setFailed(false)
    setAttempt((before) => before + 1)
  }, [])
  return { editors, failed, retry }
}

function loadOnce(workbench: Workbench): Promise<Editors> {
  loading ??= load(workbench)
  return loading
}

async function load(workbench: Workbench): Promise<Editors> {
  await painted()
  await quiet(workbench)
  const { createEditors } = await import('./editors.ts')
  const editors = createEditors(workbench)
  loaded = editors
  workbench.actions.followWorld()
  return editors
}

const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      // Safari has no requestIdleCallback.
      if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 1000 })
      else setTimeout(resolve, 50)
    })
  })

const quiet = ({ store }: Workbench): Promise<void> =>
  new Promise((resolve) => {
    if (!isBusy(store.getState())) return resolve()
    const end = store.subscribe((state) => {
      if (isBusy(state)) return
      end()
      resolve()
    })
  })

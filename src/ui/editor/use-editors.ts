import { useCallback, useEffect, useState } from 'react'
import { loadExamples } from '../../project/examples/load.ts'
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

/** The editors, once they are loaded: fetched and started at once, unless a run wants the processor. */
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
  await quiet(workbench)
  fetchModules()
  await painted()
  await quiet(workbench)
  const { createEditors } = await import('./editors.ts')
  const editors = createEditors(workbench)
  loaded = editors
  workbench.actions.followWorld()
  // Whoever has come to write does so first.
  afterPause(fetchSpares)
  return editors
}

/** Milliseconds. */
const pause = 4000
const afterPause = (work: () => void): void => void setTimeout(work, pause)

/**
 * What is asked for again where it does not come, and is here before: the examples, so that opening one does not wait,
 * and what takes a project out of the page, before the server has another version of it.
 */
function fetchSpares(): void {
  loadExamples().catch(() => {})
  import('../../project/exchange.ts').catch(() => {})
}

/** Fetches and compiles the scripts of the editors without running them, which takes the processor for a while. */
function fetchModules(): void {
  const named = document.querySelector<HTMLMetaElement>('meta[name="editor-modules"]')?.content ?? ''
  for (const href of named.split(' ').filter((each) => each !== '')) {
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = href
    document.head.append(link)
  }
}

const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
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

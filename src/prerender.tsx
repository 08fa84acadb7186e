import { renderToString } from 'react-dom/server'
import { defaultExample } from './project/examples/index.ts'
import { loadExample } from './project/examples/load.ts'
import { createWorkbench } from './state/store.ts'
import type { Services } from './state/services.ts'
import { App } from './ui/app.tsx'
import { WorkbenchProvider } from './ui/workbench-context.tsx'

/**
 * The page as it is opened, as HTML: the build puts it into index.html, so that there is something to read before any
 * script has come. The script draws the same once more and puts it in its place.
 */
export function prerender(): string {
  const workbench = createWorkbench(stillServices)
  workbench.actions.openExample(defaultExample)
  return renderToString(
    <WorkbenchProvider workbench={workbench}>
      <App />
    </WorkbenchProvider>,
  )
}

const never = new Promise<never>(() => {})

/** Services of a page on which nothing happens. */
const stillServices: Services = {
  toolchain: {
    prepare: () => never,
    compile: () => never,
    engine: () => never,
    core: () => never,
    assemble: () => never,
    warm() {},
    dispose() {},
  },
  runner: {
    state: 'idle',
    warm() {},
    start: () => never,
    call: () => never,
    burst: () => never,
    runCommand: () => never,
    drop: () => never,
    snapshot: () => never,
    stop() {},
    dispose() {},
  },
  checkWit: () => never,
  loadExample,
  saveFile() {},
  address: { page: () => '', fragment: () => '', replaceFragment() {} },
  storage: { read: () => null, write() {} },
  schedule: { nextFrame() {}, afterPause: () => () => {} },
  transfersSince: () => [],
  now: () => 0,
}

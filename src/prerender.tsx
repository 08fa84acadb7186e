import { renderToString } from 'react-dom/server'
import { defaultExample } from './project/examples/titles.ts'
import { loadExample } from './project/examples/load.ts'
import { createWorkbench } from './state/store.ts'
import type { Services } from './state/services.ts'
import { App } from './ui/app.tsx'
import { assumeWidth } from './ui/theme/use-theme.ts'
import { WorkbenchProvider } from './ui/workbench-context.tsx'

/**
 * A window of each shape that the page has, by its width in pixels: drawn.css shows the one that fits. Between narrow and
 * full only the explorer is left out, which the style sheet does.
 */
const windows = { full: 1440, narrow: 1000, small: 390 } as const

/**
 * The page as it is opened, as HTML: the build puts it into index.html, so that there is something to read before any
 * script has come. The script draws the same once more and puts it in its place.
 */
export function prerender(): string {
  const workbench = createWorkbench(stillServices)
  workbench.actions.openExample(defaultExample)
  return Object.entries(windows)
    .map(([name, width]) => {
      assumeWidth(width)
      const page = renderToString(
        <WorkbenchProvider workbench={workbench}>
          <App />
        </WorkbenchProvider>,
        { identifierPrefix: `${name}-` },
      )
      return page.replace('<div ', `<div data-drawn="${name}" `)
    })
    .join('')
}

const never = new Promise<never>(() => {})

/** Services of a page on which nothing happens. */
const stillServices: Services = {
  toolchain: {
    declare: () => never,
    prepare: () => never,
    compile: () => never,
    engine: () => never,
    core: () => never,
    assemble: () => never,
    warm() {},
    dispose() {},
  },
  addImport: () => never,
  runner: {
    state: 'idle',
    warm() {},
    start: () => never,
    call: () => never,
    burst: () => never,
    runCommand: () => never,
    respond: () => never,
    input() {},
    drop: () => never,
    snapshot: () => never,
    recording: () => never,
    stop() {},
    leave() {},
    dispose() {},
  },
  checkWit: () => never,
  loadExample,
  saveFile() {},
  address: { page: () => '', fragment: () => '', replaceFragment() {} },
  storage: { read: () => null, write() {} },
  schedule: { nextFrame() {}, afterPause: () => () => {}, afterRest() {} },
  transfersSince: () => [],
  canSuspend: true,
  now: () => 0,
}

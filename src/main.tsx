import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { defaultExample } from './project/examples/titles.ts'
import { createAutomation } from './state/automation.ts'
import { createWorkbench } from './state/store.ts'
import { createServices } from './services.ts'
import { App } from './ui/app.tsx'
import { WorkbenchProvider } from './ui/workbench-context.tsx'

/** The composition root of the workbench: services, store, page. Opening runs nothing. */
const workbench = createWorkbench(createServices())
const openAddress = (): void => void workbench.actions.openLink(location.hash)
if (location.hash.length > 1) openAddress()
else workbench.actions.openExample(defaultExample)
window.addEventListener('hashchange', () => location.hash.length > 1 && openAddress())
Object.defineProperty(window, '__witcraft', { value: createAutomation(workbench) })

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

/**
 * Until what the build drew is reported as painted, a moment at most: browsers take back a paint whose elements are gone
 * by then, as if there had been nothing to read.
 */
async function drawnPageSeen(): Promise<void> {
  if (document.visibilityState === 'hidden' || 'opening' in document.documentElement.dataset) return
  await new Promise<void>((resolve) => {
    new PerformanceObserver((_, observer) => {
      observer.disconnect()
      resolve()
    }).observe({ type: 'paint', buffered: true })
    setTimeout(resolve, 200)
  })
}

/** Draws last, when the page is there. */
function EarlyInput({ carryOn }: { carryOn: (() => void) | undefined }) {
  useEffect(() => carryOn?.(), [carryOn])
  return null
}

await drawnPageSeen()
const carryOn = window.witcraftEarly?.carry()
delete document.documentElement.dataset['opening']
// Takes the place of what the build drew there.
createRoot(root).render(
  <WorkbenchProvider workbench={workbench}>
    <App />
    <EarlyInput carryOn={carryOn} />
  </WorkbenchProvider>,
)

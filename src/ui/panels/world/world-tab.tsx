import { lazy, Suspense } from 'react'

const WorldPanel = lazy(async () => ({ default: (await import('./world-panel.tsx')).WorldPanel }))

/** The panel comes after the page: it is not in sight when the page opens. */
export function WorldTab() {
  return (
    <Suspense fallback={<p className="empty">Loading the settings of the world</p>}>
      <WorldPanel />
    </Suspense>
  )
}

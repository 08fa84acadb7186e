import { lazy, Suspense, type ComponentType } from 'react'

/** A panel whose code comes right after the page: for one that is not in sight when the page opens. */
export function latePanel(load: () => Promise<ComponentType>): ComponentType {
  const Panel = lazy(async () => ({ default: await load() }))
  return function LatePanel() {
    return (
      <Suspense fallback={<p className="empty">Loading this panel</p>}>
        <Panel />
      </Suspense>
    )
  }
}

import { useLayoutEffect, type ReactNode } from 'react'
import { showLayout } from '../first-look.ts'
import { useSelect } from '../workbench-context.tsx'

/** The grid of the page. Its children are given once, so that moving a sash draws nothing but the sizes. */
export function Frame({ children }: { children: ReactNode }) {
  const layout = useSelect((state) => state.preferences.layout)
  const view = useSelect((state) => state.shell.view)
  useLayoutEffect(() => showLayout(document.documentElement, layout), [layout])
  return (
    <div className="workbench" data-view={view}>
      {children}
    </div>
  )
}

import type { ReactNode } from 'react'
import { useSelect } from '../workbench-context.tsx'

declare module 'react' {
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined
  }
}

/** The grid of the page. Its children are given once, so that moving a sash draws nothing but the sizes. */
export function Frame({ children }: { children: ReactNode }) {
  const { explorer, side, drawer, output, wit, sideOpen, drawerOpen } = useSelect((state) => state.preferences.layout)
  const view = useSelect((state) => state.shell.view)
  return (
    <div
      className="workbench"
      data-view={view}
      data-side={sideOpen ? 'open' : 'closed'}
      data-drawer={drawerOpen ? 'open' : 'closed'}
      style={{
        '--explorer-width': `${explorer}px`,
        '--side-width': `${side}px`,
        '--drawer-height': `${drawer}px`,
        '--output-height': `${output}px`,
        '--wit-share': `${wit}%`,
      }}
    >
      {children}
    </div>
  )
}

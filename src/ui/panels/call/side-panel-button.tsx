import type { ReactNode } from 'react'
import { useActions } from '../../workbench-context.tsx'

interface SidePanelButtonProps {
  readonly panel: 'policy' | 'world'
  readonly children: ReactNode
}

/** Turns to the panel where something can be done about it. */
export function SidePanelButton({ panel, children }: SidePanelButtonProps) {
  const show = useShowSidePanel()
  return (
    <button type="button" className="button small" onClick={() => show(panel)}>
      {children}
    </button>
  )
}

/** Not `showPanel`, which knows all panels, and the one that asks with them. */
export function useShowSidePanel(): (panel: SidePanelButtonProps['panel']) => void {
  const { setLayout, setShell } = useActions()
  return (panel) => {
    setLayout({ sideTab: panel, sideOpen: true })
    setShell({ view: panel, filesOver: false })
  }
}

import type { ComponentType } from 'react'
import { latePart } from '../late-part.tsx'
import type { LatePanel } from './late-panels.ts'

/** A panel whose code comes when it is looked at. Where to find it comes right after the page. */
export const latePanel = (id: LatePanel): ComponentType =>
  latePart(async () => (await import('./late-panels.ts')).latePanels[id](), {
    pending: () => <p className="empty">Loading this panel</p>,
  })

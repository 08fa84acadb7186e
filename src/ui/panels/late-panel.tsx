import type { ComponentType } from 'react'
import { latePart } from '../late-part.tsx'

/** A panel whose code comes right after the page: for one that is not in sight when the page opens. */
export const latePanel = (load: () => Promise<ComponentType>): ComponentType =>
  latePart(load, { pending: () => <p className="empty">Loading this panel</p> })

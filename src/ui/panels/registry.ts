import type { ComponentType } from 'react'
import type { IconName } from '../icons.tsx'
import { CallPanel } from './call/call-panel.tsx'
import { MetricsPanel } from './metrics/metrics-panel.tsx'
import { OutputPanel } from './output/output-panel.tsx'
import { latePart } from '../late-part.tsx'
import { latePanel } from './late-panel.tsx'
import { ProblemCount } from './problems/problem-count.tsx'

const WorldToCome = latePart(async () => (await import('./world-to-come.tsx')).WorldToCome, { spare: true })

/**
 * A panel is one folder and one line here, and one in late-panels.ts where its code comes late. `side`: a tab of the column on the right; `side-below`: always in sight under
 * those tabs; `drawer`: a tab of the drawer under the editors. In a small window every panel is a tab at the bottom.
 */
export interface Panel {
  /** Lower-case letters and hyphens: it is stored as the tab that was chosen. */
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly area: 'side' | 'side-below' | 'drawer'
  readonly Component: ComponentType
  /** Stands above the panel while there is something to do before it is of use. */
  readonly Lead?: ComponentType
  /** Stands beside the title on the panel's tab. */
  readonly Count?: ComponentType
}

export const panels: readonly Panel[] = [
  { id: 'call', title: 'Call', icon: 'play', area: 'side', Component: CallPanel, Lead: WorldToCome },
  { id: 'output', title: 'Terminal', icon: 'terminal', area: 'side-below', Component: OutputPanel },
  { id: 'world', title: 'Clock & Env', icon: 'clock', area: 'side', Component: latePanel('world') },
  { id: 'files', title: 'Files', icon: 'files', area: 'side', Component: latePanel('files') },
  { id: 'http', title: 'HTTP', icon: 'export', area: 'side', Component: latePanel('http') },
  { id: 'policy', title: 'Policy', icon: 'shield', area: 'side', Component: latePanel('policy') },
  { id: 'metrics', title: 'Metrics', icon: 'chart', area: 'drawer', Component: MetricsPanel },
  { id: 'trace', title: 'Trace', icon: 'link', area: 'drawer', Component: latePanel('trace') },
  {
    id: 'problems',
    title: 'Problems',
    icon: 'error',
    area: 'drawer',
    Component: latePanel('problems'),
    Count: ProblemCount,
  },
]

export const panelsOf = (area: Panel['area']): readonly Panel[] => panels.filter((panel) => panel.area === area)

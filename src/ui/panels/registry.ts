import type { ComponentType } from 'react'
import type { IconName } from '../icons.tsx'
import { CallPanel } from './call/call-panel.tsx'
import { MetricsPanel } from './metrics/metrics-panel.tsx'
import { OutputPanel } from './output/output-panel.tsx'
import { WorldPanel } from './world/world-panel.tsx'

/**
 * A panel is one folder and one line here. `side`: a tab of the column on the right. `below`: always in sight, under
 * the tabs or under the editors. In a small window every panel is a tab at the bottom.
 */
export interface Panel {
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly area: 'side' | 'side-below' | 'code-below'
  readonly Component: ComponentType
}

export const panels: readonly Panel[] = [
  { id: 'call', title: 'Call', icon: 'play', area: 'side', Component: CallPanel },
  { id: 'output', title: 'Output', icon: 'terminal', area: 'side-below', Component: OutputPanel },
  { id: 'world', title: 'World', icon: 'server', area: 'side', Component: WorldPanel },
  { id: 'metrics', title: 'Metrics', icon: 'chart', area: 'code-below', Component: MetricsPanel },
]

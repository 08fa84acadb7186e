/** How the panes of the page are divided. Remembered between visits, the same for every project. */
export interface Layout extends Readonly<Record<PaneSize, number>>, Readonly<Record<PaneFlag, boolean>> {
  /** The panel chosen in the column on the right, and in the drawer; an unknown one stands for the first. */
  readonly sideTab: string
  readonly drawerTab: string
}

/** Widths of the columns, heights of the drawer and of the output, pixels; `wit`: the WIT editor's share in percent. */
export const paneSizes = ['explorer', 'side', 'drawer', 'output', 'wit'] as const
export type PaneSize = (typeof paneSizes)[number]

export const paneFlags = ['explorerOpen', 'sideOpen', 'drawerOpen'] as const
export type PaneFlag = (typeof paneFlags)[number]

export const paneBounds: Readonly<Record<PaneSize, { readonly min: number; readonly max: number }>> = {
  explorer: { min: 144, max: 480 },
  side: { min: 296, max: 960 },
  drawer: { min: 120, max: 800 },
  output: { min: 72, max: 800 },
  wit: { min: 15, max: 85 },
}

export const defaultLayout: Layout = {
  explorer: 200,
  side: 376,
  drawer: 264,
  output: 200,
  wit: 48,
  explorerOpen: true,
  sideOpen: true,
  drawerOpen: true,
  sideTab: 'call',
  drawerTab: 'metrics',
}

export function boundedSize(pane: PaneSize, size: number): number {
  const { min, max } = paneBounds[pane]
  return Math.round(Math.min(max, Math.max(min, size)))
}

/** What storage holds; every field falls back on its own. */
export function parseLayout(stored: unknown): Layout {
  if (typeof stored !== 'object' || stored === null) return defaultLayout
  const fields = new Map(Object.entries(stored))
  const size = (pane: PaneSize): number => {
    const value: unknown = fields.get(pane)
    return typeof value === 'number' && Number.isFinite(value) ? boundedSize(pane, value) : defaultLayout[pane]
  }
  const flag = (name: PaneFlag): boolean => {
    const value: unknown = fields.get(name)
    return typeof value === 'boolean' ? value : defaultLayout[name]
  }
  const tab = (name: 'sideTab' | 'drawerTab'): string => {
    const value: unknown = fields.get(name)
    return typeof value === 'string' && /^[a-z][a-z-]{0,31}$/.test(value) ? value : defaultLayout[name]
  }
  return {
    explorer: size('explorer'),
    side: size('side'),
    drawer: size('drawer'),
    output: size('output'),
    wit: size('wit'),
    explorerOpen: flag('explorerOpen'),
    sideOpen: flag('sideOpen'),
    drawerOpen: flag('drawerOpen'),
    sideTab: tab('sideTab'),
    drawerTab: tab('drawerTab'),
  }
}

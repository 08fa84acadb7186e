import { paneSizes, type Layout, type PaneSize } from '../state/layout.ts'

/**
 * How the page looks as somebody left it, as properties of the root element: set before the first paint by a script in
 * the head, and from then on whenever it changes. What the build drew is painted by them as what the script draws.
 */

const variables: Readonly<Record<PaneSize, readonly [name: string, unit: string]>> = {
  explorer: ['--explorer-width', 'px'],
  side: ['--side-width', 'px'],
  drawer: ['--drawer-height', 'px'],
  output: ['--output-height', 'px'],
  wit: ['--wit-share', '%'],
}

export function showLayout({ style, dataset }: HTMLElement, layout: Layout): void {
  for (const pane of paneSizes) {
    const [name, unit] = variables[pane]
    style.setProperty(name, layout[pane] + unit)
  }
  dataset['explorer'] = layout.explorerOpen ? 'open' : 'closed'
  dataset['side'] = layout.sideOpen ? 'open' : 'closed'
  dataset['drawer'] = layout.drawerOpen ? 'open' : 'closed'
}

/** Pixels; 12 px of text stand on 20 px. */
export const codeType = (fontSize: number): { readonly fontSize: number; readonly lineHeight: number } => ({
  fontSize,
  lineHeight: Math.round((fontSize * 5) / 3),
})

export function showCodeSize({ style }: HTMLElement, size: number): void {
  const { fontSize, lineHeight } = codeType(size)
  style.setProperty('--code-size', `${fontSize}px`)
  style.setProperty('--code-line', `${lineHeight}px`)
}

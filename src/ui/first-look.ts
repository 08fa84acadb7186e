import { paneFlags, paneSizes, type Layout } from '../state/layout.ts'

/**
 * How the page looks as somebody left it, as properties of the root element: set before the first paint by a script in
 * the head, and from then on whenever it changes. What the build drew is painted by them as what the script draws.
 */

export function showLayout({ style, dataset }: HTMLElement, layout: Layout): void {
  for (const pane of paneSizes) style.setProperty(`--${pane}-size`, layout[pane] + (pane === 'wit' ? '%' : 'px'))
  for (const flag of paneFlags) dataset[flag] = String(layout[flag])
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

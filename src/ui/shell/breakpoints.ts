/** Where the page changes its shape; shell.css and editor.css name the same widths. */
export const isFull = '(min-width: 1280px)'
export const isNarrow = '(max-width: 1099px)'
export const isSmall = '(max-width: 899px)'

/** The largest part of the window that a pane may take; shell.css holds the panes to it as well. */
export const largestShare = { explorer: 0.3, side: 0.5, drawer: 0.6, output: 0.6 } as const

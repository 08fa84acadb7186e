/** Whether Tab leaves the editors: one switch for all of them, of which Monaco's API tells nothing. */
declare module 'monaco-editor/editor/browser/config/tabFocus' {
  export const TabFocus: {
    getTabFocusMode(): boolean
    onDidChangeTabFocus(listener: () => void): { dispose(): void }
  }
}

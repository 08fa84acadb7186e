/** Whether Tab leaves the editors: one switch for all of them, of which Monaco's API tells nothing. */
declare module 'monaco-editor/editor/browser/config/tabFocus' {
  export const TabFocus: {
    getTabFocusMode(): boolean
    onDidChangeTabFocus(listener: () => void): { dispose(): void }
  }
}

/** The colours of TypeScript, which Monaco otherwise loads for its own language alone. */
declare module 'monaco-editor/languages/definitions/typescript/typescript' {
  import type { languages } from 'monaco-editor/editor/editor.api'
  export const conf: languages.LanguageConfiguration
  export const language: languages.IMonarchLanguage
}

import { monaco } from './monaco.ts'

/** Of every editor of the page. */
export const editorOptions: monaco.editor.IStandaloneEditorConstructionOptions = {
  model: null,
  theme: 'witcraft',
  automaticLayout: true,
  // `setTheme` knows.
  autoDetectHighContrast: false,
  // A text area is what assistive technology and input methods know best.
  editContext: false,
  fontFamily: 'var(--font-mono)',
  fontLigatures: false,
  minimap: { enabled: false },
  showFoldingControls: 'mouseover',
  glyphMargin: false,
  lineNumbersMinChars: 4,
  // The controls of what can be folded stand in 16 pixels more.
  lineDecorationsWidth: 0,
  padding: { top: 4, bottom: 4 },
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  scrollBeyondLastLine: false,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  fixedOverflowWidgets: true,
  stickyScroll: { enabled: false },
  bracketPairColorization: { enabled: false },
  guides: { indentation: false },
  // It would stand on the code: what can be done is in the hover, in the list of problems and behind its key.
  lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.Off },
  'semanticHighlighting.enabled': false,
  // As the text that stands in for the editor wraps.
  wrappingIndent: 'none',
  contextmenu: true,
  // A name with several declarations leads to the first; the key leads on to the others.
  gotoLocation: { multipleDefinitions: 'goto' },
  quickSuggestions: { other: true, comments: false, strings: true },
}

import type { editor } from 'monaco-editor/editor/editor.api'

/** The editor's theme, made of the page's tokens as they are resolved now. */
export function editorTheme(base: 'light' | 'dark'): editor.IStandaloneThemeData {
  const color = resolver()
  return {
    base: base === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: rule(color('--sx-id')) },
      { token: 'keyword', foreground: rule(color('--sx-kw')) },
      { token: 'type', foreground: rule(color('--sx-type')) },
      { token: 'type.identifier', foreground: rule(color('--sx-type')) },
      { token: 'annotation', foreground: rule(color('--sx-fn')) },
      { token: 'function', foreground: rule(color('--sx-fn')) },
      { token: 'string', foreground: rule(color('--sx-str')) },
      { token: 'string.escape', foreground: rule(color('--sx-num')) },
      { token: 'regexp', foreground: rule(color('--sx-num')) },
      { token: 'number', foreground: rule(color('--sx-num')) },
      { token: 'comment', foreground: rule(color('--sx-com')), fontStyle: 'italic' },
      { token: 'delimiter', foreground: rule(color('--sx-punc')) },
    ],
    colors: {
      'editor.background': color('--bg-2'),
      'editor.foreground': color('--sx-id'),
      'editor.lineHighlightBackground': color('--line-hl'),
      'editor.selectionBackground': color('--accent-soft'),
      'editor.inactiveSelectionBackground': color('--bg-3'),
      'editorLineNumber.foreground': color('--fg-2'),
      // Of the empty line after the last one; by default too pale to read.
      'editorLineNumber.dimmedForeground': color('--fg-2'),
      'editorLineNumber.activeForeground': color('--fg-0'),
      'editorCursor.foreground': color('--accent'),
      'editorIndentGuide.background1': color('--line'),
      'editorWidget.background': color('--bg-2'),
      'editorWidget.border': color('--line-2'),
      'editorHoverWidget.background': color('--bg-2'),
      'editorHoverWidget.border': color('--line-2'),
      'editorSuggestWidget.background': color('--bg-2'),
      'editorSuggestWidget.border': color('--line-2'),
      'editorSuggestWidget.selectedBackground': color('--bg-sel'),
      'editorSuggestWidget.selectedForeground': color('--fg-0'),
      'editorSuggestWidget.selectedIconForeground': color('--fg-0'),
      'editorSuggestWidget.highlightForeground': color('--accent-fg'),
      'editorSuggestWidget.focusHighlightForeground': color('--accent-fg'),
      'editorError.foreground': color('--err'),
      'editorWarning.foreground': color('--warn'),
      'editorBracketMatch.background': color('--accent-soft'),
      'editorBracketMatch.border': color('--accent-line'),
      'scrollbarSlider.background': `${color('--fg-2')}40`,
      'scrollbarSlider.hoverBackground': `${color('--fg-2')}66`,
      focusBorder: color('--focus'),
      'list.hoverBackground': color('--bg-3'),
    },
  }
}

const rule = (color: string): string => color.slice(1)

/** A token's value as `#rrggbb`. Custom properties keep their text, so a real property has to be asked. */
function resolver(): (token: string) => string {
  const canvas = document.createElement('canvas').getContext('2d')
  const probe = document.createElement('span')
  document.body.append(probe)
  queueMicrotask(() => probe.remove())
  return (token) => {
    probe.style.color = `var(${token})`
    if (!canvas) return '#808080'
    canvas.fillStyle = getComputedStyle(probe).color
    return canvas.fillStyle
  }
}

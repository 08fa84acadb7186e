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
      'input.background': color('--bg-1'),
      'input.foreground': color('--fg-0'),
      'input.border': color('--line-2'),
      'menu.background': color('--bg-2'),
      'menu.foreground': color('--fg-0'),
      'menu.border': color('--line-2'),
      'menu.selectionBackground': color('--bg-sel'),
      'menu.selectionForeground': color('--fg-0'),
      'menu.separatorBackground': color('--line'),
      'editorActionList.background': color('--bg-2'),
      'editorActionList.foreground': color('--fg-0'),
      'editorActionList.focusBackground': color('--bg-sel'),
      'editorActionList.focusForeground': color('--fg-0'),
      'inputValidation.infoBackground': color('--bg-2'),
      'inputValidation.infoForeground': color('--fg-0'),
      'inputValidation.infoBorder': color('--line-2'),
      'editorLink.activeForeground': color('--accent-fg'),
      'textLink.foreground': color('--accent-fg'),
      'textLink.activeForeground': color('--accent-fg'),
      'peekView.border': color('--line-2'),
      'peekViewTitle.background': color('--bg-3'),
      'peekViewTitleLabel.foreground': color('--fg-0'),
      'peekViewTitleDescription.foreground': color('--fg-1'),
      'peekViewEditor.background': color('--bg-1'),
      'peekViewEditorGutter.background': color('--bg-1'),
      'peekViewEditor.matchHighlightBackground': color('--accent-soft'),
      'peekViewResult.background': color('--bg-3'),
      'peekViewResult.fileForeground': color('--fg-0'),
      'peekViewResult.lineForeground': color('--fg-1'),
      'peekViewResult.matchHighlightBackground': color('--accent-soft'),
      'peekViewResult.selectionBackground': color('--bg-sel'),
      'peekViewResult.selectionForeground': color('--fg-0'),
    },
  }
}

const rule = (color: string): string => color.slice(1)

/** The editor's theme where the system's colours replace all of the page's: Monaco paints its own, and has to be told. */
export function forcedTheme(): editor.IStandaloneThemeData {
  const color = resolver()
  const [canvas, text, line] = [color('Canvas'), color('CanvasText'), color('GrayText')]
  return {
    base: isDark(canvas) ? 'hc-black' : 'hc-light',
    inherit: false,
    rules: [
      { token: '', foreground: rule(text) },
      { token: 'keyword', foreground: rule(text), fontStyle: 'bold' },
      { token: 'comment', foreground: rule(text), fontStyle: 'italic' },
    ],
    colors: {
      'editor.background': canvas,
      'editor.foreground': text,
      'editor.selectionBackground': color('Highlight'),
      'editor.selectionForeground': color('HighlightText'),
      'editor.lineHighlightBorder': line,
      'editorLineNumber.foreground': text,
      'editorLineNumber.dimmedForeground': text,
      'editorLineNumber.activeForeground': text,
      'editorCursor.foreground': text,
      'editorWidget.background': canvas,
      'editorWidget.foreground': text,
      'list.focusForeground': color('HighlightText'),
      'list.focusBackground': color('Highlight'),
      'editorSuggestWidget.foreground': text,
      'editorSuggestWidget.highlightForeground': text,
      'editorSuggestWidget.focusHighlightForeground': color('HighlightText'),
      'editorSuggestWidget.selectedIconForeground': color('HighlightText'),
      'editorSuggestWidget.selectedForeground': color('HighlightText'),
      'editorSuggestWidget.selectedBackground': color('Highlight'),
      contrastBorder: text,
      contrastActiveBorder: color('Highlight'),
      focusBorder: color('Highlight'),
      'peekViewEditor.background': canvas,
      'peekViewTitle.background': canvas,
      'peekViewResult.background': canvas,
      'peekViewResult.selectionBackground': color('Highlight'),
      'peekViewResult.selectionForeground': color('HighlightText'),
    },
  }
}

/** Of `#rrggbb`: below the middle of black and white. */
const isDark = (color: string): boolean =>
  [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(color.slice(at, at + 2), 16), 0) < (3 * 256) / 2

/** `#rrggbb` of what a canvas gives, which is `rgba(r, g, b, a)` where the system's selection lets shine through. */
const opaque = (color: string): string =>
  color.startsWith('#')
    ? color
    : `#${[...color.matchAll(/\d+/g)]
        .slice(0, 3)
        .map(([part]) => Number(part).toString(16).padStart(2, '0'))
        .join('')}`

/**
 * The value of a token or of a colour of the system as `#rrggbb`. Custom properties keep their text, so a real property
 * has to be asked.
 */
function resolver(): (name: string) => string {
  const canvas = document.createElement('canvas').getContext('2d')
  const probe = document.createElement('span')
  probe.style.forcedColorAdjust = 'none'
  document.body.append(probe)
  queueMicrotask(() => probe.remove())
  return (name) => {
    probe.style.color = name.startsWith('--') ? `var(${name})` : name
    if (!canvas) return '#808080'
    canvas.fillStyle = getComputedStyle(probe).color
    return opaque(canvas.fillStyle)
  }
}

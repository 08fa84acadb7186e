import { useMemo } from 'react'
import { highlight, type CodeLanguage } from './highlight.ts'

/** Lines that are drawn before the editor is there; nobody sees more. */
const shown = 400

/** The file as it will look in the editor, readable at once and not yet editable. */
export function CodeView({ text, language }: { text: string; language: CodeLanguage }) {
  const lines = useMemo(() => highlight(text.slice(0, 40_000), language).slice(0, shown), [text, language])
  return (
    <pre className="code-view">
      {lines.map((line, number) => (
        // eslint-disable-next-line react/no-array-index-key -- a line is its number
        <span className="line" key={number}>
          {line.map((token, index) => (
            // eslint-disable-next-line react/no-array-index-key -- tokens never move on their own
            <span key={index} className={token.kind && `sx-${token.kind}`}>
              {token.text}
            </span>
          ))}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}

import { useMemo } from 'react'
import { highlight, type CodeLanguage } from './highlight.ts'

/** Lines and characters that are drawn before the editor is there; nobody sees more. */
const shown = { lines: 400, characters: 40_000 }

/** Whether all of it is drawn as it is: a text field would change its line ends, too. */
export const fitsCodeView = (text: string): boolean =>
  text.length <= shown.characters && !text.includes('\r') && text.split('\n').length <= shown.lines

/** The file as it will look in the editor. */
export function CodeView({ text, language }: { text: string; language: CodeLanguage }) {
  const lines = useMemo(
    () => highlight(text.slice(0, shown.characters), language).slice(0, shown.lines),
    [text, language],
  )
  return (
    <pre className="code-view" aria-hidden={fitsCodeView(text)}>
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

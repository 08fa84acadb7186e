import { useState } from 'react'
import { counted } from '../../formats.ts'

/** Characters that are shown before somebody asks for all of them. */
const short = 400
/** More than this would hold up the page; all of it is copied. */
const most = 100_000

/** A text that is cut where it is long. */
export function LongText({ text }: { text: string }) {
  const [all, setAll] = useState(false)
  if (text.length <= short) return <span>{text}</span>
  return (
    <span>
      {text.slice(0, all ? most : short)}
      {!all && '… '}
      {!all && (
        <button type="button" className="text-button" onClick={() => setAll(true)}>
          Show all {counted(text.length)} characters
        </button>
      )}
      {all && text.length > most && (
        <span className="dim">… {counted(text.length - most)} more characters. Copy the result to have all.</span>
      )}
    </span>
  )
}

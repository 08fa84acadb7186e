import { Fragment } from 'react'

const token = /("(?:[^"\\]|\\.)*")|([A-Za-z-]+#\d+|%\d+)|(-?\b\d[\d.e+-]*\b)/g

/** WAVE with its texts, numbers and handles told apart. Long text is cut before it is taken apart. */
export function WaveText({ wave, most = 400 }: { wave: string; most?: number }) {
  const text = wave.slice(0, most)
  const parts: { text: string; kind?: 'str' | 'handle' | 'num' }[] = []
  let at = 0
  for (const { 0: found, 1: string, 2: handle, index } of text.matchAll(token)) {
    if (index > at) parts.push({ text: text.slice(at, index) })
    parts.push({ text: found, kind: string ? 'str' : handle ? 'handle' : 'num' })
    at = index + found.length
  }
  parts.push({ text: text.slice(at) })
  return parts.map((part, index) =>
    part.kind ? (
      // oxlint-disable-next-line react/no-array-index-key -- the parts of one text
      <span key={index} className={`wave-${part.kind}`}>
        {part.text}
      </span>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- the parts of one text
      <Fragment key={index}>{part.text}</Fragment>
    ),
  )
}

import type { CSSProperties } from 'react'
import type { Colour, Span, Style } from './ansi.ts'
import './ansi.css'

/** The spans of a line; what has no style is text and nothing else. */
export const StyledText = ({ spans }: { readonly spans: readonly Span[] }) =>
  spans.map(({ text, style }, index) => {
    const look = lookOf(style)
    return look ? (
      // eslint-disable-next-line react/no-array-index-key -- the spans of a line have no other name
      <span key={index} {...look}>
        {text}
      </span>
    ) : (
      text
    )
  })

interface Look {
  readonly className: string
  readonly style?: CSSProperties
}

/** Colours of the palette are those of the theme; the others are brought into its range by the style sheet. */
function lookOf({ ink, paper, bold, dim, italic, underline, struck, inverse }: Style): Look | undefined {
  const faces = { bold, dim, italic, underline, struck, inverse }
  const names = Object.entries(faces).flatMap(([name, set]) => (set ? [name] : []))
  const style: Record<string, string> = {}
  for (const [name, colour] of [['ink', ink] as const, ['paper', paper] as const]) {
    if (colour === undefined) continue
    names.push(name)
    if (typeof colour === 'number') style[`--${name}`] = `var(--${name}-${colour % 8})`
    else {
      names.push(`own-${name}`)
      style[`--own-${name}`] = rgb(colour)
    }
  }
  return names.length === 0 ? undefined : { className: `ansi ${names.join(' ')}`, style }
}

const rgb = (colour: Exclude<Colour, number>): string => `rgb(${colour.join(' ')})`

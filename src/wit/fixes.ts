import type { Span } from './text.ts'

export interface TextEdit extends Span {
  readonly text: string
}

/** A change of the file with the problem that mends it. */
export interface TextFix {
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/** Writes something else in the place of a span. */
export const replaceBy = ({ start, end }: Span, text: string, title = `Write ${text}`): TextFix => ({
  title,
  edits: [{ start, end, text }],
})

export const insertAt = (at: number, text: string, title = `Insert ${text.trim()}`): TextFix =>
  replaceBy({ start: at, end: at }, text, title)

export const remove = (span: Span, title: string): TextFix => replaceBy(span, '', title)

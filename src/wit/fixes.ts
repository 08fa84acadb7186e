import type { Span, TextFix } from './text.ts'

/** Writes something else in the place of a span. */
export const replaceBy = ({ start, end }: Span, text: string, title = `Write ${text}`): TextFix => ({
  title,
  edits: [{ start, end, text }],
})

export const insertAt = (at: number, text: string, title = `Insert ${text.trim()}`): TextFix =>
  replaceBy({ start: at, end: at }, text, title)

export const remove = (span: Span, title: string): TextFix => replaceBy(span, '', title)

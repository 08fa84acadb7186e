import type { ParsedWit } from './tree.ts'
import { lineStarts, positionAt } from './text.ts'

/** Lines, from 1, of which all but the first can be hidden. */
export interface Fold {
  readonly start: number
  readonly end: number
  readonly kind: 'block' | 'comment'
}

/** What can be folded: everything in braces, and comments of several lines. Reads broken text too. */
export const foldsOf = ({ text, tokens }: ParsedWit): Fold[] => {
  const starts = lineStarts(text)
  const lineAt = (offset: number): number => positionAt(starts, offset).line
  const folds: Fold[] = []
  const add = (start: number, end: number, kind: Fold['kind']): void => {
    if (end > start) folds.push({ start, end, kind })
  }
  const open: number[] = []
  for (const token of tokens) {
    let from = -1
    let to = -1
    for (const comment of token.comments) {
      const [start, end] = [lineAt(comment.start), lineAt(comment.end)]
      // A comment behind code belongs to its line.
      const isAlone = text.slice(starts[start - 1], comment.start).trim() === ''
      if (comment.kind === 'block') add(start, end, 'comment')
      if (comment.kind === 'line' && isAlone && start === to + 1) to = start
      else {
        add(from, to, 'comment')
        ;[from, to] = comment.kind === 'line' && isAlone ? [start, start] : [-1, -1]
      }
    }
    add(from, to, 'comment')
    if (token.kind !== 'mark') continue
    if (token.text === '{') open.push(lineAt(token.start))
    // The line with the bracket that closes stays.
    else if (token.text === '}') add(open.pop() ?? Infinity, lineAt(token.start) - 1, 'block')
  }
  return folds.toSorted((one, other) => one.start - other.start || other.end - one.end)
}

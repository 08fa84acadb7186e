import type * as typescript from 'typescript'
import type { Unlike } from './unlikeness.ts'

/** In a file that the language service knows. Lines and columns count from 1, the end is exclusive. */
export interface Range {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** A change of one file. */
export interface ExportFix {
  readonly title: string
  readonly file: string
  /** The `markOf` of the text that was read, which may be another one by now. */
  readonly mark: number
  readonly edits: readonly { readonly range: Range; readonly text: string }[]
}

/** What the entry does not have as the world wants it. */
export interface Finding {
  /** There is nothing, or something else than a function, or a function of another type, or one that nobody wants. */
  readonly kind: 'missing' | 'mistyped' | 'unlike' | 'unwanted'
  /** Which of what is wanted, by index. */
  readonly wanted: readonly number[]
  /** What nobody wants. */
  readonly name?: string
  /** The name to mark; undefined where the entry has none. */
  readonly place?: Range & { readonly file: string }
  readonly unlike?: Unlike
  /** TypeScript marks that place itself: where, and with which words to begin with. */
  readonly said?: Range & { readonly file: string; readonly message: string }
  readonly fixes: readonly ExportFix[]
}

export function rangeOf(source: typescript.SourceFile, start: number, end: number): Range {
  const from = source.getLineAndCharacterOfPosition(start)
  const to = source.getLineAndCharacterOfPosition(end)
  return { line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 }
}

import { PositionReader } from './position.ts'
import type { KeptToken, StrippedModule } from './strip.ts'

export interface AlignedModule {
  readonly code: string
  /** The kept tokens with their offsets in `code`. */
  readonly kept: readonly KeptToken[]
}

/**
 * Puts every token back at the column that it had in the source, by inserting spaces where types were removed, so that
 * the positions that the engine reports are the user's own. Lines are left as they are. Where the compiler added code
 * (the body of an enum, assignments of parameter properties) the rest of that line may stay too far right.
 *
 * Spaces only ever go between tokens: a part of a template has no gap before it and is never moved by itself.
 */
export function alignColumns({ code, kept }: StrippedModule, source: string): AlignedModule {
  const sourcePositions = new PositionReader(source)
  const codePositions = new PositionReader(code)
  let aligned = ''
  let copied = 0
  /** What was inserted so far in the current line. */
  let shift = 0
  let line = 0
  const moved = kept.map((token) => {
    const from = sourcePositions.next(token.start)
    const to = codePositions.next(token.offset)
    if (to.line !== line) shift = 0
    line = to.line
    const missing = from.column - (to.column + shift)
    aligned += code.slice(copied, token.offset)
    copied = token.offset
    if (missing > 0 && from.line === to.line && token.kind !== 'template') {
      aligned += ' '.repeat(missing)
      shift += missing
    }
    return { ...token, offset: aligned.length }
  })
  return { code: aligned + code.slice(copied), kept: moved }
}

/** Characters. Up to `easy` nearly everything carries a link; beyond `most` hardly anything does. */
export const lengthLimits = { easy: 8000, most: 32_000 } as const

export function lengthOf(length: number): { readonly tone: 'ok' | 'warn' | 'err'; readonly words: string } {
  if (length <= lengthLimits.easy) {
    return { tone: 'ok', words: 'Short enough for browsers, mail and most chat programs.' }
  }
  if (length <= lengthLimits.most) {
    return {
      tone: 'warn',
      words: 'Longer than 8,000 characters: some chat programs and mail programs cut it. Try it before you rely on it.',
    }
  }
  return {
    tone: 'err',
    words: 'Longer than 32,000 characters: many programs cut it or refuse it. Send the project as a file instead.',
  }
}

import type * as typescript from 'typescript'

/** How the author of a text writes what TypeScript would write otherwise. */
export interface WritingStyle {
  readonly quotes: 'single' | 'double'
  readonly semicolons: boolean
}

/** As the text has it; where it has neither, as our own examples. */
export function writingStyle(text: string): WritingStyle {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  return {
    quotes: count(/from "|import "/g) > count(/from '|import '/g) ? 'double' : 'single',
    semicolons: count(/;[ \t]*$/gm) > 0,
  }
}

export const inStyle = (
  ts: typeof typescript,
  { quotes, semicolons }: WritingStyle,
  format: typescript.FormatCodeSettings,
): { readonly format: typescript.FormatCodeSettings; readonly preferences: typescript.UserPreferences } => ({
  format: { ...format, semicolons: ts.SemicolonPreference[semicolons ? 'Insert' : 'Remove'] },
  preferences: { quotePreference: quotes },
})

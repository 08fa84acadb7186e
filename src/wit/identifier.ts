/** WIT.md#keywords, and `error-context`, which is a type of its own. A name spelled like one needs a `%`. */
export const keywords: ReadonlySet<string> = new Set(
  (
    'as async bool borrow char constructor enum error-context export f32 f64 flags from func future import include ' +
    'interface list map option own package record resource result s16 s32 s64 s8 static stream string tuple type ' +
    'u16 u32 u64 u8 use variant with world'
  ).split(' '),
)

/** A name as it stands in a text: with the `%` that a keyword needs. */
export const written = (name: string): string => (keywords.has(name) ? `%${name}` : name)

const label = /^(?:[a-z][0-9a-z]*|[A-Z][0-9A-Z]*)(?:-(?:[0-9a-z]+|[0-9A-Z]+))*$/

/** The same words as a label: `fooBar` and `foo_bar` become `foo-bar`, `HTTPServer` becomes `HTTP-server`. */
export const toLabel = (text: string): string =>
  text
    .replace(/[_\s]+/g, '-')
    .replace(/([A-Z]{2,})([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .split('-')
    .map((part) => part.replace(/[^0-9A-Za-z]/g, ''))
    .filter((part) => part !== '')
    .map((part) => (/^[0-9A-Z]{2,}$/.test(part) ? part : part.toLowerCase()))
    .join('-')

/** Why a word is no identifier (WIT.md#wit-identifiers, `label` in Explainer.md#import-and-export-names), if it is none. */
export const identifierProblem = (text: string): { message: string; next: string; suggestion?: string } | undefined => {
  if (label.test(text)) return undefined
  const suggestion = toLabel(text)
  const next = label.test(suggestion)
    ? `Write \`${suggestion}\`.`
    : 'Use words of letters and digits, joined by single `-`, and start with a letter.'
  const found = describe(text, next)
  return label.test(suggestion) ? { ...found, suggestion } : found
}

const describe = (text: string, next: string): { message: string; next: string } => {
  if (text === '') return { message: 'The `%` is not followed by a name.', next: 'Write the name right after the `%`.' }
  if (text.startsWith('-') || text.endsWith('-') || text.includes('--'))
    return { message: `In the name \`${text}\` a \`-\` does not stand between two words.`, next }
  if (text.includes('_'))
    return { message: `Names in WIT join words by \`-\`, and \`${text}\` has an underscore.`, next }
  if (/^[0-9A-Za-z-]+$/.test(text))
    return {
      message: `Each word of a name is all lower case or all upper case, and \`${text}\` mixes them within a word.`,
      next,
    }
  return { message: `The name \`${text}\` has a character other than ASCII letters, digits and \`-\`.`, next }
}

/** How single values are written in WAVE. */

/** Not half of a surrogate pair. */
export function isScalar(code: number): boolean {
  return code < 0xd800 || code > 0xdfff
}

/** The shortest decimal that reads back as the same value. */
export function floatText(value: number, kind: 'f32' | 'f64'): string {
  if (Number.isNaN(value)) return 'nan'
  const number = kind === 'f32' ? Math.fround(value) : value
  if (number === Number.POSITIVE_INFINITY) return 'inf'
  if (number === Number.NEGATIVE_INFINITY) return '-inf'
  if (Object.is(number, -0)) return '-0'
  if (kind === 'f64') return String(number)
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(number.toPrecision(digits))
    if (Math.fround(short) === number) return String(short)
  }
  return String(Number(number.toPrecision(9)))
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** Escapes what has to be, and what would not be seen or would change how the rest is shown; joiners of emoji stay. */
export function escapeText(text: string, delimiter: '"' | "'"): string {
  return text.replace(/["'\\]|(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '"' || character === "'") return character === delimiter ? `\\${character}` : character
    return named[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** A mistake in a text. Offsets count from 0 and lines and columns from 1, all in UTF-16 code units. */
export interface TextError {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
  /** What could stand here: `a number from 0 to 255`. */
  readonly expected: string
  /** What does: `“true”`, `the end`. */
  readonly found: string
  /** One sentence of both. */
  readonly message: string
}

/** Stops the parser; `attempt` turns it into a `TextError`. */
export class Mistake extends Error {
  readonly start: number
  readonly end: number
  readonly expected: string
  readonly found: string

  constructor(at: { readonly start: number; readonly end: number }, expected: string, found: string, message?: string) {
    super(message ?? `Expected ${expected}, found ${found}.`)
    this.start = at.start
    this.end = at.end
    this.expected = expected
    this.found = found
  }
}

export function attempt<T>(
  text: string,
  parse: () => T,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: TextError } {
  try {
    return { ok: true, value: parse() }
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    const { start, end, expected, found, message } = error
    const before = text.slice(0, start)
    const line = before.split('\n').length
    const column = start - before.lastIndexOf('\n')
    return { ok: false, error: { start, end, line, column, expected, found, message } }
  }
}

export function alternatives(names: readonly string[]): string {
  if (names.length > 8) return `${names.slice(0, 7).join(', ')} or one of ${names.length - 7} more`
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

export function quote(text: string): string {
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`
}

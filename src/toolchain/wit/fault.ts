import type { Fault, Place } from '../../contract/fault.ts'
import { witTokens } from './outline.ts'
import { placeAt } from './place.ts'
import { witFiles } from './source.ts'

/**
 * A fault of stage `wit` from what a tool said. The tools name what they stumble over but not where it stands, so the
 * place is the first spot of the project that says the same words.
 */
export function witFault(message: string, files: Readonly<Record<string, string>>): Fault {
  const [first = '', ...rest] = message.trim().split('\n')
  const place = quotedPlace(first, files)
  return {
    stage: 'wit',
    message: sentence(first),
    next: place === undefined ? 'Correct the WIT and run again.' : `Correct ${place.file} at line ${place.line}.`,
    ...(place === undefined ? {} : { place }),
    ...(rest.length === 0 ? {} : { detail: message.trim() }),
  }
}

const sentence = (text: string): string => {
  const cleaned = text
    .trim()
    .replace(/^Error: /, '')
    .replace(/[.\s]+$/, '')
    .replace(/\. known packages:$/, '')
  return `${cleaned.charAt(0).toUpperCase()}${cleaned.slice(1)}.`
}

const quoted = /`([^`]+)`|'([^']+)'|"([^"]+)"|\[([^\]]+)\]/g

/** The first quoted name of `message` that the files contain as whole tokens, outside of comments. */
function quotedPlace(message: string, files: Readonly<Record<string, string>>): Place | undefined {
  const names = [...message.matchAll(quoted)].flatMap((match) => {
    const name = match.slice(1).find((group) => group !== undefined) ?? ''
    return [name, lastWord(name)]
  })
  // The second of two definitions is the one to change.
  const occurrence = /more than once|duplicate|conflicts with/.test(message) ? 1 : 0
  for (const name of names) {
    const wanted = witTokens(name).map((token) => token.text)
    if (!wanted.some((text) => /\w/.test(text))) continue
    const found = Object.entries(witFiles(files)).flatMap(([file, text]) =>
      occurrences(text, wanted).map((span) => ({ file, text, ...span })),
    )
    const chosen = found[occurrence] ?? found[0]
    if (chosen !== undefined) return placeAt(chosen.file, chosen.text, chosen.start, chosen.end)
  }
  return undefined
}

/** `[method]cart.total` is written `total`. */
const lastWord = (name: string): string => name.split(/[\].#/]/).at(-1) ?? name

/** The first two: nobody asks for more. */
function occurrences(text: string, wanted: readonly string[]): { readonly start: number; readonly end: number }[] {
  const tokens = witTokens(text)
  const found: { readonly start: number; readonly end: number }[] = []
  for (let at = 0; at + wanted.length <= tokens.length && found.length < 2; at++) {
    const run = tokens.slice(at, at + wanted.length)
    const first = run[0]
    const last = run.at(-1)
    if (first === undefined || last === undefined) break
    if (run.every((token, index) => token.text.replace(/^%/, '') === wanted[index])) {
      found.push({ start: first.start, end: last.end })
    }
  }
  return found
}

/** Row 10: what formatting keeps. The meaning is judged by jco, which writes the packages of a text in canonical form. */
import { formatWit } from '../../src/wit/format.ts'
import { lex } from '../../src/wit/lexer.ts'
import { parseWit } from '../../src/wit/parse.ts'
import { everyText, wholeTexts, type Row } from './files.ts'
import type { Jco } from './jco.ts'

/** What comments say, in order, without the white space that formatting may change. */
const comments = (text: string): string =>
  lex(text)
    .tokens.flatMap((token) =>
      token.comments.map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').trim()),
    )
    .join('\n')

/** A world of our own makes jco resolve a text that has none, and stands for the package as a whole. */
export const oracleWorld = 'witcraft-oracle'
export const withWorld = (text: string, names: readonly string[]): string =>
  `${text}\nworld ${oracleWorld} {\n${names.map((name) => `  import %${name};\n`).join('')}}\n`

/** The interfaces of a text's own package. */
export const interfacesOf = (text: string): string[] =>
  parseWit(text).file.items.flatMap((item) => (item.kind === 'interface' && !item.name.missing ? [item.name.text] : []))

export const formatRow = async (jco: Jco): Promise<Row> => {
  const details: string[] = []
  let [formatted, kept, compared, same] = [0, 0, 0, 0]
  for (const { name, text } of everyText()) {
    const once = formatWit(parseWit(text))
    if (once === undefined) continue
    formatted += 1
    const twice = formatWit(parseWit(once))
    if (twice !== once) details.push(`${name}: formatting again changes it`)
    else if (comments(once) !== comments(text)) details.push(`${name}: comments are not kept`)
    else kept += 1
  }
  for (const { name, text } of wholeTexts()) {
    const once = formatWit(parseWit(text))
    if (once === undefined) continue
    const ask = (of: string) => jco.ask('canonical', withWorld(of, interfacesOf(of)), oracleWorld)
    const before = await ask(text)
    // What jco has no canonical form of, it cannot judge.
    if (before.kind !== 'ok') continue
    compared += 1
    const after = await ask(once)
    if (after.kind === 'ok' && JSON.stringify(after.files) === JSON.stringify(before.files)) same += 1
    else details.push(`${name}: the canonical text is another one after formatting`)
  }
  return {
    id: 10,
    requirement: 'formatter over every file: idempotent, comments kept, canonical resolved text unchanged',
    target: 'all',
    reached: `${kept} of ${formatted} idempotent with their comments; ${same} of ${compared} with the same canonical text`,
    ok: kept === formatted && same === compared && compared > 0,
    details,
  }
}

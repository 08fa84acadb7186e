/** Row 11: names, and what they stand for. */
import { resolveWit } from '../../src/wit/check.ts'
import { isReadable, namesIn, renames } from '../../src/wit/names.fixture.ts'
import { renameAt } from '../../src/wit/navigate.ts'
import { SymbolIndex } from '../../src/wit/symbols.ts'
import { cases, wholeTexts, type Row } from './files.ts'
import { interfacesOf, oracleWorld, withWorld } from './format.ts'
import type { Jco } from './jco.ts'

export const namesRow = async (jco: Jco): Promise<Row> => {
  const details: string[] = []
  let [names, known, renamed, right, embedded, embeds] = [0, 0, 0, 0, 0, 0]
  for (const { name, files } of cases('wit/good')) {
    if (!isReadable(files)) continue
    const index = new SymbolIndex(resolveWit(files))
    for (const { source, span, text, isKnown } of namesIn(index)) {
      names += 1
      if (isKnown) known += 1
      else details.push(`${name}: nothing is known of \`${text}\` at ${source.file}:${span.start}`)
    }
    for (const { source, span, outcome, found } of renames(files, index)) {
      if (!outcome.ok) continue
      renamed += 1
      if (found.length === 0) right += 1
      else details.push(`${name}: with ${source.file}:${span.start} renamed, ${found[0]?.message ?? ''}`)
    }
  }
  for (const { name, text } of wholeTexts()) {
    const whole = withWorld(text, interfacesOf(text))
    if ((await jco.ask('canonical', whole, oracleWorld)).kind !== 'ok') continue
    const index = new SymbolIndex(resolveWit({ 'a.wit': whole }))
    const source = index.source('a.wit')
    // One name of each text: jco takes its time.
    const definition =
      source && index.of(source).find(({ role, symbol }) => role === 'definition' && symbol.kind === 'type')
    if (definition === undefined) continue
    const outcome = renameAt(index, 'a.wit', definition.span.start, 'another-name', () => [])
    if (!outcome.ok) continue
    embeds += 1
    if ((await jco.ask('canonical', outcome.files['a.wit'] ?? '', oracleWorld)).kind === 'ok') embedded += 1
    else details.push(`${name}: does not embed with \`${definition.symbol.text}\` renamed`)
  }
  return {
    id: 11,
    requirement: 'definition, references, rename: every name of wit/good resolves, a rename still embeds',
    target: 'all',
    reached: `${known} of ${names} names; ${right} of ${renamed} renames without a diagnostic; ${embedded} of ${embeds} embed`,
    ok: known === names && right === renamed && embedded === embeds && embeds > 0,
    details,
  }
}

/** Row 11: names, and what they stand for. */
import { checkWit, resolveWit } from '../../src/wit/check.ts'
import { keywords } from '../../src/wit/identifier.ts'
import type { Token } from '../../src/wit/lexer.ts'
import { renameAt } from '../../src/wit/navigate.ts'
import { SymbolIndex } from '../../src/wit/symbols.ts'
import { applyEdits } from '../../src/wit/text.ts'
import type { ParsedWit } from '../../src/wit/tree.ts'
import { cases, wholeTexts, type Files, type Row } from './files.ts'
import { interfacesOf, oracleWorld, withWorld } from './format.ts'
import type { Jco } from './jco.ts'

/** The tokens that are names: no keywords, and not what an annotation says. */
export const namesOf = ({ tokens }: ParsedWit): Token[] => {
  const found: Token[] = []
  let [before, annotation] = ['', '']
  for (const token of tokens) {
    const { kind, text, escaped } = token
    if (before === '@' && kind === 'word') annotation = text
    else if (annotation !== '' && text === ')') annotation = ''
    else if (annotation !== '' && before === annotation && text !== '(') annotation = ''
    const isName = kind === 'word' && (escaped || !keywords.has(text))
    if (isName && annotation === '' && before !== '@') found.push(token)
    before = text
  }
  return found
}

const isReadable = (files: Files): boolean => !Object.keys(files).some((file) => /\.(?:wasm|wat)$/.test(file))

const applied = (files: Files, edits: readonly { file: string; start: number; end: number; text: string }[]): Files =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      applyEdits(
        text,
        edits.filter(({ file }) => file === path),
      ),
    ]),
  )

const another = 'another-name'

export const namesRow = async (jco: Jco): Promise<Row> => {
  const details: string[] = []
  let [names, known, renames, right, embedded, embeds] = [0, 0, 0, 0, 0, 0]
  for (const { name, files } of cases('wit/good')) {
    if (!isReadable(files)) continue
    const index = new SymbolIndex(resolveWit(files))
    for (const { units } of index.resolution.packages.packages.values())
      for (const { source } of units) {
        for (const token of namesOf(source.parsed)) {
          names += 1
          if (index.at(source, token.start) !== undefined) known += 1
          else details.push(`${name}: nothing is known of \`${token.text}\` at ${source.file}:${token.start}`)
        }
        for (const { role, span } of index.of(source)) {
          if (role !== 'definition') continue
          const outcome = renameAt(index, source.file, span.start, another, () => [])
          if (!outcome.ok) continue
          renames += 1
          const found = checkWit(applied(files, outcome.edits))
          if (found.length === 0) right += 1
          else details.push(`${name}: with ${source.file}:${span.start} renamed, ${found[0]?.message ?? ''}`)
        }
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
    const outcome = renameAt(index, 'a.wit', definition.span.start, another, () => [])
    if (!outcome.ok) continue
    embeds += 1
    const renamed = applied({ 'a.wit': whole }, outcome.edits)['a.wit'] ?? ''
    if ((await jco.ask('canonical', renamed, oracleWorld)).kind === 'ok') embedded += 1
    else details.push(`${name}: does not embed with \`${definition.symbol.text}\` renamed`)
  }
  return {
    id: 11,
    requirement: 'definition, references, rename: every name of wit/good resolves, a rename still embeds',
    target: 'all',
    reached: `${known} of ${names} names; ${right} of ${renames} renames without a diagnostic; ${embedded} of ${embeds} embed`,
    ok: known === names && right === renames && embedded === embeds && embeds > 0,
    details,
  }
}

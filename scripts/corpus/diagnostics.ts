/** Rows 1 to 4, 6 and 7: what is told of correct and of broken text. */
import type { Diagnostic } from '../../src/contract/fault.ts'
import type { OutlineEntry } from '../../src/wit/outline.ts'
import type { Type } from '../../src/wit/tree.ts'
import { checkWit } from '../../src/wit/check.ts'
import { outline } from '../../src/wit/outline.ts'
import { parseWit } from '../../src/wit/parse.ts'
import { typesIn, walkType } from '../../src/wit/type-parts.ts'
import { validatorRules } from '../../src/wit/validator-rules.fixture.ts'
import { beside, cases, jcoBuiltins, wasi, wholeTexts, type Case, type Row } from './files.ts'

const show = ({ place, message }: Diagnostic): string =>
  `${place?.file ?? '-'}:${place?.line ?? 0}:${place?.column ?? 0} ${message}`

const accepting = (id: number, requirement: string, target: string, all: readonly Case[]): Row => {
  const details: string[] = []
  let clean = 0
  for (const { name, files, builtins } of all) {
    const found = checkWit(files, builtins)
    if (found.length === 0) clean += 1
    else details.push(...found.map((one) => `${name}: ${show(one)}`))
  }
  const reached = `${clean} of ${all.length} without a diagnostic`
  return { id, requirement, target, reached, ok: clean === all.length, details }
}

/** The position in an expected result: file below the case's folder (empty for a case of one file), line and column. */
const expected = (result: string, name: string): { file: string; line: number; column: number } | undefined => {
  const match = /parse-fail\/([^\s:]+):(\d+):(\d+)/.exec(result)
  if (match === null) return undefined
  const path = match[1] ?? ''
  return { file: path === name ? name : path.slice(name.length + 1), line: Number(match[2]), column: Number(match[3]) }
}

const rejecting = (): Row[] => {
  const missed: string[] = []
  const elsewhere: string[] = []
  let [detected, positioned, sameLine, sameColumn, first, extra] = [0, 0, 0, 0, 0, 0]
  const all = cases('wit/parse-fail')
  for (const { name, files } of all) {
    const result = beside('wit/parse-fail', name, 'result') ?? ''
    const found = checkWit(files)
    if (found.length > 0) detected += 1
    else missed.push(`${name}: ${result.split('\n')[0] ?? ''}`)
    const want = expected(result, name)
    if (want === undefined) continue
    positioned += 1
    const onLine = found.filter(({ place }) => place?.file === want.file && place.line === want.line)
    const exact = onLine.filter(({ place }) => place?.column === want.column)
    if (onLine.length > 0) sameLine += 1
    if (exact.length > 0) sameColumn += 1
    if (exact[0] !== undefined && exact[0] === found[0]) first += 1
    if (found.length > 1) extra += 1
    if (exact.length === 0 || found.length > 1)
      elsewhere.push(
        `${name}: wanted ${want.file}:${want.line}:${want.column} ${result.split('\n')[0] ?? ''}`,
        ...found.map((one) => `    ${show(one)}`),
      )
  }
  const percent = (part: number): string => `${part} of ${positioned} (${((100 * part) / positioned).toFixed(1)} %)`
  return [
    {
      id: 3,
      requirement: 'wit/parse-fail detected',
      target: 'all',
      reached: `${detected} of ${all.length}`,
      ok: detected === all.length,
      details: missed,
    },
    {
      id: 4,
      requirement: 'same file and line / same column',
      target: '97 % / 93 %',
      reached: `${percent(sameLine)} / ${percent(sameColumn)}; the first diagnostic is it in ${first}, more than one in ${extra}`,
      ok: sameLine / positioned >= 0.97 && sameColumn / positioned >= 0.93,
      details: elsewhere,
    },
  ]
}

const names = (entries: readonly OutlineEntry[]): string[] =>
  entries.flatMap((entry) => [`${entry.kind} ${entry.name}`, ...names(entry.children)])

/**
 * Puts an unknown type in the place of every primitive type of every interface, except for keys of maps, which have rules
 * of their own: each must be told, at its place, and nothing else. Then breaks each function in turn.
 */
const severalMistakes = (): Row => {
  const details: string[] = []
  let [mistakes, told, other, broken, kept] = [0, 0, 0, 0, 0]
  for (const { name, text } of wholeTexts()) {
    const { file } = parseWit(text)
    const spots: Type[] = []
    for (const item of file.items) {
      if (item.kind !== 'interface') continue
      const types = item.items.flatMap((one): Type[] => {
        if (one.kind === 'function') return one.type.parameters.map(({ type }) => type)
        return one.kind === 'use' ? [] : typesIn(one).map(({ type }) => type)
      })
      for (const type of types)
        walkType(type, (part) => {
          if (part.kind === 'primitive' && (spots.at(-1)?.end ?? 0) < part.start) spots.push(part)
        })
    }
    const keys = new Set<number>()
    for (const item of file.items)
      if (item.kind === 'interface')
        for (const one of item.items)
          if (one.kind === 'alias') walkType(one.type, (part) => part.kind === 'map' && keys.add(part.key.start))
    const usable = spots.filter(({ start }) => !keys.has(start))
    if (usable.length > 0) {
      let changed = ''
      let at = 0
      const wanted: number[] = []
      for (const [index, { start, end }] of usable.entries()) {
        changed += text.slice(at, start)
        wanted.push(changed.length)
        changed += `unknown-type-${index}`
        at = end
      }
      changed += text.slice(at)
      const starts = new Set(wanted)
      const lines = changed.split('\n')
      const offsets = checkWit({ 'a.wit': changed }).map(({ place }) =>
        place === undefined
          ? -1
          : lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1,
      )
      const right = new Set(offsets.filter((offset) => starts.has(offset)))
      mistakes += starts.size
      told += right.size
      const wrong = offsets.filter((offset) => !starts.has(offset)).length
      other += wrong
      if (right.size < starts.size || wrong > 0)
        details.push(`${name}: ${starts.size} unknown types, ${right.size} told, ${wrong} other diagnostics`)
    }
    // A broken item leaves the others of its interface, and those after it, in the outline.
    for (const item of file.items) {
      if (item.kind !== 'interface') continue
      for (const one of item.items) {
        if (one.kind !== 'function') continue
        const cut = `${text.slice(0, one.name.end)} ? ${text.slice(one.type.start)}`
        const before = names(outline(file, text))
        const after = names(outline(parseWit(cut).file, cut))
        broken += 1
        const gone = before.filter((entry) => !after.includes(entry))
        if (gone.length === 0 || (gone.length === 1 && gone[0] === `function ${one.name.text}`)) kept += 1
        else details.push(`${name}: with \`${one.name.text}\` broken the outline lost ${gone.join(', ')}`)
      }
    }
  }
  return {
    id: 6,
    requirement: 'errors per file: all independent ones; unaffected items stay in the outline',
    target: 'all',
    reached: `${told} of ${mistakes} planted mistakes told, ${other} others; outline whole in ${kept} of ${broken}`,
    ok: told === mistakes && other === 0 && kept === broken,
    details,
  }
}

const rules = (): Row => {
  const details: string[] = []
  for (const { rule, text, at } of validatorRules) {
    const found = checkWit({ 'a.wit': text })
    const spots = found.map(({ place }) => `${place?.line ?? 0}:${place?.column ?? 0}`)
    if (spots.length !== 1 || spots[0] !== at) details.push(`${rule}: wanted ${at}, got ${found.map(show).join('; ')}`)
  }
  const right = validatorRules.length - details.length
  return {
    id: 7,
    requirement: 'validator-level rules, at the member',
    target: 'all',
    reached: `${right} of ${validatorRules.length}`,
    ok: right === validatorRules.length,
    details,
  }
}

export const diagnosticRows = (): Row[] => [
  accepting(1, 'wit/good: no diagnostics', 'all', cases('wit/good')),
  accepting(2, 'wit/worlds, wasi/*, built-in WASI: no false positives', 'all', [
    ...cases('wit/worlds'),
    ...wasi(),
    ...jcoBuiltins(),
  ]),
  ...rejecting(),
  severalMistakes(),
  rules(),
]

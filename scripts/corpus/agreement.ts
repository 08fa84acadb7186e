/** Rows 12 and 13: jco beside us. */
import { checkWit } from '../../src/wit/check.ts'
import { lex } from '../../src/wit/lexer.ts'
import { parseWit } from '../../src/wit/parse.ts'
import { lineStarts } from '../../src/wit/text.ts'
import type { InterfaceItem, Method, TopLevelItem, WorldItem } from '../../src/wit/tree.ts'
import { randomFrom, wholeTexts, type Row } from './files.ts'
import { interfacesOf, oracleWorld, withWorld } from './format.ts'
import type { Jco } from './jco.ts'

export const recoveryRow = async (jco: Jco): Promise<Row> => {
  const text = 'package a:b; world w { import f: func(); }'
  await jco.ask('accepts', text, 'w')
  const samples: number[] = []
  const details: string[] = []
  for (let round = 0; round < 3; round += 1) {
    const broken = await jco.ask('hang', '', '', 300)
    const started = performance.now()
    const next = await jco.ask('accepts', text, 'w')
    samples.push(performance.now() - started)
    if (broken.kind === 'ok' || next.kind !== 'ok') details.push(`${broken.kind}, then ${next.kind}`)
  }
  const slowest = Math.max(...samples)
  return {
    id: 12,
    requirement: 'jco after a trap or hang (in Node; in the page: e2e/faults)',
    target: 'usable within 2 s',
    reached: `usable again after ${slowest.toFixed(0)} ms at most`,
    ok: details.length === 0 && slowest < 2000,
    details,
  }
}

/** One change such as fingers make it: a token or a line too many, too few, another one, or in another place. */
export const mutate = (text: string, random: () => number): string => {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const tokens = lex(text).tokens.filter(({ kind }) => kind !== 'end')
  const [one, other] = [pick(tokens), pick(tokens)]
  if (one === undefined || other === undefined) return `${text};`
  const replace = (start: number, end: number, by: string): string => text.slice(0, start) + by + text.slice(end)
  const written = (token: typeof one): string => text.slice(token.start, token.end)
  const lines = text.split('\n')
  const line = Math.floor(random() * lines.length)
  const words = tokens.filter(({ kind }) => kind === 'word')
  const [word, name] = [pick(words) ?? one, pick(words) ?? other]
  const at = one.start + Math.floor(random() * (one.end - one.start))
  switch (Math.floor(random() * 10)) {
    case 0:
      return replace(one.start, one.end, '')
    case 1:
      return replace(one.end, one.end, ` ${written(one)}`)
    case 2:
      return replace(one.start, one.end, written(other))
    case 3:
    case 4:
      return replace(word.start, word.end, written(name))
    case 5:
      return replace(other.end, other.end, ` ${written(one)} `)
    case 6:
      return lines.toSpliced(line, 1).join('\n')
    case 7:
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n')
    case 8:
      return replace(at, at + 1, '')
    default:
      return replace(at, at + 1, pick([...'abX1-_{}()<>;:,.@/*"% ']) ?? '')
  }
}

export interface Disagreement {
  readonly name: string
  readonly seed: number
  readonly text: string
  /** What each says against the text; `undefined` where it is accepted. */
  readonly ours: string | undefined
  readonly jcos: string | undefined
  /** Why we are right by the specification; `undefined` where that is not known. */
  readonly reason: string | undefined
}

export interface Agreement {
  readonly judged: number
  /** What jco had no answer to. */
  readonly broken: readonly string[]
  readonly disagreements: readonly Disagreement[]
}

type Item = TopLevelItem | InterfaceItem | WorldItem | Method

/** The items inside of one. */
const inside = (item: Item): readonly Item[] => {
  switch (item.kind) {
    case 'package-block':
    case 'interface':
    case 'world':
      return item.items
    case 'resource':
      return item.methods
    case 'import':
    case 'export':
      return item.type.kind === 'interface' ? item.type.items : []
    default:
      return []
  }
}

/** Whether an offset is in an item that an annotation makes unstable. */
const isInUnstable = (items: readonly Item[], at: number): boolean =>
  items.some(
    (item) =>
      item.start <= at &&
      at < item.end &&
      (item.gates.some(({ kind }) => kind === 'unstable') || isInUnstable(inside(item), at)),
  )

/** Why jco accepts what the specification rules out; `undefined` where that is not known. `at`: the offset of the mistake. */
export const reasonFor = (text: string, message: string, at: number): string | undefined => {
  if (
    /^There is no |has no interface or world|has nothing named/.test(message) &&
    isInUnstable(parseWit(text).file.items, at)
  )
    return 'jco leaves out what is unstable before it looks at the names in it; a name that nothing has is one in every configuration (WIT.md#feature-gates)'
  if (/is there twice in the|differ only in case/.test(message))
    return 'jco leaves labels to the validator of components, which never sees a type that no function uses; they differ in any type (Explainer.md#type-definitions)'
  return undefined
}

/** Judges so many mutations of the accepting corpora, one for each seed from the first on. */
export const agreement = async (jco: Jco, first: number, count: number): Promise<Agreement> => {
  const originals: { name: string; text: string }[] = []
  for (const { name, text } of wholeTexts()) {
    const whole = withWorld(text, interfacesOf(text))
    if (checkWit({ 'a.wit': whole }).length > 0) continue
    if ((await jco.ask('accepts', whole, oracleWorld)).kind === 'ok') originals.push({ name, text })
  }
  const disagreements: Disagreement[] = []
  const broken: string[] = []
  let judged = 0
  for (let seed = first; seed < first + count; seed += 1) {
    const random = randomFrom(seed)
    const original = originals[Math.floor(random() * originals.length)]
    if (original === undefined) break
    let { text } = original
    for (let changes = random() < 0.5 ? 1 : 2; changes > 0; changes -= 1) text = mutate(text, random)
    const whole = withWorld(text, interfacesOf(text))
    const [found] = checkWit({ 'a.wit': whole })
    const answer = await jco.ask('accepts', whole, oracleWorld)
    if (answer.kind === 'trap' || answer.kind === 'hang') {
      broken.push(
        `seed ${seed}, ${original.name}: jco ends in a ${answer.kind}; here ${found?.message ?? 'it is fine'}`,
      )
      continue
    }
    judged += 1
    const jcos = answer.kind === 'refused' ? answer.message : undefined
    if ((found === undefined) === (jcos === undefined)) continue
    const { line = 1, column = 1 } = found?.place ?? {}
    const reason = found && reasonFor(whole, found.message, (lineStarts(whole)[line - 1] ?? 0) + column - 1)
    const ours = found && `${found.place?.line ?? 0}:${found.place?.column ?? 0} ${found.message}`
    disagreements.push({ name: original.name, seed, text: whole, ours, jcos, reason })
  }
  return { judged, broken, disagreements }
}

export const agreementRow = async (jco: Jco, first: number, count: number): Promise<Row> => {
  const { judged, broken, disagreements } = await agreement(jco, first, count)
  const unexplained = disagreements.filter(({ reason }) => reason === undefined)
  const agreed = judged - disagreements.length
  return {
    id: 13,
    requirement: `accept or reject as jco does, on ${count} mutated files (seeds ${first} to ${first + count - 1})`,
    target: '99 %, exceptions listed',
    reached: `${agreed} of ${judged} (${((100 * agreed) / judged).toFixed(2)} %), ${unexplained.length} not explained; jco without an answer: ${broken.length}`,
    ok: agreed >= 0.99 * judged && unexplained.length === 0 && judged > 0,
    details: [
      ...disagreements.map(
        ({ name, seed, ours, jcos, reason }) =>
          `seed ${seed}, ${name}: here ${ours ?? 'it is fine'}; jco: ${jcos?.split('\n')[0] ?? 'it is fine'}. ${reason ?? 'Not explained.'}`,
      ),
      ...broken,
    ],
  }
}

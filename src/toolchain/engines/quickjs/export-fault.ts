import type { Fault, Place } from '../../../contract/fault.ts'
import { closest } from '../../../component/closest.ts'
import type { GuestSource } from '../../engine.ts'
import { joinedHint } from './binding/hints.ts'
import { declarationsOf, type Declaration } from './declared-names.ts'
import { positionOf } from './modules.ts'

/** An export of the world that the entry module does not have, or has as something else than a function. */
export interface UnfitExport {
  readonly path: readonly string[]
  readonly hint: string
  readonly missing: boolean
  /** Whether the first name of the path is exported, and something is missing in what it stands for. */
  readonly isThere: boolean
}

/** One fault for all of them. `names`: all that the entry should export; `declared`: what it has, if that is known. */
export function exportFault(
  source: GuestSource,
  unfit: readonly UnfitExport[],
  names: readonly string[],
  declared: Declared = declaredIn(source),
): Fault {
  const { entry, modules } = source
  const text = modules[entry] ?? ''
  const missing = unfit.filter((each) => each.missing)
  const mistyped = unfit.filter((each) => !each.missing)
  const sentences = [
    ...(missing.length > 0 ? [`${entry} does not export ${list(missing)}`] : []),
    ...(mistyped.length > 0 ? [`${list(mistyped)} ${mistyped.length === 1 ? 'is' : 'are'} not a function`] : []),
  ]
  const roots = [...new Set(missing.flatMap(({ path: [name = ''], isThere }) => (isThere ? [] : [name])))]
  const hidden = new Set(roots.filter((name) => declared.get(name)?.exported === false))
  const imported = [...hidden].filter((name) => declared.get(name)?.imported)
  const own = [...hidden].filter((name) => !imported.includes(name))
  const byDefault = roots.find((name) => declared.get(name)?.exported === 'default')
  const absent = unfit.filter(({ path: [name = ''] }) => !hidden.has(name) && name !== byDefault)
  const hints = hintsOf(absent, membersNamed)
  const shown = hints.slice(0, hintsNamed).join('; ')
  const isCut = shown !== hintsOf(absent, Infinity).join('; ')
  const expected = new Set(names)
  const others = [...declared.values()].filter(({ name, exported }) => exported === true && !expected.has(name))
  const other = others.slice(0, compared).find(({ name }) => closest(name, roots.slice(0, compared)))?.name
  const meant = other === undefined ? undefined : closest(other, roots.slice(0, compared))
  const misspelt = meant !== undefined && !declared.has(meant) ? other : undefined
  const steps = [
    ...(own.length > 0 ? [`Write \`export\` in front of ${shortened(own)}`] : []),
    ...(imported.length > 0 ? [`Write \`export { ${imported.slice(0, named).join(', ')} }\``] : []),
    ...(byDefault === undefined ? [] : [`Remove \`default\` in front of ${byDefault}`]),
    ...(misspelt === undefined ? [] : [`Rename ${misspelt} to ${meant}`]),
    ...(hints.length > 0 ? [`Add ${hints.length > hintsNamed ? `what is missing, such as ${shown}` : shown}`] : []),
  ]
  const next = steps.map((step, index) => (index === 0 ? step : step.charAt(0).toLowerCase() + step.slice(1)))
  return {
    stage: 'source',
    message: `${sentences.join('; ')}.`,
    next: `${next.join(', or ')}.`,
    place: placeOf(
      entry,
      text,
      [...unfit.map(({ path: [name = ''] }) => name), ...(misspelt ? [misspelt] : [])],
      declared,
    ),
    ...((hints.length > 1 || isCut) && { detail: hintsOf(absent, Infinity, false).join('\n') }),
  }
}

/** A misspelt name is looked for among so many: each is compared with each. */
const compared = 100
/** More names than these nobody reads in one sentence. */
const named = 12
/** More signatures than these neither: they follow in the detail. */
const hintsNamed = 3
const membersNamed = 3

/** By where the entry has them, which names each of them and nothing else. */
const list = (unfit: readonly UnfitExport[]): string =>
  shortened(unfit.map(({ path }) => path.filter((step) => step !== 'prototype').join('.')))

/**
 * One for each function of the world, and one for each interface, with at most so many members written out. `adds`:
 * whether what is missing in an object is added to it, or the whole is written as it should be.
 */
function hintsOf(absent: readonly UnfitExport[], most: number, adds = true): string[] {
  const objects = new Map<string, UnfitExport[]>()
  for (const each of absent) {
    const [name = '', member] = each.path
    const key = member === undefined ? each.hint : name
    const inside = objects.get(key)
    if (inside) inside.push(each)
    else objects.set(key, [each])
  }
  return [...objects.values()].flatMap((inside) => {
    const [first] = inside
    if (!first || first.hint === '') return []
    if (first.path.length === 1) return [first.hint]
    const hints = inside.map(({ hint }) => hint)
    return [joinedHint(first.path[0] ?? '', [...new Set(hints)], adds && first.isThere, most)]
  })
}

function shortened(names: readonly string[]): string {
  const rest = names.length - named
  return rest > 1 ? `${names.slice(0, named).join(', ')} and ${rest} more` : names.join(', ')
}

export type Declared = ReadonlyMap<string, Declaration>

/** What the entry has, by name; what is exported goes before what is not. */
export function declaredIn({ entry, modules }: GuestSource): Declared {
  const declared = new Map<string, Declaration>()
  for (const each of declarationsOf(modules[entry] ?? '')) {
    const known = declared.get(each.name)
    if (known === undefined || (each.exported === true && known.exported !== true)) declared.set(each.name, each)
  }
  return declared
}

/** Where the first of them is declared, or the start of the entry. */
function placeOf(entry: string, text: string, names: readonly string[], declared: Declared): Place {
  for (const name of names) {
    const at = declared.get(name)?.at
    if (at !== undefined) return { file: entry, ...positionOf(text, at) }
  }
  return { file: entry, line: 1, column: 1 }
}

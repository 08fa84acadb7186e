import type { Fault, Place } from '../../../contract/fault.ts'
import { closest } from '../../../component/closest.ts'
import type { GuestSource } from '../../engine.ts'
import { positionOf } from './modules.ts'

/** An export of the world that the entry module does not have, or has as something else than a function. */
export interface UnfitExport {
  readonly path: readonly string[]
  readonly label: string
  readonly hint: string
  readonly missing: boolean
}

/** One fault for all of them. `names`: all that the entry should export. */
export function exportFault(source: GuestSource, unfit: readonly UnfitExport[], names: readonly string[]): Fault {
  const { entry, modules } = source
  const text = modules[entry] ?? ''
  const missing = unfit.filter((each) => each.missing)
  const mistyped = unfit.filter((each) => !each.missing)
  const sentences = [
    ...(missing.length > 0 ? [`${entry} does not export ${list(missing)}`] : []),
    ...(mistyped.length > 0 ? [`${list(mistyped)} ${mistyped.length === 1 ? 'is' : 'are'} not a function`] : []),
  ]
  const roots = [...new Set(missing.map(({ path: [name = ''] }) => name))]
  const hidden = roots.filter((name) => !isExported(text, name) && declaration(text, name, '') !== undefined)
  const absent = unfit.filter(({ path: [name = ''] }) => !hidden.includes(name))
  const hints = [...new Set(absent.map(({ hint }) => hint).filter((hint) => hint !== ''))]
  const shown = hints.slice(0, 3).join('; ')
  const [other] = exportedNames(text).filter((name) => !names.includes(name) && closest(name, roots) !== undefined)
  const meant = other === undefined ? undefined : closest(other, roots)
  const misspelt = meant !== undefined && !hidden.includes(meant) && !isExported(text, meant) ? other : undefined
  const steps = [
    ...(hidden.length > 0 ? [`Write \`export\` in front of ${hidden.join(', ')}`] : []),
    ...(misspelt === undefined ? [] : [`Rename ${misspelt} to ${meant}`]),
    ...(hints.length > 0 ? [`Add ${hints.length > 3 ? `what is missing, such as ${shown}` : shown}`] : []),
  ]
  const next = steps.map((step, index) => (index === 0 ? step : step.charAt(0).toLowerCase() + step.slice(1)))
  return {
    stage: 'source',
    message: `${sentences.join('; ')}.`,
    next: `${next.join(', or ')}.`,
    place: placeOf(entry, text, [...unfit.map(({ path: [name = ''] }) => name), ...(misspelt ? [misspelt] : [])]),
    ...(hints.length > 1 && { detail: hints.join('\n') }),
  }
}

function list(unfit: readonly UnfitExport[]): string {
  return unfit.map(({ path, label }) => (path.join('.') === label ? label : `${path.join('.')} (${label})`)).join(', ')
}

const keyword = '(?:default\\s+)?(?:async\\s+)?(?:function\\b\\s*\\*?|class|const|let|var)\\s*'
const exported = '\\bexport\\s+'

/** Where the name is declared at the top level; `before`: what stands in front of it. */
function declaration(text: string, name: string, before: string): number | undefined {
  const escaped = name.replace(/\$/g, '\\$')
  const found = new RegExp(`${before === '' ? '^' : before}${keyword}(?<![\\w$])(?=${escaped}(?![\\w$]))`, 'm').exec(
    text,
  )
  return found ? found.index + found[0].length : undefined
}

const isExported = (text: string, name: string): boolean => {
  const at = declaration(text, name, exported)
  return at !== undefined && !/\bdefault\s[^;]*$/.test(text.slice(text.lastIndexOf('export', at), at))
}

const exportedNames = (text: string): string[] =>
  [...text.matchAll(new RegExp(`${exported}${keyword}([\\w$]+)`, 'g'))].flatMap(([, name]) => name ?? [])

/** Where the first of them is declared, or the start of the entry. */
function placeOf(entry: string, text: string, names: readonly string[]): Place {
  for (const name of names) {
    const at = declaration(text, name, exported) ?? declaration(text, name, '')
    if (at !== undefined) return { file: entry, ...positionOf(text, at) }
  }
  return { file: entry, line: 1, column: 1 }
}

import type { Fault, Place } from '../../../contract/fault.ts'
import type { GuestSource } from '../../engine.ts'
import { positionOf } from './modules.ts'

/** An export of the world that the entry module does not have, or has as something else than a function. */
export interface UnfitExport {
  readonly path: readonly string[]
  readonly label: string
  readonly hint: string
  readonly missing: boolean
}

/** One fault for all of them. */
export function exportFault(source: GuestSource, unfit: readonly UnfitExport[]): Fault {
  const { entry } = source
  const missing = unfit.filter((each) => each.missing)
  const mistyped = unfit.filter((each) => !each.missing)
  const sentences = [
    ...(missing.length > 0 ? [`${entry} does not export ${list(missing)}`] : []),
    ...(mistyped.length > 0 ? [`${list(mistyped)} ${mistyped.length === 1 ? 'is' : 'are'} not a function`] : []),
  ]
  const hints = [...new Set(unfit.map(({ hint }) => hint))]
  const shown = hints.slice(0, 3).join('; ')
  const place = placeOfExport(source, unfit)
  return {
    stage: 'guest-init',
    message: `${sentences.join('; ')}.`,
    next: `Add ${hints.length > 3 ? `what is missing, such as ${shown}` : shown}.`,
    place,
    ...(hints.length > 1 && { detail: hints.join('\n') }),
  }
}

function list(unfit: readonly UnfitExport[]): string {
  return unfit.map(({ path, label }) => (path.join('.') === label ? label : `${path.join('.')} (${label})`)).join(', ')
}

/** Where the first of them is declared, or the start of the entry. */
function placeOfExport({ entry, modules }: GuestSource, unfit: readonly UnfitExport[]): Place {
  const text = modules[entry] ?? ''
  for (const { path } of unfit) {
    const [name = ''] = path
    const escaped = name.replace(/\$/g, '\\$')
    const declared = new RegExp(
      `\\bexport\\s+(?:default\\s+)?(?:async\\s+)?(?:function\\s*\\*?|class|const|let|var)\\s+(?=${escaped}\\b)`,
    ).exec(text)
    if (declared) return { file: entry, ...positionOf(text, declared.index + declared[0].length) }
  }
  return { file: entry, line: 1, column: 1 }
}

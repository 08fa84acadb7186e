import type { Diagnostic, Fix } from '../../contract/fault.ts'
import { markOf } from '../../contract/text-mark.ts'
import { hostFeatures, lackWords } from '../../toolchain/host-features.ts'
import { unversioned } from '../../wasi/served.ts'
import { addImport } from '../../wit/add-import.ts'
import { lineStarts, positionAt } from '../../wit/text.ts'
import type { HostUse } from '../uses-store.ts'
import type { FoundUse } from './host-uses.ts'

/** What a file was found to use, as the project has it. */
export function usesOf(file: string, found: readonly FoundUse[]): HostUse[] {
  return found.flatMap(({ what, kind, range }): HostUse[] => {
    const place = { file, ...range }
    if (kind === 'import') return [{ what, kind, needs: [unversioned(what)], place }]
    const feature = Object.hasOwn(hostFeatures, what) ? hostFeatures[what] : undefined
    return feature ? [{ what, kind, needs: feature.needs, place }] : []
  })
}

/** The builder has these itself while the top-level code runs. */
const atBuilder = /^(?:console|performance|Math|crypto)\./

export interface LackingWorld {
  readonly name: string
  readonly wit: Readonly<Record<string, string>>
  readonly imported: ReadonlySet<string>
  /** An interface with the version that this world would import. */
  readonly versioned: (name: string) => string
}

/** Warns of what the code uses and the world does not import, each interface once, with the line that mends it. */
export function lacksOf(file: string, found: readonly FoundUse[], world: LackingWorld): Diagnostic[] {
  const told = new Set<string>()
  return found.flatMap(({ what, kind, range, atStart }): Diagnostic[] => {
    const feature = kind === 'feature' && Object.hasOwn(hostFeatures, what) ? hostFeatures[what] : undefined
    if (feature === undefined || (atStart && atBuilder.test(what))) return []
    const [first] = feature.needs
    if (feature.needs.some((name) => world.imported.has(name)) || told.has(first)) return []
    told.add(first)
    const full = world.versioned(first)
    const fix = importFix(full, world)
    return [
      {
        stage: 'types',
        severity: 'warning',
        ...lackWords(what, feature, full.slice(first.length + 1)),
        place: { file, ...range },
        ...(fix && { fixes: [fix] }),
      },
    ]
  })
}

/** The import as one insertion into the file that has the world. */
function importFix(full: string, { name, wit }: LackingWorld): Fix | undefined {
  const edit = addImport(wit, name, full)
  const before = edit && wit[edit.path]
  if (edit === undefined || before === undefined) return undefined
  let from = 0
  while (from < before.length && before[from] === edit.text[from]) from++
  let kept = 0
  const most = Math.min(before.length, edit.text.length) - from
  while (kept < most && before.at(-1 - kept) === edit.text.at(-1 - kept)) kept++
  const starts = lineStarts(before)
  const begin = positionAt(starts, from)
  const end = positionAt(starts, before.length - kept)
  const place = { file: edit.path, ...begin, endLine: end.line, endColumn: end.column }
  const text = edit.text.slice(from, edit.text.length - kept)
  return { title: `Import ${full}`, mark: markOf(before), edits: [{ place, text }] }
}

import type * as typescript from 'typescript'
import { markOf } from '../../../contract/text-mark.ts'
import { rangeOf, type ExportFix, type Finding } from './findings.ts'
import type { ExportTypes, Found } from './export-types.ts'
import { ImportNames, type Edit } from './import-names.ts'
import { LocalNames } from './local-names.ts'
import { exportKeyword, isListedOnly, memberEdits, moduleEdits } from './missing-edits.ts'
import { renamedExport, renamedMember } from './renames.ts'
import { signatureEdits } from './signature-edits.ts'
import type { Wanted } from './wanted.ts'

/** More single ones than these nobody looks through. */
const single = 8

/** What would mend each finding, the most likely first. */
export function exportFixes(
  ts: typeof typescript,
  service: typescript.LanguageService,
  types: ExportTypes,
  wanted: readonly Wanted[],
  found: readonly Found[],
  findings: readonly Omit<Finding, 'fixes'>[],
): (readonly ExportFix[])[] {
  /** One for each file: the next fix is made of the same text. */
  const localsOf = (source: typescript.SourceFile): LocalNames => new LocalNames(types, source)
  const entry = localsOf(types.source)
  const wants = (indices: readonly number[]): Wanted[] => indices.flatMap((index) => wanted[index] ?? [])

  /** What adds all of these, which may be missing in several places of the entry. */
  function adding(title: string, groups: readonly Omit<Finding, 'fixes'>[]): ExportFix[] {
    const target = fileOf(groups[0], found) ?? types.source
    const locals = localsOf(target)
    const classes = classNames(
      types,
      locals,
      wanted,
      found,
      groups.flatMap((each) => each.wanted),
    )
    const names = new ImportNames(types, locals, classes)
    const edits: Edit[] = []
    for (const group of groups) {
      const holder = found[group.wanted[0] ?? -1]
      if (!holder || (fileOf(group, found) ?? types.source) !== target) return []
      const added =
        holder.depth === 0
          ? moduleEdits(types, wants(group.wanted), 0, names)
          : memberEdits(types, holder, wants(group.wanted), names)
      if (!added) return []
      edits.push(...added)
    }
    return [placed(title, target, [...names.edits(), ...edits])]
  }

  const missing = findings.filter(({ kind }) => kind === 'missing')
  const all = missing.length > 1 ? adding('Add all that is missing', missing) : []

  return findings.map((finding) => {
    const { kind, wanted: indices } = finding
    const each = found[indices[0] ?? -1]
    if (!each) return []
    if (kind === 'unlike') {
      const want = wanted[indices[0] ?? -1]
      const source = each.marks[0]?.getSourceFile()
      if (!want || !source || finding.unlike?.part === 'thrown') return []
      const locals = localsOf(source)
      const names = new ImportNames(types, locals, classNames(types, locals, wanted, found, []))
      const type = types.declared(want.module, want.member)
      const edits = type && signatureEdits(ts, types.checker, want, each, type, names)
      if (!edits || edits.length === 0) return []
      return [placed(`Correct the signature of ${want.path.at(-1)}`, source, [...names.edits(), ...edits])]
    }
    if (kind === 'mistyped') return []
    const parts = partsOf(indices, wanted, found)
    const one = (name: string, part: readonly number[]): ExportFix[] => {
      const declared = each.depth === 0 ? entry.statementsOf(name) : []
      const title =
        declared.length === 0
          ? `Add ${name}`
          : declared.some((statement) => isListedOnly(ts, entry, statement))
            ? `Export ${name}`
            : `Write export before ${name}`
      return adding(title, [{ ...finding, wanted: part }])
    }
    const singles = [...parts].slice(0, single).flatMap(([name, part]) => one(name, part))
    const together = parts.size > 1 ? adding(`Add the ${parts.size} that are missing`, [finding]) : []
    const renamed =
      each.depth === 0
        ? renamedExport(service, types, entry, [...parts.keys()], wanted)
        : renamedMember(service, types, each, wants(indices), wanted)
    const renaming = renamed ? [placed(renamed.title, renamed.source, renamed.edits)] : []
    return [...renaming, ...together, ...singles, ...all]
  })
}

const fileOf = (
  { wanted: [index = -1] = [] }: Partial<Finding> = {},
  found: readonly Found[],
): typescript.SourceFile | undefined => found[index]?.declaration?.getSourceFile()

function placed(title: string, source: typescript.SourceFile, edits: readonly Edit[]): ExportFix {
  // What stands in one place is one edit; `export` goes before its statement, behind what is put before that.
  const ordered = edits.toSorted(
    (one, other) => Number(one.text === exportKeyword) - Number(other.text === exportKeyword),
  )
  const merged: Edit[] = []
  for (const edit of ordered) {
    const index = merged.findIndex(
      ({ start, end }) => start === edit.start && (start === end || edit.start === edit.end),
    )
    const other = merged[index]
    if (!other) merged.push(edit)
    else merged[index] = { ...other, end: Math.max(other.end, edit.end), text: other.text + edit.text }
  }
  const ranges = merged.map(({ start, end, text }) => ({ range: rangeOf(source, start, end), text }))
  return { title, file: source.fileName, mark: markOf(source.text), edits: ranges }
}

/** By the name that is missing: a member of the entry, of an object or of a class. */
function partsOf(
  indices: readonly number[],
  wanted: readonly Wanted[],
  found: readonly Found[],
): ReadonlyMap<string, readonly number[]> {
  const parts = new Map<string, number[]>()
  for (const index of indices) {
    const name = wanted[index]?.path[found[index]?.depth ?? 0] ?? ''
    const part = parts.get(name) ?? []
    part.push(index)
    parts.set(name, part)
  }
  return parts
}

/**
 * How a file calls the classes of the world's resources: as it does, or as it will when those that are `added` are
 * written. Those that it does not have are called by where the world declares them.
 */
function classNames(
  { ts }: ExportTypes,
  locals: LocalNames,
  wanted: readonly Wanted[],
  found: readonly Found[],
  added: readonly number[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const writing = new Set(added)
  for (const [index, { kind, module, path }] of wanted.entries()) {
    if (kind !== 'class') continue
    const { fit, declaration, depth = 0 } = found[index] ?? {}
    const name = path.at(-1) ?? ''
    const own = declaration && ts.isClassDeclaration(declaration) ? declaration.name?.text : undefined
    if (fit === 'missing') {
      const [root = ''] = path
      const fresh = [name, `${root.charAt(0).toUpperCase()}${root.slice(1).replaceAll(/\W+/g, '_')}${name}`]
      // An object that lacks what the file has gets that.
      const isThere = depth > 0 && locals.isValue(name) && ![...names.values()].includes(name)
      const local = !writing.has(index)
        ? `import('${module}').${name}`
        : isThere
          ? name
          : locals.take(fresh, locals.isUnknown)
      names.set(`${module} ${name}`, local)
    } else if (own !== undefined && declaration?.getSourceFile() === locals.source) {
      names.set(`${module} ${name}`, own)
    }
  }
  return names
}

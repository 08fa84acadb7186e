import type * as typescript from 'typescript'
import { closest } from '../../../component/closest.ts'
import { isBindable } from '../../../toolchain/engines/quickjs/binding/names.ts'
import { rangeOf, type ExportFix, type Finding } from './findings.ts'
import type { ExportTypes, Found } from './export-types.ts'
import { ImportNames, type Edit } from './import-names.ts'
import { signatureEdits } from './signature-edits.ts'
import { classSkeleton, exportAs, functionSkeleton, indented, interfaceSkeleton, memberSkeleton } from './skeleton.ts'
import type { Wanted } from './wanted.ts'

/** More single ones than these nobody looks through. */
const single = 8
/** A misspelt name is looked for among so many: each is compared with each. */
const compared = 100

/** What would mend each finding, the most likely first. */
export function exportFixes(
  ts: typeof typescript,
  service: typescript.LanguageService,
  types: ExportTypes,
  wanted: readonly Wanted[],
  found: readonly Found[],
  findings: readonly Omit<Finding, 'fixes'>[],
): (readonly ExportFix[])[] {
  const classes = classNames(ts, types, wanted, found)
  const wants = (indices: readonly number[]): Wanted[] => indices.flatMap((index) => wanted[index] ?? [])

  /** What adds all of these, which may be missing in several places of the entry. */
  function adding(title: string, groups: readonly Omit<Finding, 'fixes'>[]): ExportFix[] {
    const target = fileOf(groups[0], found) ?? types.source
    const names = new ImportNames(types, target, classes)
    const edits: Edit[] = []
    for (const group of groups) {
      const holder = found[group.wanted[0] ?? -1]
      if (!holder || (fileOf(group, found) ?? types.source) !== target) return []
      const added =
        holder.depth === 0
          ? moduleEdits(ts, target, wants(group.wanted), wanted, names)
          : memberEdits(ts, types, holder, wants(group.wanted), names)
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
      if (!want || !source) return []
      const names = new ImportNames(types, source, classes)
      const type = types.declared(want.module, want.member)
      const edits = type && signatureEdits(ts, types.checker, want, each, type, names)
      if (!edits || edits.length === 0) return []
      return [placed(`Correct the signature of ${want.path.at(-1)}`, source, [...names.edits(), ...edits])]
    }
    if (kind === 'mistyped') return []
    const parts = partsOf(indices, wanted, found)
    const one = (name: string, part: readonly number[]): ExportFix[] => {
      const title =
        each.depth === 0 && isDeclared(ts, types.source, name) ? `Write export before ${name}` : `Add ${name}`
      return adding(title, [{ ...finding, wanted: part }])
    }
    const singles = [...parts].slice(0, single).flatMap(([name, part]) => one(name, part))
    const together = parts.size > 1 ? adding(`Add the ${parts.size} that are missing`, [finding]) : []
    const renamed = each.depth === 0 ? renaming(service, types, [...parts.keys()], wanted) : []
    return [...renamed, ...together, ...singles, ...all]
  })
}

/** What is exported under nearly the name of something that is missing gets that name, wherever it is used. */
function renaming(
  service: typescript.LanguageService,
  types: ExportTypes,
  missing: readonly string[],
  wanted: readonly Wanted[],
): ExportFix[] {
  const { source } = types
  const expected = new Set(wanted.map(({ path: [name] }) => name))
  const candidates = missing.slice(0, compared).filter((name) => !isDeclared(types.ts, source, name))
  const others = types.ownNames().filter(({ name }) => !expected.has(name))
  for (const { name, node } of others.slice(0, compared)) {
    const meant = closest(name, candidates)
    if (meant === undefined || !isBindable(meant)) continue
    const places = service.findRenameLocations(source.fileName, node.getStart(), false, false, {}) ?? []
    // In another file it would be two fixes.
    if (places.length === 0 || places.some(({ fileName }) => fileName !== source.fileName)) continue
    const edits = places.map(({ textSpan: { start, length }, prefixText = '', suffixText = '' }) => ({
      start,
      end: start + length,
      text: `${prefixText}${meant}${suffixText}`,
    }))
    return [placed(`Rename ${name} to ${meant}`, source, edits)]
  }
  return []
}

const fileOf = (
  { wanted: [index = -1] = [] }: Partial<Finding> = {},
  found: readonly Found[],
): typescript.SourceFile | undefined => found[index]?.declaration?.getSourceFile()

function placed(title: string, source: typescript.SourceFile, edits: readonly Edit[]): ExportFix {
  const ranges = edits.map(({ start, end, text }) => ({ range: rangeOf(source, start, end), text }))
  return { title, file: source.fileName, edits: ranges }
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

/** How the entry calls the classes of the world's resources: as they are, or as they will be. */
function classNames(
  ts: typeof typescript,
  types: ExportTypes,
  wanted: readonly Wanted[],
  found: readonly Found[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [index, { kind, module, path }] of wanted.entries()) {
    if (kind !== 'class') continue
    const { fit, declaration } = found[index] ?? {}
    const name = path.at(-1) ?? ''
    const own = declaration && ts.isClassDeclaration(declaration) ? declaration.name?.text : undefined
    if (fit === 'missing') names.set(`${module} ${name}`, name)
    else if (own !== undefined && declaration?.getSourceFile() === types.source) names.set(`${module} ${name}`, own)
  }
  return names
}

/** The statement at the top of a file that gives a value the name. */
function statementOf(
  ts: typeof typescript,
  source: typescript.SourceFile,
  name: string,
): typescript.Statement | undefined {
  return source.statements.find((each) => {
    if (ts.isFunctionDeclaration(each) || ts.isClassDeclaration(each) || ts.isEnumDeclaration(each))
      return each.name?.text === name
    if (ts.isVariableStatement(each)) {
      return each.declarationList.declarations.some((one) => ts.isIdentifier(one.name) && one.name.text === name)
    }
    if (!ts.isImportDeclaration(each) || each.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return false
    const { name: byDefault, namedBindings: bindings } = each.importClause ?? {}
    if (byDefault?.text === name) return true
    if (!bindings) return false
    return ts.isNamespaceImport(bindings)
      ? bindings.name.text === name
      : bindings.elements.some((one) => !one.isTypeOnly && one.name.text === name)
  })
}

const isDeclared = (ts: typeof typescript, source: typescript.SourceFile, name: string): boolean =>
  statementOf(ts, source, name) !== undefined

/** Exports what is declared, and writes what is not at the end. */
function moduleEdits(
  ts: typeof typescript,
  source: typescript.SourceFile,
  missing: readonly Wanted[],
  wanted: readonly Wanted[],
  names: ImportNames,
): Edit[] {
  const edits: Edit[] = []
  const written: string[] = []
  for (const root of new Set(missing.map(({ path: [name = ''] }) => name))) {
    const statement = statementOf(ts, source, root)
    if (statement) {
      const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
      const byDefault = modifiers.find(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
      const start = byDefault ? byDefault.getStart() : statement.getStart()
      if (byDefault) edits.push({ start, end: source.text.slice(start).search(/\s(?=\S)/) + start + 1, text: '' })
      else if (
        ts.isImportDeclaration(statement) ||
        modifiers.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)
      ) {
        written.push(exportAs(root, root))
      } else edits.push({ start, end: start, text: 'export ' })
      continue
    }
    const own = wanted.filter(({ path }) => path[0] === root)
    const [only] = own
    if (only?.path.length === 1 && only.kind === 'function') written.push(functionSkeleton(only, names))
    else written.push(interfaceSkeleton(root, own, names))
  }
  if (written.length > 0) edits.push(atEnd(source, written))
  return edits
}

function atEnd({ text }: typescript.SourceFile, written: readonly string[]): Edit {
  const start = text.trimEnd().length
  return { start, end: text.length, text: `${start === 0 ? '' : '\n\n'}${written.join('\n\n')}\n` }
}

/** Writes what is missing into the object, the class or the module that lacks it. */
function memberEdits(
  ts: typeof typescript,
  types: ExportTypes,
  { declaration, depth }: Found,
  missing: readonly Wanted[],
  names: ImportNames,
): Edit[] | undefined {
  if (!declaration || !types.isOwn(declaration)) return undefined
  const source = declaration.getSourceFile()
  if (ts.isSourceFile(declaration)) {
    const classes = missing.filter(({ kind }) => kind === 'class')
    const functions = missing.filter(({ kind }) => kind === 'function')
    return [
      atEnd(source, [
        ...classes.map((each) => `export ${classSkeleton(each, missing, names)}`),
        ...functions.map((each) => functionSkeleton(each, names)),
      ]),
    ]
  }
  if (ts.isClassLike(declaration)) {
    const members = missing.map((each) => memberSkeleton(each, names))
    const at = declaration.members.at(-1)?.end ?? declaration.end - 1
    return [
      inserted(
        source,
        at,
        declaration.end - 1,
        members.map((each) => `\n${each}`),
        declaration.members.length > 0,
      ),
    ]
  }
  const literal = types.literalOf(declaration)
  if (!literal || depth !== 1) return undefined
  const edits: Edit[] = []
  const members: string[] = []
  for (const each of missing) {
    const name = each.path.at(-1) ?? ''
    if (each.kind === 'method' || each.kind === 'static') continue
    const known = isDeclared(ts, source, name)
    if (each.kind === 'class' && !known) {
      const statement = statementAround(ts, declaration)
      const start = statement.getStart()
      edits.push({ start, end: start, text: `${classSkeleton(each, missing, names)}\n\n` })
    }
    members.push(`${known || each.kind === 'class' ? name : memberSkeleton(each, names)},`)
  }
  const last = literal.properties.at(-1)
  const at = last ? (literal.properties.hasTrailingComma ? literal.properties.end : last.end) : literal.end - 1
  const comma = last && !literal.properties.hasTrailingComma ? ',' : ''
  const { text, ...span } = inserted(source, at, literal.end - 1, members, last !== undefined)
  return [...edits, { ...span, text: comma + text }]
}

function statementAround(ts: typeof typescript, node: typescript.Node): typescript.Node {
  let statement = node
  while (!ts.isSourceFile(statement.parent)) statement = statement.parent
  return statement
}

/** Puts members, each on lines of its own, between what is there and the brace at `close`. */
function inserted(
  { text }: typescript.SourceFile,
  at: number,
  close: number,
  members: readonly string[],
  behind: boolean,
): Edit {
  const line = text.slice(text.lastIndexOf('\n', close) + 1)
  const margin = /^[ \t]*/.exec(line)?.[0] ?? ''
  const before = text.slice(at, close)
  const code = members
    .map((each, index) => `\n${indented(behind || index > 0 ? each : each.replace(/^\n/, ''))}`)
    .join('')
  const isOpen = before.includes('\n')
  const start = behind ? at : text.lastIndexOf('{', close) + 1
  return {
    start,
    end: isOpen && behind ? start : close,
    text:
      `${code}${isOpen && behind ? '' : '\n'}`.replaceAll(/\n(?=.)/g, `\n${margin}`) + (isOpen && behind ? '' : margin),
  }
}

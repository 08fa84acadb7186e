import type * as typescript from 'typescript'
import type { ExportTypes, Found } from './export-types.ts'
import type { Edit, ImportNames } from './import-names.ts'
import type { LocalNames } from './local-names.ts'
import { inserted } from './member-edits.ts'
import {
  classMember,
  classSkeleton,
  exportAs,
  functionSkeleton,
  interfaceSkeleton,
  memberSkeleton,
} from './skeleton.ts'
import type { Wanted } from './wanted.ts'

export const exportKeyword = 'export '

/** Whether nothing can go before it: what it declares is exported by a statement of its own. */
export const isListedOnly = (ts: typeof typescript, locals: LocalNames, statement: typescript.Statement): boolean =>
  locals.isPartlyExported(statement) ||
  ts.isImportDeclaration(statement) ||
  ts.isImportEqualsDeclaration(statement) ||
  modifiersOf(ts, statement).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)

const modifiersOf = (ts: typeof typescript, statement: typescript.Statement): readonly typescript.Modifier[] =>
  ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []

/** Exports what is declared, and writes what is not at the end. `depth`: where in the paths the names of the file are. */
export function moduleEdits(
  { ts }: ExportTypes,
  missing: readonly Wanted[],
  depth: number,
  names: ImportNames,
): Edit[] | undefined {
  const { locals } = names
  /** By where it is: a statement may declare several of them. */
  const edits = new Map<number, Edit>()
  const written: string[] = []
  for (const root of new Set(missing.map(({ path }) => path[depth] ?? ''))) {
    // As a type, which is gone when the program runs.
    if (locals.isListed(root)) return undefined
    const statements = locals.statementsOf(root)
    const isListed = statements.some((statement) => isListedOnly(ts, locals, statement))
    for (const statement of statements) {
      const modifiers = modifiersOf(ts, statement)
      const byDefault = modifiers.find(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
      if (byDefault) {
        const start = byDefault.getStart()
        const end = byDefault.end + (/^\s*/.exec(locals.source.text.slice(byDefault.end))?.[0].length ?? 0)
        edits.set(start, { start, end, text: '' })
      } else if (!isListed && !modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
        const start = statement.getStart()
        edits.set(start, { start, end: start, text: exportKeyword })
      }
    }
    if (isListed) written.push(exportAs(root, root))
    if (statements.length > 0) continue
    const own = missing.filter(({ path }) => path[depth] === root)
    const [only] = own
    const type = own.find(({ kind, path }) => kind === 'class' && path.length === depth + 1)
    if (type) written.push(exportedClass(type, own, names))
    else if (only?.path.length === depth + 1 && only.kind === 'function') written.push(functionSkeleton(only, names))
    else if (depth === 0) written.push(interfaceSkeleton(root, own, names))
  }
  return [...edits.values(), ...(written.length > 0 ? [atEnd(locals.source, written)] : [])]
}

function exportedClass(want: Wanted, members: readonly Wanted[], names: ImportNames): string {
  const name = want.path.at(-1) ?? ''
  const local = names.classOf(want.module, name)
  const written = classSkeleton(want, members, names)
  return local === name ? `${exportKeyword}${written}` : `${written}\n\n${exportAs(local, name)}`
}

function atEnd({ text }: typescript.SourceFile, written: readonly string[]): Edit {
  const start = text.trimEnd().length
  return { start, end: text.length, text: `${start === 0 ? '' : '\n\n'}${written.join('\n\n')}\n` }
}

/** Writes what is missing into the object, the class or the module that lacks it. */
export function memberEdits(
  types: ExportTypes,
  { declaration, depth }: Found,
  missing: readonly Wanted[],
  names: ImportNames,
): Edit[] | undefined {
  const { ts } = types
  if (!declaration || !types.isOwn(declaration)) return undefined
  const source = declaration.getSourceFile()
  if (ts.isSourceFile(declaration)) return moduleEdits(types, missing, depth, names)
  if (ts.isClassLike(declaration)) {
    const members = missing.map((each) => `\n${memberSkeleton(each, names)}`)
    return inserted(source, declaration.members, declaration.end - 1, members, '')
  }
  const literal = types.literalOf(declaration)
  if (!literal || depth !== 1) return undefined
  const edits: Edit[] = []
  const members: string[] = []
  for (const each of missing) {
    const name = each.path.at(-1) ?? ''
    if (each.kind === 'method' || each.kind === 'static') continue
    if (each.kind === 'class') {
      const local = names.classOf(each.module, name)
      if (!names.locals.isValue(local)) {
        const start = statementAround(ts, declaration).getStart()
        edits.push({ start, end: start, text: `${classSkeleton(each, missing, names)}\n\n` })
      }
      members.push(`${classMember(each, names)},`)
    } else members.push(`${names.locals.isValue(name) ? name : memberSkeleton(each, names)},`)
  }
  return [...edits, ...inserted(source, literal.properties, literal.end - 1, members, ',')]
}

function statementAround(ts: typeof typescript, node: typescript.Node): typescript.Node {
  let statement = node
  while (!ts.isSourceFile(statement.parent)) statement = statement.parent
  return statement
}

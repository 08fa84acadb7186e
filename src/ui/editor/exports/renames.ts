import type * as typescript from 'typescript'
import { closest } from '../../../component/closest.ts'
import { isBindable } from '../../../toolchain/engines/quickjs/binding/names.ts'
import type { ExportTypes, Found } from './export-types.ts'
import type { Edit } from './import-names.ts'
import type { LocalNames } from './local-names.ts'
import type { Wanted } from './wanted.ts'

/** A misspelt name is looked for among so many: each is compared with each. */
const compared = 100

export interface Rename {
  readonly title: string
  readonly source: typescript.SourceFile
  readonly edits: readonly Edit[]
}

/** What is exported under nearly the name of something that is missing gets that name, wherever it is used. */
export function renamedExport(
  service: typescript.LanguageService,
  types: ExportTypes,
  locals: LocalNames,
  missing: readonly string[],
  wanted: readonly Wanted[],
): Rename | undefined {
  const expected = new Set(wanted.map(({ path: [name = ''] }) => name))
  const candidates = missing.slice(0, compared).filter((name) => locals.isFree(name) && isBindable(name))
  const others = types.ownNames().filter(({ name }) => !expected.has(name))
  return renamed(others, candidates, (node) => everywhere(service, node, {}))
}

/** The same for a member of the object or of the class that lacks something. */
export function renamedMember(
  service: typescript.LanguageService,
  types: ExportTypes,
  { declaration, depth }: Found,
  missing: readonly Wanted[],
  wanted: readonly Wanted[],
): Rename | undefined {
  const { ts } = types
  const [first] = missing
  if (!declaration || !first || !types.isOwn(declaration)) return undefined
  const isClass = ts.isClassLike(declaration)
  const members = isClass ? declaration.members : types.literalOf(declaration)?.properties
  const own = [...(members ?? [])].flatMap((member) => {
    const { name } = member
    return name && ts.isIdentifier(name) && types.isFunction(types.checker.getTypeAtLocation(name))
      ? [{ member, name: name.text, node: name }]
      : []
  })
  for (const isStatic of isClass ? [false, true] : [false]) {
    const isOneOf = ({ kind }: Wanted): boolean => !isClass || (kind === 'static') === isStatic
    const here = missing.filter(isOneOf)
    const path = here[0]?.path.slice(0, -1) ?? first.path.slice(0, depth)
    const expected = new Set(
      wanted.flatMap((each) => (path.every((step, at) => each.path[at] === step) ? [each.path[path.length]] : [])),
    )
    const names = here.flatMap((each) => (each.path.length === path.length + 1 ? [each.path.at(-1) ?? ''] : []))
    const others = own.filter(
      ({ member, name }) => !expected.has(name) && (!isClass || staticIn(ts, member) === isStatic),
    )
    const found = renamed(others, names.slice(0, compared), (node) =>
      ts.isShorthandPropertyAssignment(node.parent)
        ? inObject(types, node)
        : everywhere(service, node, { providePrefixAndSuffixTextForRename: true }),
    )
    if (found) return found
  }
  return undefined
}

const staticIn = (ts: typeof typescript, member: typescript.Node): boolean =>
  ts.canHaveModifiers(member) &&
  ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true

type Write = (name: string) => Edit

/** The first that has nearly the name of a candidate. `places`: where it has to be written, if that can be said. */
function renamed(
  others: readonly { readonly name: string; readonly node: typescript.Node }[],
  candidates: readonly string[],
  places: (node: typescript.Node) => readonly Write[] | undefined,
): Rename | undefined {
  for (const { name, node } of others.slice(0, compared)) {
    const meant = closest(name, candidates)
    const written = meant === undefined ? undefined : places(node)
    if (meant === undefined || !written) continue
    const edits = written.map((write) => write(meant))
    return { title: `Rename ${name} to ${meant}`, source: node.getSourceFile(), edits }
  }
  return undefined
}

function everywhere(
  service: typescript.LanguageService,
  node: typescript.Node,
  preferences: typescript.UserPreferences,
): Write[] | undefined {
  const { fileName } = node.getSourceFile()
  const places = service.findRenameLocations(fileName, node.getStart(), false, false, preferences) ?? []
  // In another file it would be two fixes.
  if (places.length === 0 || places.some((each) => each.fileName !== fileName)) return undefined
  return places.map(({ textSpan: { start, length }, prefixText = '', suffixText = '' }) => (name) => {
    return { start, end: start + length, text: `${prefixText}${name}${suffixText}` }
  })
}

/** The variable that `{ ad }` stands for keeps its name: `{ add: ad }`. Of one file. */
export function inObject({ ts, checker }: Pick<ExportTypes, 'ts' | 'checker'>, node: typescript.Node): Write[] {
  const isIt = (symbol: typescript.Symbol | undefined): boolean => symbol?.valueDeclaration === node.parent
  const over =
    (start: number, end: number): Write =>
    (text) => ({ start, end, text })
  const before = (each: typescript.Node): Write => {
    const start = each.getStart()
    return (name) => ({ start, end: start, text: `${name}: ` })
  }
  const writes: Write[] = [before(node)]
  const visit = (each: typescript.Node): void => {
    if (ts.isPropertyAccessExpression(each) && isIt(checker.getSymbolAtLocation(each.name)))
      writes.push(over(each.name.getStart(), each.name.end))
    else if (ts.isElementAccessExpression(each) && isIt(checker.getSymbolAtLocation(each.argumentExpression)))
      writes.push(over(each.argumentExpression.getStart() + 1, each.argumentExpression.end - 1))
    else if (ts.isBindingElement(each) && ts.isObjectBindingPattern(each.parent)) {
      const { propertyName: key, name } = each
      const text = (key ?? name).getText()
      if (isIt(checker.getTypeAtLocation(each.parent).getProperty(text)))
        writes.push(key ? over(key.getStart(), key.end) : before(name))
    }
    ts.forEachChild(each, visit)
  }
  visit(node.getSourceFile())
  return writes
}

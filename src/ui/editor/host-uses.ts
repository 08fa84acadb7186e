import type * as typescript from 'typescript'
import { hostFeatures } from '../../toolchain/host-features.ts'
import { isGlobal } from './absent-globals.ts'
import { rangeOf, type Range } from './exports/findings.ts'

/** Where a file reaches out of the component. */
export interface FoundUse {
  /** A name of `hostFeatures`, or the specifier of an import. */
  readonly what: string
  readonly kind: 'feature' | 'import'
  readonly range: Range
  /** Runs while the component is built, where the console and the random numbers are the builder's. */
  readonly atStart: boolean
}

const owners = new Set(Object.keys(hostFeatures).flatMap((name) => (name.includes('.') ? name.split('.')[0] : [])))
const callees = new Set(['setTimeout', 'setInterval'])

/** Each interface and each feature once, at its first place; a use in a function comes before one at the start. */
export function hostUses(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  source: typescript.SourceFile,
): FoundUse[] {
  const found = new Map<string, FoundUse>()
  const note = (node: typescript.Node, what: string, kind: FoundUse['kind'], inFunction: boolean): void => {
    const known = found.get(what)
    if (known && (!known.atStart || !inFunction)) return
    found.set(what, { what, kind, range: rangeOf(source, node.getStart(source), node.end), atStart: !inFunction })
  }
  const global = (node: typescript.Node): node is typescript.Identifier =>
    ts.isIdentifier(node) && isGlobal(ts, checker, node)
  /** The feature that a node is, if any. */
  const featureOf = (node: typescript.Node): string | undefined => {
    if (ts.isPropertyAccessExpression(node)) {
      const { expression, name } = node
      return ts.isIdentifier(expression) && owners.has(expression.text) && global(expression)
        ? `${expression.text}.${name.text}`
        : undefined
    }
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const { expression, arguments: args = [] } = node
      if (!ts.isIdentifier(expression) || !global(expression)) return undefined
      if (expression.text === 'Date') {
        if (ts.isCallExpression(node)) return 'Date()'
        return args.length === 0 ? 'new Date()' : undefined
      }
      if (!callees.has(expression.text) || !waits(args[1], expression.text)) return undefined
      return expression.text
    }
    return undefined
  }
  /** A timer that is due at once needs no clock; one that repeats is never due at once. */
  const waits = (delay: typescript.Expression | undefined, name: string): boolean =>
    name === 'setInterval' || (delay !== undefined && !(ts.isNumericLiteral(delay) && Number(delay.text) <= 0))

  const visit = (node: typescript.Node, inFunction: boolean): void => {
    if (ts.isPartOfTypeNode(node)) return
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const { moduleSpecifier: from } = node
      if (from && ts.isStringLiteral(from) && !isOfTypes(ts, node)) note(from, from.text, 'import', true)
      return
    }
    const feature = featureOf(node)
    if (feature !== undefined && Object.hasOwn(hostFeatures, feature)) {
      // Of a call what is called is marked, and not what it is given.
      const marked = callees.has(feature) && ts.isCallExpression(node) ? node.expression : node
      note(marked, feature, 'feature', inFunction)
    }
    const inside = inFunction || ts.isFunctionLike(node) || ts.isPropertyDeclaration(node)
    node.forEachChild((child) => visit(child, inside))
  }
  visit(source, false)
  return [...found.values()]
}

/** Whether nothing of it is left once the types are gone. */
function isOfTypes(ts: typeof typescript, node: typescript.ImportDeclaration | typescript.ExportDeclaration): boolean {
  const clause = ts.isImportDeclaration(node) ? node.importClause : node
  if (clause === undefined || clause.isTypeOnly) return clause !== undefined
  const names = ts.isImportClause(clause) ? clause.namedBindings : clause.exportClause
  if (names === undefined || !(ts.isNamedImports(names) || ts.isNamedExports(names))) return false
  if (ts.isImportClause(clause) && clause.name) return false
  return names.elements.length > 0 && names.elements.every(({ isTypeOnly }) => isTypeOnly)
}

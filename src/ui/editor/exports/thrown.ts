import type * as typescript from 'typescript'
import type { ExportTypes } from './export-types.ts'

/** The values that a function throws itself and that are not of a type. */
export function misfitThrown(
  { ts, checker }: ExportTypes,
  written: typescript.Node,
  wanted: typescript.Type,
): readonly typescript.Expression[] {
  const found: typescript.Expression[] = []
  const visit = (node: typescript.Node): void => {
    // What another function throws, or what is caught again, is no result of this one.
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return
    if (ts.isTryStatement(node) && node.catchClause) {
      visit(node.catchClause)
      if (node.finallyBlock) visit(node.finallyBlock)
      return
    }
    if (ts.isThrowStatement(node) && !canBe(ts, checker, node.expression, wanted)) found.push(node.expression)
    node.forEachChild(visit)
  }
  written.forEachChild(visit)
  return found
}

/**
 * Whether a value is of a type, or is nothing that could be told. TypeScript makes `{ tag: string }` of `{ tag: 'empty' }`
 * where it expects nothing, so that what is written is followed down to its parts.
 */
function canBe(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  value: typescript.Expression,
  wanted: typescript.Type,
): boolean {
  if (ts.isParenthesizedExpression(value)) return canBe(ts, checker, value.expression, wanted)
  if (ts.isConditionalExpression(value))
    return canBe(ts, checker, value.whenTrue, wanted) && canBe(ts, checker, value.whenFalse, wanted)
  const type = checker.getTypeAtLocation(value)
  if (isUnknown(ts, type) || checker.isTypeAssignableTo(type, wanted) || isError(type)) return true
  const parts = wanted.isUnion() ? wanted.types : [wanted]
  if (ts.isObjectLiteralExpression(value)) return parts.some((part) => membersCanBe(ts, checker, value, part))
  if (!ts.isArrayLiteralExpression(value)) return false
  return parts.some((part) => {
    const element = checker.getIndexTypeOfType(part, ts.IndexKind.Number)
    return element && value.elements.every((each) => ts.isSpreadElement(each) || canBe(ts, checker, each, element))
  })
}

function membersCanBe(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  { properties }: typescript.ObjectLiteralExpression,
  wanted: typescript.Type,
): boolean {
  const written = new Map<string, (wanted: typescript.Type) => boolean>()
  for (const property of properties) {
    // There may be anything in it.
    if (!property.name || ts.isComputedPropertyName(property.name)) return true
    written.set(property.name.text, (member) => {
      if (ts.isPropertyAssignment(property)) return canBe(ts, checker, property.initializer, member)
      const symbol = checker.getShorthandAssignmentValueSymbol(property)
      const type = symbol && checker.getTypeOfSymbolAtLocation(symbol, property)
      return !type || isUnknown(ts, type) || checker.isTypeAssignableTo(type, member)
    })
  }
  return checker.getPropertiesOfType(wanted).every((member) => {
    const fits = written.get(member.name)
    return fits ? fits(checker.getTypeOfSymbol(member)) : (member.flags & ts.SymbolFlags.Optional) !== 0
  })
}

function isUnknown(ts: typeof typescript, { flags }: typescript.Type): boolean {
  return (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) !== 0
}

/** What ends the run, or has what it stands for as its `payload`. */
function isError(type: typescript.Type): boolean {
  const parts = type.isUnion() ? type.types : [type]
  const has = (part: typescript.Type, name: string): boolean => part.getProperty(name) !== undefined
  return parts.some((part) => has(part, 'payload') || (has(part, 'stack') && has(part, 'message')))
}

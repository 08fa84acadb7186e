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
  const parts = partsOf(wanted)
  if (ts.isObjectLiteralExpression(value)) return parts.some((part) => membersCanBe(ts, checker, value, part))
  if (!ts.isArrayLiteralExpression(value)) return mayHold(ts, checker, type, wanted)
  return parts.some((part) => {
    const element = checker.getIndexTypeOfType(part, ts.IndexKind.Number)
    return element && value.elements.every((each) => ts.isSpreadElement(each) || canBe(ts, checker, each, element))
  })
}

/**
 * Whether a value of a type that is written elsewhere may be of another one: where a string is in it, nothing is known of
 * which. A run takes any array for a list.
 */
function mayHold(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  given: typescript.Type,
  wanted: typescript.Type,
  inside = false,
): boolean {
  if (isUnknown(ts, given) || checker.isTypeAssignableTo(given, wanted)) return true
  if (given.isUnion()) return given.types.every((each) => mayHold(ts, checker, each, wanted, inside))
  return partsOf(wanted).some((part) => {
    if (inside && given.flags & ts.TypeFlags.String) return part.isStringLiteral()
    if (!(given.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || !(part.flags & ts.TypeFlags.Object))
      return false
    const inner = (one: typescript.Type, other: typescript.Type) => mayHold(ts, checker, one, other, true)
    const [held, element] = [given, part].map((each) => checker.getIndexTypeOfType(each, ts.IndexKind.Number))
    if (element) return held !== undefined && inner(held, element)
    return checker.getPropertiesOfType(part).every((member) => {
      const own = checker.getPropertyOfType(given, member.name)
      if (!own) return (member.flags & ts.SymbolFlags.Optional) !== 0
      return inner(checker.getTypeOfSymbol(own), checker.getTypeOfSymbol(member))
    })
  })
}

const partsOf = (type: typescript.Type): readonly typescript.Type[] => (type.isUnion() ? type.types : [type])

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
      return !type || mayHold(ts, checker, type, member)
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
  const has = (part: typescript.Type, name: string): boolean => part.getProperty(name) !== undefined
  return partsOf(type).some((part) => has(part, 'payload') || (has(part, 'stack') && has(part, 'message')))
}

import type * as typescript from 'typescript'
import type { ExpectedTypes } from '../exports/expected-types.ts'
import { unquoted } from './code-spans.ts'

type Ts = typeof typescript
type Checker = typescript.TypeChecker

/**
 * The string literals of a file that stand for one case of an enum (a union of strings) or of a variant (a union of
 * objects with a `tag`): those of which the types around them say so.
 */
export function literalUses(
  ts: Ts,
  checker: Checker,
  expected: ExpectedTypes,
  source: typescript.SourceFile,
  declared: typescript.Type,
  text: string,
): typescript.StringLiteralLike[] {
  const cases = new Set(partsOf(declared))
  const isVariant = partsOf(declared).some((part) => !part.isStringLiteral())
  const found: typescript.StringLiteralLike[] = []

  /** Of another union that has the same strings, only where nothing says that it is another. */
  const isEnum = (type: typescript.Type | undefined): boolean => {
    if (!type) return false
    if (type.aliasSymbol && declared.aliasSymbol && type.aliasSymbol !== declared.aliasSymbol) return false
    const parts = partsOf(checker.getNonNullableType(type))
    return parts.length > 0 && parts.every((part) => cases.has(part))
  }
  const isOneOf = (type: typescript.Type | undefined): boolean =>
    type !== undefined && partsOf(checker.getNonNullableType(type)).some((part) => cases.has(part))

  /** What a literal is compared with. */
  const comparedWith = (node: typescript.Node): typescript.Expression | undefined => {
    const { parent } = node
    if (ts.isCaseClause(parent)) return parent.parent.parent.expression
    if (!ts.isBinaryExpression(parent) || !isComparison(ts, parent.operatorToken.kind)) return undefined
    return parent.left === node ? parent.right : parent.left
  }

  /** The object whose tag an expression is. */
  const tagged = (expression: typescript.Expression): typescript.Type | undefined => {
    if (ts.isPropertyAccessExpression(expression)) {
      return expression.name.text === 'tag' ? checker.getTypeAtLocation(expression.expression) : undefined
    }
    const declaration = checker.getSymbolAtLocation(expression)?.valueDeclaration
    if (!declaration || !ts.isBindingElement(declaration)) return undefined
    const name = declaration.propertyName ?? declaration.name
    return ts.isIdentifier(name) && name.text === 'tag' ? checker.getTypeAtLocation(declaration.parent) : undefined
  }

  const matches = (node: typescript.StringLiteralLike): boolean => {
    const other = comparedWith(node)
    if (!isVariant) return other ? isEnum(checker.getTypeAtLocation(other)) : expected.of(node).some(isEnum)
    if (other) return isOneOf(tagged(other))
    const { parent } = node
    return (
      ts.isPropertyAssignment(parent) &&
      unquoted(parent.name.getText(source)) === 'tag' &&
      expected.of(parent.parent).some(isOneOf)
    )
  }

  const visit = (node: typescript.Node): void => {
    if (ts.isStringLiteralLike(node) && node.text === text && matches(node)) found.push(node)
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

/**
 * The names in the object literals of a file that stand for a member of a record or of flags, where TypeScript does not
 * know it: those that the world expects to be of the type.
 */
export function memberUses(
  ts: Ts,
  checker: Checker,
  expected: ExpectedTypes,
  source: typescript.SourceFile,
  declared: typescript.Type,
  name: string,
): typescript.PropertyName[] {
  const found: typescript.PropertyName[] = []
  const isDeclared = (type: typescript.Type): boolean =>
    partsOf(checker.getNonNullableType(type)).some((part) => part === declared)
  const visit = (node: typescript.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const property = node.properties.find((each) => each.name && unquoted(each.name.getText(source)) === name)
      if (property?.name && expected.of(node).some(isDeclared)) found.push(property.name)
    }
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

const partsOf = (type: typescript.Type): readonly typescript.Type[] => (type.isUnion() ? type.types : [type])

const isComparison = (ts: Ts, kind: typescript.SyntaxKind): boolean =>
  [
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
    ts.SyntaxKind.EqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsToken,
  ].includes(kind)

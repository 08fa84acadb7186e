import type * as typescript from 'typescript'

type Ts = typeof typescript
type Checker = typescript.TypeChecker

/**
 * The string literals of a file that stand for one case of an enum (a union of strings) or of a variant (a union of
 * objects with a `tag`): those of which the types around them say so.
 */
export function literalUses(
  ts: Ts,
  checker: Checker,
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
    if (!isVariant) return isEnum(other ? checker.getTypeAtLocation(other) : checker.getContextualType(node))
    if (other) return isOneOf(tagged(other))
    const { parent } = node
    return (
      ts.isPropertyAssignment(parent) &&
      parent.name.getText(source) === 'tag' &&
      isOneOf(checker.getContextualType(parent.parent))
    )
  }

  const visit = (node: typescript.Node): void => {
    if (ts.isStringLiteralLike(node) && node.text === text && matches(node)) found.push(node)
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

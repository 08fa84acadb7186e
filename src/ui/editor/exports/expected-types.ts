import type * as typescript from 'typescript'
import type { Implementation } from './implementations.ts'

/**
 * What a value that is written somewhere should be: what TypeScript says of it, and where it says nothing, what the world
 * wants of the function that returns or throws it.
 */
export class ExpectedTypes {
  readonly #ts: typeof typescript
  readonly #checker: typescript.TypeChecker
  readonly #implementations: ReadonlyMap<typescript.Node, Implementation>

  constructor(ts: typeof typescript, checker: typescript.TypeChecker, implementations: readonly Implementation[]) {
    this.#ts = ts
    this.#checker = checker
    this.#implementations = new Map(implementations.map((each) => [each.written, each]))
  }

  of(node: typescript.Expression): readonly typescript.Type[] {
    const type = this.#checker.getContextualType(node)
    const { Any, Unknown } = this.#ts.TypeFlags
    return type && !(type.flags & (Any | Unknown)) ? [type] : this.#around(node)
  }

  /** From the expression or the statement that it is a part of. */
  #around(node: typescript.Expression): readonly typescript.Type[] {
    const ts = this.#ts
    const { parent } = node
    if (ts.isThrowStatement(parent)) return this.#wanted(functionAround(ts, node), 'throws')
    if (ts.isReturnStatement(parent)) return this.#wanted(functionAround(ts, node), 'returns')
    if (ts.isArrowFunction(parent)) return this.#wanted(parent, 'returns')
    if (isPassedOn(ts, parent, node)) return this.of(parent)
    if (ts.isPropertyAssignment(parent) && parent.initializer === node) {
      const { name, parent: object } = parent
      if (ts.isComputedPropertyName(name)) return []
      return this.of(object).flatMap((type) => this.#memberOf(type, name.text, object))
    }
    if (ts.isArrayLiteralExpression(parent)) {
      // Behind others whose number is not known it may be any of them.
      const before = parent.elements.slice(0, parent.elements.indexOf(node))
      const at = before.some(ts.isSpreadElement) ? undefined : before.length
      return this.of(parent).flatMap((type) => this.#elementOf(this.#checker.getNonNullableType(type), at))
    }
    return []
  }

  #wanted(within: typescript.Node | undefined, how: 'returns' | 'throws'): readonly typescript.Type[] {
    const type = within && this.#implementations.get(within)?.[how]
    return type ? [type] : []
  }

  /** Of a union: what it is in each part that has it and that the object can be. */
  #memberOf(type: typescript.Type, name: string, object: typescript.ObjectLiteralExpression): typescript.Type[] {
    const parts = type.isUnion() ? type.types : [type]
    return parts.flatMap((part) => {
      const member = this.#checker.getPropertyOfType(part, name)
      return member && this.#canBe(object, part) ? [this.#checker.getTypeOfSymbol(member)] : []
    })
  }

  /** Whether an object has the strings that tell a part of a union from the others: `{ tag: 'empty' }`. */
  #canBe({ properties }: typescript.ObjectLiteralExpression, part: typescript.Type): boolean {
    const ts = this.#ts
    return properties.every((property) => {
      if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return true
      const member = this.#checker.getPropertyOfType(part, property.name.text)
      const wanted = member && this.#checker.getTypeOfSymbol(member)
      if (!wanted?.isStringLiteral()) return true
      const given = this.#checker.getTypeAtLocation(property.initializer)
      return (given.isUnion() ? given.types : [given]).some(
        (each) => !each.isStringLiteral() || each.value === wanted.value,
      )
    })
  }

  /** Of a tuple: what stands there; undefined: nobody knows where. */
  #elementOf(type: typescript.Type, at: number | undefined): readonly typescript.Type[] {
    const inTuple = at === undefined ? undefined : this.#checker.getPropertyOfType(type, String(at))
    if (inTuple) return [this.#checker.getTypeOfSymbol(inTuple)]
    const element = this.#checker.getIndexTypeOfType(type, this.#ts.IndexKind.Number)
    return element ? [element] : []
  }
}

/** Whether the value of a part is that of the whole. */
function isPassedOn(
  ts: typeof typescript,
  whole: typescript.Node,
  part: typescript.Node,
): whole is typescript.Expression {
  if (ts.isParenthesizedExpression(whole)) return true
  if (ts.isAsExpression(whole)) return ts.isConstTypeReference(whole.type)
  return ts.isConditionalExpression(whole) && part !== whole.condition
}

export function functionAround(ts: typeof typescript, node: typescript.Node): typescript.Node | undefined {
  let found: typescript.Node | undefined = node.parent
  while (found && !ts.isFunctionLike(found)) found = found.parent
  return found
}

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
      const name = ts.isComputedPropertyName(parent.name) ? undefined : parent.name.text
      return name === undefined ? [] : this.of(parent.parent).flatMap((type) => this.#memberOf(type, name))
    }
    if (ts.isArrayLiteralExpression(parent)) {
      return this.of(parent).flatMap((type) => {
        const element = this.#checker.getIndexTypeOfType(this.#checker.getNonNullableType(type), ts.IndexKind.Number)
        return element ? [element] : []
      })
    }
    return []
  }

  #wanted(within: typescript.Node | undefined, how: 'returns' | 'throws'): readonly typescript.Type[] {
    const type = within && this.#implementations.get(within)?.[how]
    return type ? [type] : []
  }

  /** Of a union: what it is in each part that has it. */
  #memberOf(type: typescript.Type, name: string): typescript.Type[] {
    const parts = type.isUnion() ? type.types : [type]
    return parts.flatMap((part) => {
      const member = this.#checker.getPropertyOfType(part, name)
      return member ? [this.#checker.getTypeOfSymbol(member)] : []
    })
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

import type * as typescript from 'typescript'
import type { ExportTypes, Found } from './export-types.ts'
import type { Wanted } from './wanted.ts'

/** A function of the project that stands for one of the world, and what the declarations want of it. */
export interface Implementation {
  /** Which of what is wanted, by index. */
  readonly wanted: number
  readonly written: typescript.Node
  readonly returns: typescript.Type
  /** Undefined where nothing is said of it: a thrown value ends the run, or stands for an err without anything in it. */
  readonly throws: typescript.Type | undefined
}

/** The functions that are written where the entry exports them. */
export function implementationsOf(
  types: ExportTypes,
  wanted: readonly Pick<Wanted, 'module' | 'member'>[],
  found: readonly (Found | undefined)[],
): Implementation[] {
  return wanted.flatMap(({ module, member }, index) => {
    const written = functionOf(types, found[index]?.declaration)
    const declaration = written && types.declaration(module, member)
    const signature = declaration && types.checker.getSignatureFromDeclaration(declaration)
    if (!signature) return []
    return [{ wanted: index, written, returns: signature.getReturnType(), throws: thrownBy(types, declaration) }]
  })
}

/** The function that a declaration is, or that its value is written as. */
function functionOf({ ts, isOwn }: ExportTypes, declaration: typescript.Node | undefined): typescript.Node | undefined {
  if (!declaration || !isOwn(declaration)) return undefined
  let value = declaration
  if (ts.isVariableDeclaration(value) || ts.isPropertyAssignment(value) || ts.isPropertyDeclaration(value)) {
    if (!value.initializer) return undefined
    value = value.initializer
  }
  while (ts.isParenthesizedExpression(value) || ts.isSatisfiesExpression(value) || ts.isAsExpression(value))
    value = value.expression
  return ts.isFunctionLike(value) ? value : undefined
}

/** TypeScript has no type for what a function throws: the declarations say it in a comment. */
function thrownBy({ ts, checker }: ExportTypes, declaration: typescript.Node): typescript.Type | undefined {
  const tag = ts.getJSDocTags(declaration).find(ts.isJSDocThrowsTag)
  const type = tag?.typeExpression && checker.getTypeFromTypeNode(tag.typeExpression.type)
  return type && type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Any) ? undefined : type
}

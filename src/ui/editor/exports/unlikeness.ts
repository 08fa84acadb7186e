import type * as typescript from 'typescript'
import type { Wanted } from './wanted.ts'

/** In what a function differs from what the world wants of it. Types are those of TypeScript, as text. */
export type Unlike =
  | { readonly part: 'parameter'; readonly name: string; readonly given: string; readonly wanted: string }
  | { readonly part: 'result'; readonly given: string; readonly wanted: string }
  /** It throws what is no err of its result. */
  | { readonly part: 'thrown'; readonly given: string; readonly wanted: string }
  /** It needs more parameters than there are. */
  | { readonly part: 'count'; readonly given: number; readonly wanted: number }
  | { readonly part: 'class' }
  | { readonly part: 'all'; readonly given: string; readonly wanted: string }

/** The first difference that matters: a function may take less, take more kinds of values, and promise its result. */
export function unlikeness(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  source: typescript.SourceFile,
  want: Wanted,
  given: typescript.Type,
  wanted: typescript.Type,
): Unlike | undefined {
  if (checker.isTypeAssignableTo(given, wanted)) return undefined
  const isClass = want.kind === 'class'
  // A class of the world without a constructor has a private one.
  if (isClass && want.wit === '') return undefined
  const signaturesOf = (type: typescript.Type): readonly typescript.Signature[] =>
    isClass ? type.getConstructSignatures() : type.getCallSignatures()
  const [target] = signaturesOf(wanted)
  const [signature, ...others] = signaturesOf(given)
  if (!target) return undefined
  if (!signature) {
    const neverCalled = !isClass && given.getConstructSignatures().length > 0 && !given.isUnion()
    return neverCalled ? { part: 'class' } : undefined
  }
  if (others.length > 0 || signature.getTypeParameters() !== undefined) {
    const promises = [signature, ...others].some((each) => checker.getPropertyOfType(each.getReturnType(), 'then'))
    return want.own || promises ? undefined : { part: 'all', given: text(given), wanted: text(wanted) }
  }

  const parameters = target.getParameters()
  for (const [index, parameter] of parameters.entries()) {
    const differs = parameterUnlike(ts, checker, want, signature, index, checker.getTypeOfSymbol(parameter))
    if (differs) {
      const { type, own } = differs
      const name = want.parameters[index]?.name ?? parameter.name
      return { part: 'parameter', name, given: text(own), wanted: text(type) }
    }
  }
  const needed = neededParameters(ts, signature)
  if (needed > parameters.length) return { part: 'count', given: needed, wanted: parameters.length }
  return isClass ? undefined : resultUnlike()

  function resultUnlike(): Unlike | undefined {
    const [returned, type] = [signature?.getReturnType(), target?.getReturnType()]
    if (!returned || !type || resultFits(ts, checker, returned, type)) return undefined
    return { part: 'result', given: text(returned), wanted: text(type) }
  }

  function text(type: typescript.Type): string {
    return typeText(ts, checker, source, type)
  }
}

export const typeText = (
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  source: typescript.SourceFile,
  type: typescript.Type,
): string => checker.typeToString(type, source, ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope)

/** Whether what a function returns is, or will be, what is wanted. */
export function resultFits(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  returned: typescript.Type,
  wanted: typescript.Type,
): boolean {
  if (wanted.flags & ts.TypeFlags.Void) return true
  const type = checker.getAwaitedType(returned) ?? returned
  if (checker.isTypeAssignableTo(type, wanted)) return true
  const isArray = checker.isArrayType(type) || checker.isTupleType(type)
  // Nothing is known of what is in it, nor how much.
  if (isArray && ((checker.getIndexTypeOfType(type, ts.IndexKind.Number)?.flags ?? 0) & ts.TypeFlags.Any) !== 0)
    return true
  // A run takes an array where the declarations have a typed one.
  if (!/^(?:Big)?(?:Int|Uint|Float)\d+Array$/.test(wanted.symbol?.name ?? '')) return false
  const [given, element] = [type, wanted].map((each) => checker.getIndexTypeOfType(each, ts.IndexKind.Number))
  return isArray && given !== undefined && element !== undefined && checker.isTypeAssignableTo(given, element)
}

/** Where a parameter does not take what it is given: its type, and that of the value. */
export function parameterUnlike(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  { parameters }: Wanted,
  signature: typescript.Signature,
  index: number,
  type: typescript.Type,
): { readonly own: typescript.Type; readonly type: typescript.Type } | undefined {
  const own = parameterType(ts, checker, signature, index)
  if (!own || checker.isTypeAssignableTo(type, own)) return undefined
  // The world's class lacks the private members of the entry's, which makes the objects nevertheless.
  if (parameters[index]?.own === true && checker.isTypeAssignableTo(own, type)) return undefined
  return { own, type }
}

function parameterType(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  signature: typescript.Signature,
  index: number,
): typescript.Type | undefined {
  const parameters = signature.getParameters()
  const parameter = parameters[Math.min(index, parameters.length - 1)]
  if (!parameter) return undefined
  const type = checker.getTypeOfSymbol(parameter)
  if (isRest(ts, parameter))
    return checker.isTupleType(type) ? undefined : checker.getIndexTypeOfType(type, ts.IndexKind.Number)
  return index < parameters.length ? type : undefined
}

export const isRest = (ts: typeof typescript, { valueDeclaration }: typescript.Symbol): boolean =>
  valueDeclaration !== undefined && ts.isParameter(valueDeclaration) && valueDeclaration.dotDotDotToken !== undefined

/** How many parameters must be given. */
const neededParameters = (ts: typeof typescript, signature: typescript.Signature): number =>
  signature.getParameters().findLastIndex((parameter) => {
    const { valueDeclaration: declaration } = parameter
    if (!declaration || !ts.isParameter(declaration)) return true
    return !declaration.questionToken && !declaration.initializer && !declaration.dotDotDotToken
  }) + 1

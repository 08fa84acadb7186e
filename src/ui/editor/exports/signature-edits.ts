import type * as typescript from 'typescript'
import type { Found } from './export-types.ts'
import type { Edit, ImportNames } from './import-names.ts'
import { parameterList } from './skeleton.ts'
import { parameterUnlike, resultFits } from './unlikeness.ts'
import type { Wanted } from './wanted.ts'

/** Writes what the world has in the place of those parameters and of that result that do not fit it. */
export function signatureEdits(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  want: Wanted,
  { declaration }: Found,
  wanted: typescript.Type,
  names: ImportNames,
): Edit[] | undefined {
  const written = functionOf(ts, checker, declaration, want.kind === 'class')
  const signature = written && checker.getSignatureFromDeclaration(written)
  const [target] = want.kind === 'class' ? wanted.getConstructSignatures() : wanted.getCallSignatures()
  if (!written || !signature || !target || written.typeParameters) return undefined
  return [...parameterEdits(), ...resultEdits()]

  function parameterEdits(): Edit[] {
    if (!written || !signature || !target) return []
    const isThis = ({ name }: typescript.ParameterDeclaration): boolean => name.getText() === 'this'
    const own = written.parameters.filter((each) => !isThis(each))
    const types = target.getParameters().map((each) => checker.getTypeOfSymbol(each))
    let changed = false
    const receiver = written.parameters.filter(isThis).map((each) => each.getText())
    const list = own.flatMap((parameter, index) => {
      const type = types[index]
      const given = want.parameters[index]
      if (type === undefined || given === undefined) {
        const isOptional = parameter.questionToken ?? parameter.initializer ?? parameter.dotDotDotToken
        changed ||= isOptional === undefined
        return isOptional ? [parameter.getText()] : []
      }
      if (!parameterUnlike(ts, checker, want, signature, index, type)) return [parameter.getText()]
      changed = true
      const modifiers = parameter.modifiers?.map((each) => `${each.getText()} `).join('') ?? ''
      return [`${modifiers}${parameter.name.getText()}: ${names.write(given.type)}`]
    })
    if (!changed) return []
    const open = written.getChildren().find(({ kind }) => kind === ts.SyntaxKind.OpenParenToken)
    const [only] = written.parameters
    if (open)
      return [{ start: open.getStart(), end: closeOf() ?? open.end, text: parameterList([...receiver, ...list]) }]
    return only ? [{ start: only.getStart(), end: only.end, text: parameterList([...receiver, ...list]) }] : []
  }

  function closeOf(): number | undefined {
    return written?.getChildren().find(({ kind }) => kind === ts.SyntaxKind.CloseParenToken)?.end
  }

  function resultEdits(): Edit[] {
    if (!written || !signature || !target || want.kind === 'class') return []
    if (resultFits(ts, checker, signature.getReturnType(), target.getReturnType())) return []
    const isAsync = written.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    const returns = names.write(want.returns)
    const text = isAsync ? `Promise<${returns}>` : returns
    if (written.type) return [{ start: written.type.getStart(), end: written.type.end, text }]
    const close = closeOf()
    if (close !== undefined) return [{ start: close, end: close, text: `: ${text}` }]
    const [only] = written.parameters
    if (!only) return []
    // `x => …` has no parentheses to write the type behind.
    const unchanged = parameterEdits().length === 0
    return unchanged
      ? [{ start: only.getStart(), end: only.end, text: `(${only.getText()}): ${text}` }]
      : [{ start: only.end, end: only.end, text: `: ${text}` }]
  }
}

type Written =
  | typescript.FunctionDeclaration
  | typescript.MethodDeclaration
  | typescript.ConstructorDeclaration
  | typescript.ArrowFunction
  | typescript.FunctionExpression

/** The function behind a declaration, where it is written as one. */
function functionOf(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  declaration: typescript.Declaration | undefined,
  constructs: boolean,
): Written | undefined {
  if (!declaration) return undefined
  if (constructs) return ts.isClassLike(declaration) ? declaration.members.find(ts.isConstructorDeclaration) : undefined
  if (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration)) return declaration
  if (
    !ts.isVariableDeclaration(declaration) &&
    !ts.isPropertyAssignment(declaration) &&
    !ts.isPropertyDeclaration(declaration)
  ) {
    return undefined
  }
  // A type of its own would have to be corrected instead.
  if (!ts.isPropertyAssignment(declaration) && declaration.type) return undefined
  let value = declaration.initializer
  while (value && (ts.isParenthesizedExpression(value) || ts.isSatisfiesExpression(value))) value = value.expression
  if (!value) return undefined
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value
  const meant = ts.isIdentifier(value) ? checker.getSymbolAtLocation(value)?.valueDeclaration : undefined
  return meant && meant !== declaration ? functionOf(ts, checker, meant, constructs) : undefined
}

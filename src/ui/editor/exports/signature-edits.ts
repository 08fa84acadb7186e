import type * as typescript from 'typescript'
import type { Found } from './export-types.ts'
import type { Edit, ImportNames } from './import-names.ts'
import { parameterList } from './skeleton.ts'
import { parameterUnlike, resultFits } from './unlikeness.ts'
import type { Wanted } from './wanted.ts'

/**
 * Writes what the world has in the place of those parameters and of that result that do not fit it. Undefined where that
 * is not known, or where a comment would be lost with what it is about.
 */
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
  const [parameters, result] = [parameterEdits(), resultEdits()]
  return parameters && result && [...parameters, ...result]

  function parameterEdits(): Edit[] | undefined {
    if (!written || !signature || !target) return []
    const isThis = ({ name }: typescript.ParameterDeclaration): boolean => name.getText() === 'this'
    const own = written.parameters.filter((each) => !isThis(each))
    const types = target.getParameters().map((each) => checker.getTypeOfSymbol(each))
    const [receiver] = written.parameters.filter(isThis)
    const changes = own.map((parameter, index): Change => {
      const type = types[index]
      const given = want.parameters[index]
      if (type === undefined || given === undefined) {
        const isOptional = parameter.questionToken ?? parameter.initializer ?? parameter.dotDotDotToken
        return { parameter, kind: isOptional ? 'kept' : 'removed' }
      }
      if (!parameterUnlike(ts, checker, want, signature, index, type)) return { parameter, kind: 'kept' }
      return { parameter, kind: 'typed', type: names.write(given.type) }
    })
    if (changes.every(({ kind }) => kind === 'kept')) return []
    const open = written.getChildren().find(({ kind }) => kind === ts.SyntaxKind.OpenParenToken)
    const [only] = written.parameters
    const [start, end] = open ? [open.getStart(), closeOf() ?? open.end] : [only?.getStart() ?? 0, only?.end ?? 0]
    if (hasComment(ts, written, start, end)) return editsAround(ts, changes)
    return [
      { start, end, text: parameterList([...(receiver ? [receiver.getText()] : []), ...changes.flatMap(textOf)]) },
    ]
  }

  function closeOf(): number | undefined {
    return written?.getChildren().find(({ kind }) => kind === ts.SyntaxKind.CloseParenToken)?.end
  }

  function resultEdits(): Edit[] | undefined {
    if (!written || !signature || !target || want.kind === 'class') return []
    if (resultFits(ts, checker, signature.getReturnType(), target.getReturnType())) return []
    const isAsync = written.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    const returns = names.write(want.returns)
    const text = isAsync ? `Promise<${returns}>` : returns
    if (written.type) {
      const [start, end] = [written.type.getStart(), written.type.end]
      return hasComment(ts, written, start, end) ? undefined : [{ start, end, text }]
    }
    const close = closeOf()
    if (close !== undefined) return [{ start: close, end: close, text: `: ${text}` }]
    const [only] = written.parameters
    if (!only) return []
    // `x => …` has no parentheses to write the type behind.
    const unchanged = parameterEdits()?.length === 0
    return unchanged
      ? [{ start: only.getStart(), end: only.end, text: `(${only.getText()}): ${text}` }]
      : [{ start: only.end, end: only.end, text: `: ${text}` }]
  }
}

/** What becomes of a parameter. */
interface Change {
  readonly parameter: typescript.ParameterDeclaration
  readonly kind: 'kept' | 'removed' | 'typed'
  /** That of one that is typed. */
  readonly type?: string
}

function textOf({ parameter, kind, type }: Change): string[] {
  if (type === undefined) return kind === 'kept' ? [parameter.getText()] : []
  const modifiers = parameter.modifiers?.map((each) => `${each.getText()} `).join('') ?? ''
  return [`${modifiers}${parameter.name.getText()}: ${type}`]
}

/** Changes each parameter where it is, and nothing between them; undefined where a comment would be lost. */
function editsAround(ts: typeof typescript, changes: readonly Change[]): Edit[] | undefined {
  const edits: Edit[] = []
  for (const { parameter, kind, type: wanted = '' } of changes) {
    if (kind === 'kept') continue
    // What stands beside it may be about it.
    if (kind === 'removed') return undefined
    const { name, type, questionToken, initializer, dotDotDotToken: rest } = parameter
    const plain = questionToken || initializer || rest ? undefined : type
    const [from, to] = plain ? [plain.getStart(), plain.end] : [rest ? rest.getStart() : name.end, parameter.end]
    if (hasComment(ts, parameter, from, to)) return undefined
    edits.push({ start: from, end: to, text: `${rest ? name.getText() : ''}${plain ? '' : ': '}${wanted}` })
  }
  return edits
}

/** Whether there is a comment between two places of a node, each at the beginning or the end of a token. */
function hasComment(ts: typeof typescript, node: typescript.Node, start: number, end: number): boolean {
  return node.getChildren().some((each) => {
    if (each.end <= start || each.pos >= end) return false
    if (ts.isJSDoc(each)) return true
    const [from, to] = [Math.max(start, each.getFullStart()), Math.min(end, each.getStart())]
    return (
      // Between tokens is white space, or a comment.
      (from < to && node.getSourceFile().text.slice(from, to).includes('/')) || hasComment(ts, each, start, end)
    )
  })
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

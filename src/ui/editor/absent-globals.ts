import type * as typescript from 'typescript'
import { absentFromLibrary } from '../../toolchain/absent.ts'

/** TypeScript's words and number for a name that is not there, for the names that it believes to be there. */
export function absentGlobals(
  ts: typeof typescript,
  checker: typescript.TypeChecker,
  source: typescript.SourceFile,
): typescript.Diagnostic[] {
  const found: typescript.Diagnostic[] = []
  const visit = (node: typescript.Node): void => {
    // A type is gone when the program runs.
    if (ts.isPartOfTypeNode(node)) return
    if (ts.isIdentifier(node) && absentFromLibrary.has(node.text) && isGlobal(ts, checker, node)) {
      const start = node.getStart(source)
      found.push({
        category: ts.DiagnosticCategory.Error,
        code: 2304,
        messageText: `Cannot find name '${node.text}'.`,
        file: source,
        start,
        length: node.end - start,
      })
    }
    node.forEachChild(visit)
  }
  // Most files name none of them, and need no walk.
  if ([...absentFromLibrary].some((name) => source.text.includes(name))) visit(source)
  return found
}

/** Whether a name is that of the language or the engine, and not one of the project's own. */
export function isGlobal(ts: typeof typescript, checker: typescript.TypeChecker, node: typescript.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false
  // To ask whether a name is there is no mistake.
  if (ts.isTypeOfExpression(parent)) return false
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(node)
  const files = symbol?.declarations?.map((each) => each.getSourceFile()) ?? []
  return files.length > 0 && files.every((each) => each.isDeclarationFile)
}

import type * as typescript from 'typescript'

/** A place in a file, in UTF-16 code units from its beginning. */
export interface CodeSpan {
  readonly file: string
  readonly start: number
  readonly length: number
}

export interface CodeEdit extends CodeSpan {
  readonly text: string
}

/** The text between the quotes, wherever a file names a module. */
export function specifierUses(ts: typeof typescript, source: typescript.SourceFile, module: string): CodeSpan[] {
  const found: CodeSpan[] = []
  const visit = (node: typescript.Node): void => {
    if (ts.isStringLiteral(node) && node.text === module && isSpecifier(ts, node)) found.push(inner(source, node))
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

const isSpecifier = (ts: typeof typescript, { parent }: typescript.StringLiteral): boolean =>
  ts.isImportDeclaration(parent) ||
  ts.isExportDeclaration(parent) ||
  ts.isExternalModuleReference(parent) ||
  (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) ||
  (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword)

export const unquoted = (name: string): string => name.replace(/^(['"])(.*)\1$/, '$2')

/** What stands between the quotes. */
export const inner = (source: typescript.SourceFile, node: typescript.Node): CodeSpan => {
  const start = node.getStart(source) + 1
  return { file: source.fileName, start, length: node.getEnd() - 1 - start }
}

/** A name without its quotes, if it has some. */
export function nameSpan(ts: typeof typescript, name: typescript.Node): CodeSpan {
  const source = name.getSourceFile()
  if (ts.isStringLiteral(name)) return inner(source, name)
  const start = name.getStart(source)
  return { file: source.fileName, start, length: name.getEnd() - start }
}

export const nameOf = (ts: typeof typescript, node: typescript.Node): typescript.Node | undefined =>
  ts.getNameOfDeclaration(node as typescript.Declaration)

/** Each place once. */
export function distinct<T extends CodeSpan>(spans: readonly T[]): T[] {
  const seen = new Set<string>()
  return spans.filter(({ file, start }) => {
    const key = `${start} ${file}`
    return !seen.has(key) && seen.add(key)
  })
}

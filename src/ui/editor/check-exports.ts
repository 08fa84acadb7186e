import type * as typescript from 'typescript'

/** What a module has under a name: a function or a class, nothing, or something else. */
export type Fit = 'fits' | 'missing' | 'mistyped'

export const isFit = (value: unknown): value is Fit => value === 'fits' || value === 'missing' || value === 'mistyped'

/**
 * Whether a module exports functions under these paths: `['greet']`, `['cart', 'Item', 'prototype', 'total']`. What its
 * types do not tell fits. Undefined where there is no such file, or one that cannot be read.
 */
export function checkExports(
  ts: typeof typescript,
  service: typescript.LanguageService,
  file: string,
  paths: readonly (readonly string[])[],
): readonly Fit[] | undefined {
  const program = service.getProgram()
  const source = program?.getSourceFile(file)
  if (!program || !source || service.getSyntacticDiagnostics(file).length > 0) return undefined
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(source)
  const exports = new Map(module ? checker.getExportsOfModule(module).map((each) => [each.name, each]) : [])

  const typeOf = (name: string): typescript.Type | undefined => {
    const found = exports.get(name)
    if (!found || found.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration)) return undefined
    const symbol = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found
    // What leads to a file that is not there may be anything; a type is gone when the program runs.
    const known = symbol.name !== 'unknown' || symbol.declarations !== undefined
    return !known || symbol.flags & ts.SymbolFlags.Value ? checker.getTypeOfSymbolAtLocation(symbol, source) : undefined
  }

  const isOpen = (type: typescript.Type): boolean =>
    (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) !== 0

  const memberOf = (type: typescript.Type, name: string): typescript.Type | undefined => {
    const found = checker.getPropertyOfType(type, name)
    return found
      ? checker.getTypeOfSymbolAtLocation(found, source)
      : checker.getIndexTypeOfType(type, ts.IndexKind.String)
  }

  function isFunction(type: typescript.Type): boolean {
    if (isOpen(type)) return true
    if (type.isUnionOrIntersection()) return type.types.some(isFunction)
    return (
      type.getCallSignatures().length + type.getConstructSignatures().length > 0 ||
      // An object of `Function`.
      (type.getProperty('apply') !== undefined && type.getProperty('bind') !== undefined)
    )
  }

  return paths.map(([name = '', ...rest]): Fit => {
    let type = typeOf(name)
    for (const step of rest) {
      if (!type || isOpen(type)) break
      type = memberOf(checker.getNonNullableType(type), step)
    }
    if (!type || type.flags & ts.TypeFlags.Undefined) return 'missing'
    return isFunction(type) ? 'fits' : 'mistyped'
  })
}

import type * as typescript from 'typescript'
import type { ExportTypes } from './export-types.ts'

/** What a file has at its top, and the names that a fix adds there. */
export class LocalNames {
  readonly source: typescript.SourceFile
  readonly #types: ExportTypes
  /** By name: the statements that declare it. */
  readonly #statements = new Map<string, typescript.Statement[]>()
  /** Those of the file, with what is declared in its blocks with `var`. */
  readonly #own = new Map<string, typescript.Symbol>()
  /** Those of the language, the engine and the file. */
  readonly #known = new Set<string>()
  readonly #added = new Set<string>()
  readonly #exports: ReadonlyMap<string, typescript.Symbol>

  constructor(types: ExportTypes, source: typescript.SourceFile) {
    this.#types = types
    this.source = source
    const module = types.checker.getSymbolAtLocation(source)
    this.#exports = new Map(module ? types.checker.getExportsOfModule(module).map((each) => [each.name, each]) : [])
    const { Value, Type, Namespace, Alias } = types.ts.SymbolFlags
    for (const each of types.checker.getSymbolsInScope(source, Value | Type | Namespace | Alias)) {
      this.#known.add(each.name)
      if (each.declarations?.some((declaration) => declaration.getSourceFile() === source))
        this.#own.set(each.name, each)
    }
    for (const statement of source.statements) {
      for (const name of new Set(this.#namesOf(statement))) {
        this.#statements.set(name, [...(this.#statements.get(name) ?? []), statement])
      }
    }
  }

  /** All statements at the top that declare a name which stands for a value: those of a type as well, if it has both. */
  statementsOf(name: string): readonly typescript.Statement[] {
    return this.isValue(name) ? (this.#statements.get(name) ?? []) : []
  }

  /** Whether `export` before the statement would export something twice. */
  isPartlyExported = (statement: typescript.Statement): boolean =>
    this.#namesOf(statement).some((name) => this.isListed(name))

  /** Whether an `export { … }` has the name, for whatever it stands there. */
  isListed = (name: string): boolean =>
    this.#exports.get(name)?.declarations?.some(this.#types.ts.isExportSpecifier) === true

  /** Whether the name stands for a value in the file, wherever that is from. */
  isValue(name: string): boolean {
    const { ts, checker } = this.#types
    const symbol = this.#own.get(name)
    if (!symbol || !this.#statements.has(name)) return false
    const { Value, ExportValue, Alias } = ts.SymbolFlags
    if (!(symbol.flags & Alias)) return (symbol.flags & (Value | ExportValue)) !== 0
    if (symbol.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration)) return false
    const target = checker.getAliasedSymbol(symbol)
    // What is imported from a file that is not there may be anything.
    return target.declarations === undefined || (target.flags & Value) !== 0
  }

  /** Whether the file has nothing of that name. */
  isFree = (name: string): boolean => !this.#own.has(name) && !this.#added.has(name)

  /** Whether neither the file nor the language has such a name, nor anything that is added. */
  isUnknown = (name: string): boolean => !this.#known.has(name) && !this.#added.has(name)

  /** The first of these that is free, or the last of them with as much behind it as makes it so. */
  take(names: readonly string[], isFree = this.isFree): string {
    let name = names.find(isFree)
    for (let end = '_'; name === undefined; end += '_') {
      const longer = `${names.at(-1) ?? ''}${end}`
      if (isFree(longer)) name = longer
    }
    this.#added.add(name)
    return name
  }

  #namesOf(statement: typescript.Statement): string[] {
    const { ts } = this.#types
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap((each) => this.#namesIn(each.name))
    }
    if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings: bindings } = statement.importClause ?? {}
      const named = !bindings ? [] : ts.isNamespaceImport(bindings) ? [bindings] : [...bindings.elements]
      return [...(name ? [name.text] : []), ...named.map((each) => each.name.text)]
    }
    if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isModuleDeclaration(statement) ||
      ts.isImportEqualsDeclaration(statement)
    ) {
      return statement.name && ts.isIdentifier(statement.name) ? [statement.name.text] : []
    }
    return []
  }

  #namesIn(name: typescript.BindingName): string[] {
    const { ts } = this.#types
    if (ts.isIdentifier(name)) return [name.text]
    return name.elements.flatMap((each) => (ts.isBindingElement(each) ? this.#namesIn(each.name) : []))
  }
}

import type * as typescript from 'typescript'

/** What a module has under a path: a function or a class, nothing, or something else. */
export interface Found {
  readonly fit: 'fits' | 'missing' | 'mistyped'
  /** Undefined where nothing is known of it. */
  readonly type?: typescript.Type
  /** What declares it, or the last that was found on the way to it. */
  readonly declaration?: typescript.Declaration
  /** How many steps of the path lead to what was found. */
  readonly depth: number
  /** The names in the project's files that stand for it, or for the last on the way. The first is the one to mark. */
  readonly marks: readonly typescript.Node[]
}

interface Step {
  readonly type: typescript.Type
  readonly declaration?: typescript.Declaration | undefined
  readonly marks: readonly typescript.Node[]
}

/** The types of what a module exports, and of what the world declares. */
export class ExportTypes {
  readonly ts: typeof typescript
  readonly program: typescript.Program
  readonly checker: typescript.TypeChecker
  readonly source: typescript.SourceFile
  readonly #exports: ReadonlyMap<string, typescript.Symbol>
  readonly #modules: ReadonlyMap<string, typescript.Symbol>
  readonly #literals = new Map<typescript.ObjectLiteralExpression, typescript.Type>()

  constructor(ts: typeof typescript, program: typescript.Program, source: typescript.SourceFile) {
    this.ts = ts
    this.program = program
    this.source = source
    this.checker = program.getTypeChecker()
    const module = this.checker.getSymbolAtLocation(source)
    this.#exports = new Map(module ? this.checker.getExportsOfModule(module).map((each) => [each.name, each]) : [])
    this.#modules = new Map(this.checker.getAmbientModules().map((each) => [each.name.slice(1, -1), each]))
  }

  /** The type that the declarations have for it. */
  declared(module: string, member: readonly string[]): typescript.Type | undefined {
    const symbol = this.#declared(module, member)
    return symbol && this.checker.getTypeOfSymbol(symbol)
  }

  /** Where the declarations have a function or a method. */
  declaration(module: string, member: readonly string[]): typescript.SignatureDeclaration | undefined {
    const found = this.#declared(module, member)?.valueDeclaration
    return found && this.ts.isFunctionLike(found) ? found : undefined
  }

  #declared(module: string, [name = '', ...rest]: readonly string[]): typescript.Symbol | undefined {
    const symbol = this.#modules.get(module)
    const exported = symbol && this.checker.tryGetMemberInModuleExports(name, symbol)
    let found = exported && this.#target(exported)
    for (const step of rest) found = found && this.checker.getPropertyOfType(this.checker.getTypeOfSymbol(found), step)
    return found
  }

  /** What the module has at `['greet']`, `['cart', 'Item', 'prototype', 'total']`. */
  find([name = '', ...rest]: readonly string[]): Found {
    const { ts, checker } = this
    let step = this.#root(name)
    let last: Step | undefined = step
    let depth = step ? 1 : 0
    for (const member of rest) {
      if (!step || this.isOpen(step.type)) break
      last = step
      step = this.#member(step, member)
      if (step) depth++
    }
    const { declaration, marks = [] } = step ?? last ?? {}
    const place = { depth, marks, ...(declaration && { declaration }) }
    if (!step || step.type.flags & ts.TypeFlags.Undefined) return { fit: 'missing', ...place }
    if (!this.isFunction(step.type)) return { fit: 'mistyped', ...place }
    return { fit: 'fits', type: checker.getNonNullableType(step.type), ...place }
  }

  /** The names that the module exports and declares itself, with the declarations. */
  ownNames(): { readonly name: string; readonly node: typescript.Node }[] {
    return [...this.#exports].flatMap(([name, symbol]) => {
      const [declaration] = symbol.declarations ?? []
      const node = declaration && this.ts.getNameOfDeclaration(declaration)
      return node?.getSourceFile() === this.source && node.getText() === name ? [{ name, node }] : []
    })
  }

  /** Whether an export is a function, or an object in which somebody wrote one; not a class, which makes objects. */
  holdsFunctions(name: string): boolean {
    const { type, declaration } = this.#root(name) ?? {}
    if (!type) return false
    const isCalled = (each: typescript.Type): boolean =>
      each.getCallSignatures().length > 0 && each.getConstructSignatures().length === 0
    if (isCalled(type)) return true
    return (
      this.literalOf(declaration) !== undefined &&
      type.getProperties().some((each) => isCalled(this.checker.getTypeOfSymbolAtLocation(each, this.source)))
    )
  }

  isOpen(type: typescript.Type): boolean {
    const { TypeFlags } = this.ts
    return (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.TypeParameter)) !== 0
  }

  /** Whether it is in a file that somebody here can change. */
  isOwn = (node: typescript.Node): boolean => {
    const { isDeclarationFile, fileName } = node.getSourceFile()
    return !isDeclarationFile && !fileName.endsWith('.json.ts')
  }

  #target = (symbol: typescript.Symbol): typescript.Symbol =>
    symbol.flags & this.ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol

  #root(name: string): Step | undefined {
    const { ts, checker, source } = this
    const found = this.#exports.get(name)
    if (!found || found.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration)) return undefined
    const symbol = this.#target(found)
    // What leads to a file that is not there may be anything; a type is gone when the program runs.
    const known = symbol.name !== 'unknown' || symbol.declarations !== undefined
    if (known && !(symbol.flags & ts.SymbolFlags.Value)) return undefined
    return {
      type: checker.getTypeOfSymbolAtLocation(symbol, source),
      declaration: symbol.valueDeclaration,
      marks: this.#namesOf(symbol.valueDeclaration, found.declarations?.[0]),
    }
  }

  #member(step: Step, name: string): Step | undefined {
    const { ts, checker, source } = this
    const literal = this.literalOf(step.declaration)
    const declared = checker.getNonNullableType(step.type)
    // Whatever it is declared to be, it has what is written there, or what may be put there later.
    const type = literal ? this.#writtenType(literal) : declared
    const own = checker.getPropertyOfType(type, name)
    const later = literal && !own ? checker.getPropertyOfType(declared, name) : undefined
    const found = own ?? (later && later.flags & ts.SymbolFlags.Optional ? later : undefined)
    if (!found) {
      const any = later ? undefined : checker.getIndexTypeOfType(declared, ts.IndexKind.String)
      return any && { type: any, marks: step.marks }
    }
    // Of a class: what follows is a member of it.
    if (name === 'prototype') return { ...step, type: checker.getTypeOfSymbolAtLocation(found, source) }
    const written = found.valueDeclaration
    const meant =
      written && ts.isShorthandPropertyAssignment(written)
        ? checker.getShorthandAssignmentValueSymbol(written)
        : undefined
    const declaration = meant ? this.#target(meant).valueDeclaration : written
    const marks = this.#namesOf(declaration, written)
    return {
      type: checker.getTypeOfSymbolAtLocation(found, source),
      declaration,
      marks: marks.length > 0 ? marks : step.marks,
    }
  }

  /** TypeScript checks all of an object each time that it is asked for the type: once is enough for all its members. */
  #writtenType(literal: typescript.ObjectLiteralExpression): typescript.Type {
    const type = this.#literals.get(literal) ?? this.checker.getTypeAtLocation(literal)
    this.#literals.set(literal, type)
    return type
  }

  /** The object that a constant is written as. */
  literalOf(declaration: typescript.Declaration | undefined): typescript.ObjectLiteralExpression | undefined {
    const { ts } = this
    if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined
    let value = declaration.initializer
    while (value && (ts.isParenthesizedExpression(value) || ts.isSatisfiesExpression(value))) value = value.expression
    return value && ts.isObjectLiteralExpression(value) ? value : undefined
  }

  #namesOf(...declarations: readonly (typescript.Declaration | undefined)[]): typescript.Node[] {
    return declarations.flatMap((each) => {
      const name = each && this.ts.getNameOfDeclaration(each)
      return name && this.isOwn(name) ? [name] : []
    })
  }

  isFunction(type: typescript.Type): boolean {
    if (this.isOpen(type)) return true
    if (type.isUnionOrIntersection()) return type.types.some((each) => this.isFunction(each))
    return (
      type.getCallSignatures().length + type.getConstructSignatures().length > 0 ||
      // An object of `Function`.
      (type.getProperty('apply') !== undefined && type.getProperty('bind') !== undefined)
    )
  }
}

import type * as typescript from 'typescript'
import type { GuestPath } from '../../../wit/guest-names.ts'
import { nameSpan, type CodeSpan } from './code-spans.ts'

/** Where the declarations of the world and the entry of the project have their names. */
export class NamedPlaces {
  readonly #ts: typeof typescript
  readonly #program: typescript.Program
  readonly #checker: typescript.TypeChecker

  constructor(ts: typeof typescript, program: typescript.Program) {
    this.#ts = ts
    this.#program = program
    this.#checker = program.getTypeChecker()
  }

  /** Where the declarations of the world have a name. */
  declarations({ module, path }: GuestPath): CodeSpan[] {
    let symbols: typescript.Symbol[] = []
    for (const [depth, name] of path.entries()) {
      if (depth === 0) symbols = this.moduleExports(module).filter((each) => each.name === name)
      else symbols = symbols.flatMap((each) => this.#membersNamed(this.unaliased(each), name))
    }
    return symbols.flatMap((symbol) => this.#namePlaces(symbol))
  }

  /** What a module of the declarations has. */
  moduleExports(module: string): typescript.Symbol[] {
    const found = this.#checker.getAmbientModules().find(({ name }) => name === JSON.stringify(module))
    return found ? this.#checker.getExportsOfModule(found) : []
  }

  #membersNamed(symbol: typescript.Symbol, name: string): typescript.Symbol[] {
    const ts = this.#ts
    const key = ts.escapeLeadingUnderscores(name === 'constructor' ? ts.InternalSymbolName.Constructor : name)
    return [symbol.members?.get(key), symbol.exports?.get(key)].filter((each) => each !== undefined)
  }

  /** What stands behind another name. */
  unaliased(symbol: typescript.Symbol): typescript.Symbol {
    return symbol.flags & this.#ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol
  }

  /** Where a symbol has its name. */
  #namePlaces(symbol: typescript.Symbol): CodeSpan[] {
    return (symbol.declarations ?? []).map((declaration) => {
      const first = declaration.getFirstToken() ?? declaration
      return nameSpan(this.#ts, this.#ts.getNameOfDeclaration(declaration) ?? first)
    })
  }

  /** Where the entry names what it exports under a path, which may be defined elsewhere. */
  exportedPlaces(entry: string, path: readonly string[] | undefined): CodeSpan[] {
    const symbol = this.#exported(entry, path)
    return symbol ? this.#namePlaces(symbol) : []
  }

  /** Where that is defined. */
  definedPlaces(entry: string, path: readonly string[] | undefined): CodeSpan[] {
    const symbol = this.#exported(entry, path)
    return symbol ? this.#namePlaces(this.#valueOf(symbol)) : []
  }

  #exported(entry: string, path: readonly string[] | undefined): typescript.Symbol | undefined {
    const source = this.#program.getSourceFile(entry)
    const module = source && this.#checker.getSymbolAtLocation(source)
    if (!source || !module || path === undefined || path.length === 0) return undefined
    const [first, ...rest] = path
    let symbol = this.#checker.getExportsOfModule(module).find(({ name }) => name === first)
    for (const step of rest) {
      if (!symbol) return undefined
      if (step !== 'prototype') symbol = this.#memberOf(symbol, step, source)
    }
    return symbol
  }

  #memberOf(owner: typescript.Symbol, name: string, source: typescript.SourceFile): typescript.Symbol | undefined {
    const symbol = this.#valueOf(owner)
    const [own] = this.#membersNamed(symbol, name)
    if (own) return own
    return this.#checker.getPropertyOfType(this.#checker.getTypeOfSymbolAtLocation(symbol, source), name)
  }

  /** What stands behind a name that another module or `{ add }` gives on. */
  #valueOf(symbol: typescript.Symbol): typescript.Symbol {
    const [declaration] = symbol.declarations ?? []
    if (declaration && this.#ts.isShorthandPropertyAssignment(declaration)) {
      const value = this.#checker.getShorthandAssignmentValueSymbol(declaration)
      if (value) return this.unaliased(value)
    }
    return this.unaliased(symbol)
  }

  /** The type that the declarations have for the first name of a path. */
  declaredType({ module, path: [name] }: GuestPath): typescript.Type | undefined {
    const symbol = this.moduleExports(module).find((each) => each.name === name)
    return symbol && this.#checker.getDeclaredTypeOfSymbol(this.unaliased(symbol))
  }
}

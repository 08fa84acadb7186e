import type { Type } from './tree.ts'
import type { Scope, Scopes, TypeSymbol } from './scopes.ts'
import { typesIn, walkType } from './type-parts.ts'

/** Chains of names beyond this are cut off: they would only exhaust the stack. */
const deepest = 400

/** What is in types when names are followed. Remembers what it found out about each name. */
export class TypeShapes {
  private readonly scopes: Scopes
  private readonly borrows = new Map<TypeSymbol, boolean>()
  private readonly sizes = new Map<TypeSymbol, number>()
  private depth = 0

  constructor(scopes: Scopes) {
    this.scopes = scopes
  }

  /** Whether a `borrow<...>` is anywhere in a type. */
  hasBorrow(scope: Scope, type: Type): boolean {
    let found = false
    walkType(type, (part) => {
      if (part.kind === 'borrow') found = true
      else if (part.kind === 'named' && !found) {
        const symbol = this.scopes.lookUp(scope, part.name)
        if (symbol !== undefined) found = this.symbolHasBorrow(symbol)
      }
    })
    return found
  }

  private symbolHasBorrow(symbol: TypeSymbol): boolean {
    return this.remember(this.borrows, symbol, false, (origin) =>
      origin.definition === undefined
        ? false
        : typesIn(origin.definition).some(({ type }) => this.hasBorrow(origin.scope, type)),
    )
  }

  /** The number of types in a type written out in full, which is what validators of binaries limit. */
  sizeOf(scope: Scope, type: Type): number {
    let size = 0
    walkType(type, (part) => {
      const symbol = part.kind === 'named' ? this.scopes.lookUp(scope, part.name) : undefined
      size += symbol === undefined ? 1 : this.symbolSize(symbol)
    })
    return size
  }

  symbolSize(symbol: TypeSymbol): number {
    return this.remember(this.sizes, symbol, 1, ({ definition, scope }) => {
      if (definition === undefined) return 1
      const inside = typesIn(definition).reduce((sum, { type }) => sum + this.sizeOf(scope, type), 0)
      return definition.kind === 'alias' ? inside : inside + 1
    })
  }

  /** `meanwhile` is the answer while a circle or too long a chain is followed. */
  private remember<T>(known: Map<TypeSymbol, T>, symbol: TypeSymbol, meanwhile: T, find: (origin: TypeSymbol) => T): T {
    const before = known.get(symbol)
    if (before !== undefined) return before
    if (this.depth >= deepest) return meanwhile
    known.set(symbol, meanwhile)
    const origin = this.scopes.origin(symbol)
    this.depth += 1
    const found = origin === undefined ? meanwhile : find(origin)
    this.depth -= 1
    known.set(symbol, found)
    return found
  }
}

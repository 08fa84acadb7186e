/**
 * What every name in the WIT of a project stands for: the basis of go to definition, find references, rename and hovers.
 */
import type { Resolution } from './check.ts'
import type { Definition, Package, Source, Unit } from './packages.ts'
import type { Scope, TypeSymbol } from './scopes.ts'
import type { Span } from './text.ts'
import type { Extern, FunctionType, InterfaceItem, Name, PackageName, Path, Type, TypeDefinition } from './tree.ts'
import type { TopLevelItem, WorldItem } from './tree.ts'
import { nameKey } from './packages.ts'
import { TypeChecks } from './check-types.ts'
import { isDefinition } from './type-parts.ts'

export type SymbolKind =
  | 'package'
  | 'interface'
  | 'world'
  | 'type'
  | 'function'
  | 'method'
  | 'static'
  | 'constructor'
  | 'field'
  | 'case'
  | 'flag'
  | 'parameter'
  | 'import'
  | 'export'

/** Something that has a name. */
export interface WitSymbol {
  readonly kind: SymbolKind
  /** Without `%`; a package's is `ns:name@version`. */
  readonly text: string
  readonly source: Source
  /** The name where it is defined. */
  readonly span: Span
  /** The node that defines it. */
  readonly item: SymbolItem
  /** What it is another name for: by `use ... as`, or as an import or export of an interface. */
  readonly of: WitSymbol | undefined
}

export type SymbolItem =
  | { readonly kind: 'package'; readonly package: Package }
  | { readonly kind: 'definition'; readonly definition: Definition }
  | { readonly kind: 'type'; readonly definition: TypeDefinition | undefined; readonly scope: Scope }
  | { readonly kind: 'function'; readonly type: FunctionType; readonly scope: Scope; readonly node: Documented }
  | { readonly kind: 'member'; readonly type: Type | undefined; readonly scope: Scope; readonly node: Documented }
  | { readonly kind: 'extern'; readonly node: Extern; readonly scope: Scope }
  | { readonly kind: 'alias'; readonly node: Span }

type Documented = Span & { readonly docs?: { readonly text: string } | undefined }

/** One place where a name stands. */
export interface Occurrence {
  readonly source: Source
  readonly span: Span
  readonly symbol: WitSymbol
  readonly role: 'definition' | 'reference'
}

export class SymbolIndex {
  readonly resolution: Resolution
  private readonly bySource = new Map<Source, Occurrence[]>()
  private readonly bySymbol = new Map<WitSymbol, Occurrence[]>()
  /** Where names are told of already. */
  private readonly starts = new Map<Source, Set<number>>()
  /** By the node that holds the name. */
  private readonly symbols = new Map<object, WitSymbol>()
  /** What the names of interfaces and worlds stand for, by the node of the name. */
  private readonly targets = new Map<Span, Definition>()

  constructor(resolution: Resolution) {
    this.resolution = resolution
    this.readBuiltins()
    const { packages, scopes } = resolution
    for (const { span, target } of resolution.references) this.targets.set(span, target)
    for (const one of packages.packages.values()) this.package(one)
    for (const { units } of packages.packages.values())
      for (const unit of units) for (const item of unit.items) this.topLevel(unit, item)
    // Inline interfaces have scopes that no definition leads to.
    for (const scope of scopes.all) this.scope(scope)
    for (const { unit, span, target } of resolution.references) this.reference(unit, span, target)
    for (const { unit, span, target } of resolution.typeReferences)
      this.add(unit.source, span, this.type(target), 'reference')
    for (const list of this.bySource.values())
      list.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  }

  /** The name at an offset, its end included: a cursor stands behind the name that it just typed. */
  at(source: Source, offset: number): Occurrence | undefined {
    const list = this.bySource.get(source) ?? []
    // The first that ends there or behind: names do not overlap.
    let [low, high] = [0, list.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((list[middle]?.span.end ?? 0) < offset) low = middle + 1
      else high = middle
    }
    const found = list[low]
    return found !== undefined && found.span.start <= offset ? found : undefined
  }

  /** In order of file and place. */
  of(source: Source): readonly Occurrence[] {
    return this.bySource.get(source) ?? []
  }

  /** The interface or world that a path names. */
  target(path: Path): Definition | undefined {
    return this.targets.get(path.name)
  }

  /** All places of a symbol, its definition first. */
  placesOf(symbol: WitSymbol): readonly Occurrence[] {
    const found = this.bySymbol.get(symbol) ?? []
    return found.toSorted((a, b) => Number(b.role === 'definition') - Number(a.role === 'definition'))
  }

  /** The file of the project, or of a built-in package that is named in it. */
  source(file: string): Source | undefined {
    for (const { units } of this.resolution.packages.packages.values())
      for (const { source } of units) if (source.file === file) return source
    return undefined
  }

  /** Names inside built-in packages are resolved too: people read them. Each may name further packages. */
  private readBuiltins(): void {
    const { packages, scopes } = this.resolution
    const silent = new TypeChecks(scopes, () => {})
    const done = new Set<Package>()
    for (let before = -1; before !== done.size;) {
      before = done.size
      for (const one of packages.packages.values()) {
        if (done.has(one) || one.units.some(({ source }) => source.origin !== 'builtin')) continue
        done.add(one)
        scopes.references.prepare(one)
        for (const definition of one.definitions.values()) {
          silent.check(scopes.of(definition))
          if (definition.node.kind === 'world') this.builtinWorld(definition)
        }
      }
    }
  }

  private builtinWorld({ node, unit }: Definition): void {
    for (const item of node.items) {
      if (item.kind === 'include') this.resolution.scopes.references.resolve(unit, item.path, 'world')
      else if ((item.kind === 'import' || item.kind === 'export') && item.type.kind === 'path')
        this.resolution.scopes.references.resolve(unit, item.type.path, 'interface')
    }
  }

  private add(source: Source, span: Span, symbol: WitSymbol | undefined, role: Occurrence['role']): void {
    if (symbol === undefined || span.end === span.start) return
    const occurrence: Occurrence = { source, span: { start: span.start, end: span.end }, symbol, role }
    // A name in `use a.{b}` is told by the reference and by the scope that has it from then on.
    const starts = this.starts.get(source) ?? new Set<number>()
    if (starts.has(span.start)) return
    starts.add(span.start)
    this.starts.set(source, starts)
    const places = this.bySymbol.get(symbol) ?? []
    places.push(occurrence)
    this.bySymbol.set(symbol, places)
    const list = this.bySource.get(source) ?? []
    list.push(occurrence)
    this.bySource.set(source, list)
  }

  /** The symbol of a node, with the place of its name. */
  private define(
    key: object,
    kind: SymbolKind,
    source: Source,
    name: Span & { readonly text: string },
    item: SymbolItem,
    of?: WitSymbol,
  ): WitSymbol {
    const known = this.symbols.get(key)
    if (known !== undefined) return known
    const made: WitSymbol = { kind, text: name.text, source, span: name, item, of }
    this.symbols.set(key, made)
    this.add(source, name, made, 'definition')
    return made
  }

  private package(one: Package): void {
    const { at } = one
    if (at !== undefined)
      this.define(
        one,
        'package',
        at.source,
        { ...withoutVersion(at.span), text: one.key },
        { kind: 'package', package: one },
      )
    for (const unit of one.units) this.declaration(unit, one)
    for (const definition of one.definitions.values()) this.definition(definition)
  }

  /** Other files of a package name it as well. */
  private declaration({ source }: Unit, one: Package): void {
    const declared = source.parsed.file.package
    if (declared !== undefined && nameKey(declared.name) === one.key)
      this.add(source, withoutVersion(declared.name), this.symbols.get(one), 'reference')
  }

  private topLevel(unit: Unit, item: TopLevelItem): void {
    if (item.kind !== 'top-level-use') return
    this.path(unit, item.path)
    const definition = unit.aliases.get((item.as ?? item.path.name).text)?.definition
    if (item.as === undefined || item.as.missing || definition === undefined) return
    const of = this.definition(definition)
    this.define(item.as, of.kind, unit.source, item.as, { kind: 'alias', node: item }, of)
  }

  private definition(definition: Definition): WitSymbol {
    const { node, unit } = definition
    return this.define(definition, node.kind, unit.source, node.name, { kind: 'definition', definition })
  }

  /** A type as it is known under its own name: where `use` gives it no other, it is the one that is used. */
  private type(symbol: TypeSymbol): WitSymbol | undefined {
    const known = this.symbols.get(symbol)
    if (known !== undefined) return known
    const { scope, name, use, definition } = symbol
    const of = use && this.used(symbol, use)
    if (use !== undefined && (of === undefined || use.used.as === undefined)) return of
    return this.define(symbol, 'type', scope.unit.source, name, { kind: 'type', definition, scope }, of)
  }

  /** What a `use` takes. */
  private used(symbol: TypeSymbol, { item, used }: NonNullable<TypeSymbol['use']>): WitSymbol | undefined {
    const { scopes } = this.resolution
    if (scopes.origin(symbol) === undefined) return undefined
    const target = symbol.scope.uses.get(item)
    const type = target && scopes.of(target).types.get(used.name.text)
    return type && this.type(type)
  }

  private scope(scope: Scope): void {
    for (const symbol of scope.types.values()) {
      const made = this.type(symbol)
      if (symbol.use?.used.as === undefined) this.add(scope.unit.source, symbol.name, made, 'reference')
      if (symbol.definition !== undefined) this.members(scope, symbol.definition)
    }
    for (const item of scope.items) this.item(scope, item)
  }

  private item(scope: Scope, item: InterfaceItem | WorldItem): void {
    const { unit } = scope
    if (item.kind === 'use') this.path(unit, item.path)
    else if (item.kind === 'include') {
      this.path(unit, item.path)
      for (const { name, as } of item.renames) {
        const of = this.plainName(item.path, name.text)
        this.add(unit.source, name, of, 'reference')
        if (of !== undefined) this.define(as, of.kind, unit.source, as, { kind: 'alias', node: item }, of)
      }
    } else if (item.kind === 'function') this.function(scope, item.name, 'function', item.type, item)
    else if (item.kind === 'import' || item.kind === 'export') this.extern(scope, item)
  }

  private extern(scope: Scope, item: Extern): void {
    if (item.type.kind === 'path') this.path(scope.unit, item.type.path)
    if (item.name === undefined || item.name.missing) return
    if (item.type.kind === 'function') return void this.function(scope, item.name, item.kind, item.type.type, item)
    this.define(item.name, item.kind, scope.unit.source, item.name, { kind: 'extern', node: item, scope })
  }

  private function(scope: Scope, name: Name, kind: SymbolKind, type: FunctionType, node: Documented): void {
    this.define(name, kind, scope.unit.source, name, { kind: 'function', type, scope, node })
    for (const each of type.parameters) this.member(scope, each.name, 'parameter', each.type, each)
  }

  private member(scope: Scope, name: Name, kind: SymbolKind, type: Type | undefined, node: Documented): void {
    if (name.missing) return
    this.define(name, kind, scope.unit.source, name, { kind: 'member', type, scope, node })
  }

  private members(scope: Scope, definition: TypeDefinition): void {
    if (definition.kind === 'record')
      for (const field of definition.fields) this.member(scope, field.name, 'field', field.type, field)
    else if (definition.kind === 'resource')
      for (const method of definition.methods) this.function(scope, method.name, method.kind, method.type, method)
    else if (definition.kind !== 'alias')
      for (const each of definition.cases)
        this.member(scope, each.name, definition.kind === 'flags' ? 'flag' : 'case', each.payload, each)
  }

  /** The package in a path. */
  private path(unit: Unit, path: Path): void {
    const { package: name } = path
    if (name === undefined) return
    const target = this.targets.get(path.name)
    if (target !== undefined) this.add(unit.source, withoutVersion(name), this.symbols.get(target.package), 'reference')
  }

  /** A name of an interface or a world: of its own, or the one that a `use` of the file gives it. */
  private reference(unit: Unit, span: Span, target: Definition): void {
    const definition = this.definition(target)
    const { text } = unit.source.parsed
    const name = text.slice(span.start, span.end).replace(/^%/, '')
    const isLocal = !text.slice(0, span.start).trimEnd().endsWith('/')
    const item = unit.items.find((each) => each.kind === 'top-level-use' && each.as?.text === name)
    const given =
      isLocal &&
      item?.kind === 'top-level-use' &&
      item.path.name !== span &&
      unit.aliases.get(name)?.definition === target
        ? item.as && this.symbols.get(item.as)
        : undefined
    this.add(unit.source, span, given ?? definition, 'reference')
  }

  /** What a world imports or exports under a plain name, that of its `include` items too. */
  private plainName(path: Path, text: string, seen = new Set<Definition>()): WitSymbol | undefined {
    const world = this.targets.get(path.name)
    if (world?.node.kind !== 'world' || seen.has(world)) return undefined
    seen.add(world)
    const scope = this.resolution.scopes.of(world)
    this.scope(scope)
    const type = scope.types.get(text)
    if (type !== undefined) return this.type(type)
    for (const item of world.node.items) {
      if (isDefinition(item) || item.kind === 'use') continue
      if (item.kind !== 'include') {
        if (item.name?.text === text) return this.symbols.get(item.name)
        continue
      }
      const renamed = item.renames.find(({ as }) => as.text === text)
      if (renamed !== undefined) return this.symbols.get(renamed.as)
      const found = this.plainName(item.path, text, seen)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** `ns:name`, which is one symbol; its version is none. */
const withoutVersion = ({ namespace, name }: PackageName): Span => ({ start: namespace.start, end: name.end })

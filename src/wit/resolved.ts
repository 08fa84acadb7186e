import type { Resolution } from './check.ts'
import type { Definition, Package } from './packages.ts'
import type { Scope, Scopes } from './scopes.ts'
import type { Gate, TypeDefinition } from './tree.ts'
import type {
  Described,
  ResolvedFunction,
  ResolvedInterface,
  ResolvedPackage,
  ResolvedWit,
  ResolvedWorld,
  ResolvedWorldItem,
  Stability,
} from './resolved-model.ts'
import { described, ResolvedTypes, type TypeIndexes } from './resolved-types.ts'
import { gatesOf, WorldParts, type Part } from './world-parts.ts'

/** The `@unstable` features that are on. */
export type Features = ReadonlySet<string> | 'all'

/** All packages of a resolution, the root last. Where there are mistakes, what could be read. */
export const resolvedWit = (resolution: Resolution, features: Features = new Set()): ResolvedWit =>
  new Builder(resolution, features).all()

class Builder {
  private readonly resolution: Resolution
  private readonly scopes: Scopes
  private readonly features: Features
  private readonly types: ResolvedTypes
  private readonly worlds: ResolvedWorld[] = []
  private readonly interfaces: ResolvedInterface[] = []
  private readonly packages: ResolvedPackage[] = []
  private readonly packageIndexes = new Map<Package, number>()
  private readonly interfaceIndexes = new Map<Definition | Scope, number>()
  private readonly parts: WorldParts

  constructor(resolution: Resolution, features: Features) {
    this.resolution = resolution
    this.scopes = resolution.scopes
    this.features = features
    this.types = new ResolvedTypes(resolution.scopes)
    this.parts = new WorldParts(resolution.scopes, this.types, (gates) => this.isActive(gates))
  }

  all(): ResolvedWit {
    const { root, packages } = this.resolution.packages
    for (const one of packages.values()) if (one !== root) this.package(one)
    if (root !== undefined) this.package(root)
    return { worlds: this.worlds, interfaces: this.interfaces, types: this.types.all, packages: this.packages }
  }

  /** Whether an item with these annotations is there (WIT.md#feature-gates). */
  private isActive(gates: readonly Gate[]): boolean {
    const { features } = this
    return (
      features === 'all' ||
      gates.every(({ kind, feature }) => kind !== 'unstable' || feature === undefined || features.has(feature.text))
    )
  }

  private package(one: Package): void {
    if (this.packageIndexes.has(one) || one.name === '') return
    this.packageIndexes.set(one, -1)
    const { references } = this.scopes
    references.prepare(one)
    const active = [...one.definitions.values()].filter(({ node }) => this.isActive(node.gates))
    // What built-in packages name is read when it is asked for.
    for (const definition of active) {
      if (definition.node.kind === 'world') this.parts.of(definition)
      else this.scopes.resolveUses(this.scopes.of(definition))
    }
    for (const other of references.dependencies.get(one)?.keys() ?? []) this.package(other)
    this.packageIndexes.set(one, this.packages.length)
    const documented = one.units.find(({ source }) => source.parsed.file.package?.docs !== undefined)?.source
    const declaration = documented?.parsed.file.package
    const interfaces: Record<string, number> = {}
    const worlds: Record<string, number> = {}
    const isBlock = one.at?.source.parsed.file.package?.name !== one.at?.span
    const docs = documented && declaration && !isBlock ? described(documented, declaration) : {}
    this.packages.push({ name: one.key, ...docs, interfaces, worlds })
    for (const definition of active)
      if (definition.node.kind === 'interface') interfaces[definition.node.name.text] = this.interface(definition)
    for (const definition of active)
      if (definition.node.kind === 'world') worlds[definition.node.name.text] = this.world(definition)
  }

  /** The index of an interface; those that it takes types from come before it. */
  private interface(target: Definition | Scope, more?: Described): number {
    const known = this.interfaceIndexes.get(target)
    if (known !== undefined) return known
    this.interfaceIndexes.set(target, -1)
    const scope = 'node' in target ? this.scopes.of(target) : target
    for (const used of this.needsOf(scope)) this.interface(used)
    const index = this.interfaces.length
    this.interfaceIndexes.set(target, index)
    const types: Record<string, number> = {}
    const functions: Record<string, ResolvedFunction> = {}
    this.interfaces.push({
      name: 'node' in target ? target.node.name.text : null,
      types,
      functions,
      ...('node' in target ? described(scope.unit.source, target.node, target.node.gates) : more),
      package: this.packageIndexes.get(scope.unit.package) ?? -1,
    })
    for (const symbol of this.types.inOrder(scope)) {
      if (!this.isActive(gatesOf(symbol))) continue
      const made = this.types.add(symbol, symbol.name.text, { interface: index })
      if (made !== undefined) types[symbol.name.text] = made
    }
    for (const item of scope.items) {
      if (!this.isActive(item.gates)) continue
      if (item.kind === 'function') {
        const { name, type, gates } = item
        functions[name.text] = this.types.function(scope, name.text, type, described(scope.unit.source, item, gates))
      } else if (item.kind === 'resource')
        for (const make of this.methods(scope, item)) {
          const made = make(item.name.text)
          functions[made.name] = made
        }
    }
    return index
  }

  private methods(
    scope: Scope,
    item: TypeDefinition & { readonly kind: 'resource' },
  ): ((resource: string, own?: TypeIndexes) => ResolvedFunction)[] {
    const symbol = scope.types.get(item.name.text)
    if (symbol?.definition !== item) return []
    const methods = item.methods.filter(({ gates }) => this.isActive(gates))
    return methods.map((method) => (resource, own) => this.types.method(symbol, resource, method, own))
  }

  /** The interfaces that a scope takes types from, each once. */
  private needsOf(scope: Scope): Set<Definition> {
    this.references(scope)
    const found = new Set<Definition>()
    for (const item of scope.items) {
      const target = item.kind === 'use' && this.isActive(item.gates) ? scope.uses.get(item) : undefined
      if (target !== undefined && this.isActive(target.node.gates)) found.add(target)
    }
    return found
  }

  private references(scope: Scope): void {
    this.scopes.references.prepare(scope.unit.package)
    this.scopes.resolveUses(scope)
  }

  private world(definition: Definition): number {
    const index = this.worlds.length
    const own: TypeIndexes = new Map()
    const { gates, name } = definition.node
    const world = { imports: new Map<string, ResolvedWorldItem>(), exports: new Map<string, ResolvedWorldItem>() }
    const parts = this.parts.of(definition)
    const exported = new Set(
      parts.flatMap((part) => (isInterface(part) && part.direction === 'export' ? [part.target] : [])),
    )
    /** What is imported twice has the first annotation that it gets. */
    const put = (
      target: Definition | Scope,
      label: string | undefined,
      into: typeof world.imports,
      more: Described,
    ): void => {
      const id = this.interface(target, more)
      const key = label ?? `interface-${id}`
      const known = into.get(key)
      const isMarked = known !== undefined && 'interface' in known && known.interface.stability !== undefined
      if (isMarked || (known !== undefined && more.stability === undefined)) return
      into.set(key, { interface: { id, ...(more.stability !== undefined && { stability: more.stability }) } })
    }
    /** Imports an interface after all that it takes types from. */
    const need = (target: Definition, stability: Stability | undefined, seen = new Set<Definition>()): void => {
      if (seen.has(target)) return
      seen.add(target)
      for (const each of this.needsOf(this.scopes.of(target))) need(each, stability, seen)
      put(target, undefined, world.imports, stability === undefined ? {} : { stability })
    }
    const needType = ({ symbol, stability }: Part & { readonly kind: 'type' }): void => {
      const target = symbol.use && symbol.scope.uses.get(symbol.use.item)
      if (target !== undefined) need(target, stability)
    }
    for (const part of parts) {
      if (part.kind === 'interface' && part.direction === 'import') {
        const { target, more } = part
        if ('node' in target && part.label === undefined) need(target, more.stability)
        else {
          for (const each of this.needsOf('node' in target ? this.scopes.of(target) : target))
            need(each, more.stability)
          put(target, part.label, world.imports, more)
        }
      } else if (part.kind === 'type' && part.included) needType(part)
    }
    for (const part of parts) if (part.kind === 'type' && !part.included) needType(part)
    /** What exports take types from is imported, unless it is exported too. */
    const needed = new Set<Definition>()
    const exports = (target: Definition | Scope, stability: Stability | undefined): void => {
      for (const each of this.needsOf('node' in target ? this.scopes.of(target) : target)) {
        if (!exported.has(each)) need(each, stability)
        else if (!needed.has(each)) {
          needed.add(each)
          exports(each, stability)
        }
      }
    }
    for (const part of parts)
      if (isInterface(part) && part.direction === 'export') exports(part.target, part.more.stability)
    for (const part of parts) {
      if (part.kind !== 'type' || world.imports.has(part.label)) continue
      const made = this.types.add(part.symbol, part.label, { world: index }, own)
      if (made !== undefined) world.imports.set(part.label, { type: made })
    }
    for (const part of parts) {
      if (part.kind !== 'function') continue
      const { label } = part
      const made = part.make(own)
      const into = part.direction === 'import' ? world.imports : world.exports
      if (!into.has(label)) into.set(label, { function: { ...made, name: label } })
    }
    for (const part of parts)
      if (part.kind === 'type' && part.symbol.definition?.kind === 'resource')
        for (const make of this.methods(part.symbol.scope, part.symbol.definition)) {
          const made = make(part.label, own)
          world.imports.set(made.name, { function: made })
        }
    // Exported functions come before exported interfaces.
    for (const part of parts)
      if (isInterface(part) && part.direction === 'export') put(part.target, part.label, world.exports, part.more)
    this.worlds.push({
      name: name.text,
      imports: Object.fromEntries(world.imports),
      exports: Object.fromEntries(world.exports),
      package: this.packageIndexes.get(definition.package) ?? -1,
      ...described(definition.unit.source, definition.node, gates),
    })
    return index
  }
}

const isInterface = (part: Part): part is Part & { readonly kind: 'interface' } => part.kind === 'interface'

/**
 * What the names of a world are called in the TypeScript that implements it: the way from one to the other and back. The
 * names are those of the declarations that are generated for guests.
 */
import type { Item, WorldModel } from './check-worlds.ts'
import type { Source } from './packages.ts'
import type { Scope } from './scopes.ts'
import type { SymbolIndex, WitSymbol } from './symbols.ts'
import type { Span } from './text.ts'
import type { TypeDefinition } from './tree.ts'
import { isDefinition } from './type-parts.ts'
import { typeName, valueName } from './typescript.ts'

export interface GuestName {
  /** What it is the name of. */
  readonly symbol: WitSymbol
  /** The module that is declared for the interface or the world: `demo:cart/types@1.0.0`. */
  readonly module: string
  /** From the outside in: `['Item', 'unitPrice']`. Empty for the module itself. */
  readonly path: readonly string[]
  /** Whether the last of the path is no name but a value: the case of an enum or a variant. */
  readonly literal: boolean
  /** Where the entry of the project has it, if the world exports it: `['cart', 'Item', 'prototype', 'total']`. */
  readonly exported: readonly string[] | undefined
  /** What a call of it names, if the world exports it. */
  readonly call: GuestCall | undefined
}

export interface GuestCall {
  readonly interface: string | undefined
  /** `add`, `[method]item.total`. */
  readonly name: string
}

/** A name of the declarations, as somebody found it there. */
export interface GuestPath {
  readonly module: string
  readonly path: readonly string[]
}

/** Where the world exports the things of a scope. */
interface Exported {
  /** Under which name of the entry; undefined for the world itself. */
  readonly label: string | undefined
  readonly interface: string | undefined
}

/**
 * All names of a world (without one: of the interfaces), in an order that another name for one of them does not change.
 * The interfaces of all packages that are read come along: a type of any of them may reach the world.
 */
export function guestNames(index: SymbolIndex, world: string | undefined): GuestName[] {
  const { packages, scopes, worlds } = index.resolution
  const model = worlds.find(({ scope }) => scope.owner?.node.name.text === world)
  const exports = exportsOf(index, model)
  const found = new GuestNames(index)
  for (const { definitions } of packages.packages.values())
    for (const definition of definitions.values()) {
      if (definition.node.kind !== 'interface') continue
      const label = exports.get(definition.id)
      const exported = label === undefined ? undefined : { label, interface: definition.id }
      const { node, unit } = definition
      found.add(unit.source, node.name, definition.id, [], exported && [exported.label])
      found.scope(scopes.of(definition), definition.id, exported)
    }
  if (model !== undefined) found.world(model, exports)
  return found.names
}

/**
 * What the entry calls the exported interfaces: by their own name, and where that is taken by the full one. The engine
 * gives the names in the same order, to what it finds there: first where there is something to call, and none where
 * there are only types.
 */
function exportsOf(index: SymbolIndex, model: WorldModel | undefined): ReadonlyMap<string, string> {
  const items = [...(model?.exports.values() ?? [])]
  const taken = new Set(items.flatMap(({ kind, label }) => (kind === 'function' ? [valueName(label)] : [])))
  const labels = new Map<string, string>()
  const ranked = items.flatMap((item) => {
    const scope = item.scope ?? (item.definition && index.resolution.scopes.of(item.definition))
    const rank = item.kind === 'interface' && scope ? rankOf(scope) : undefined
    return rank === undefined ? [] : [{ item, rank }]
  })
  for (const { item } of ranked.toSorted((one, other) => one.rank - other.rank)) {
    const { label, plain, definition } = item
    const short = valueName(plain || definition === undefined ? label : definition.node.name.text)
    labels.set(label, taken.has(short) ? label : short)
    taken.add(short)
  }
  return labels
}

/** 0 for an interface with something to call, 1 for one with resources alone. */
function rankOf({ functions, types }: Scope): number | undefined {
  const resources = [...types.values()].flatMap(({ definition }) =>
    definition?.kind === 'resource' ? [definition] : [],
  )
  if (functions.size > 0 || resources.some(({ methods }) => methods.length > 0)) return 0
  return resources.length > 0 ? 1 : undefined
}

class GuestNames {
  readonly names: GuestName[] = []
  private readonly index: SymbolIndex

  constructor(index: SymbolIndex) {
    this.index = index
  }

  add(
    source: Source,
    name: Span,
    module: string,
    path: readonly string[],
    exported?: readonly string[],
    more: { readonly literal?: boolean; readonly call?: GuestCall } = {},
  ): void {
    const symbol = this.index.at(source, name.start)?.symbol
    if (symbol === undefined || name.end === name.start) return
    this.names.push({ symbol, module, path, exported, literal: false, call: undefined, ...more })
  }

  scope(scope: Scope, module: string, exported: Exported | undefined): void {
    const { source } = scope.unit
    const prefix = exported?.label === undefined ? [] : [exported.label]
    for (const { name, definition } of scope.types.values()) {
      const type = typeName(name.text)
      const isExported = exported !== undefined && definition?.kind === 'resource'
      this.add(source, name, module, [type], isExported ? [...prefix, type] : undefined)
      if (definition !== undefined) this.members(scope, definition, module, exported)
    }
    for (const item of scope.items) {
      if (item.kind !== 'function') continue
      const name = valueName(item.name.text)
      this.add(
        source,
        item.name,
        module,
        [name],
        exported && [...prefix, name],
        exported && { call: { interface: exported.interface, name: item.name.text } },
      )
    }
  }

  private members(scope: Scope, definition: TypeDefinition, module: string, exported: Exported | undefined): void {
    const { source } = scope.unit
    const type = typeName(definition.name.text)
    switch (definition.kind) {
      case 'record':
        for (const { name } of definition.fields) this.add(source, name, module, [type, valueName(name.text)])
        break
      case 'flags':
        for (const { name } of definition.cases) this.add(source, name, module, [type, valueName(name.text)])
        break
      case 'enum':
      case 'variant':
        for (const { name } of definition.cases) {
          this.add(source, name, module, [type, name.text], undefined, { literal: true })
          // The generated types have a name of their own for what each case of a variant is.
          if (definition.kind === 'variant') this.add(source, name, module, [`${type}${typeName(name.text)}`])
        }
        break
      case 'resource':
        for (const { kind, name } of definition.methods) {
          const member = kind === 'constructor' ? kind : valueName(name.text)
          const own = kind === 'method' ? ['prototype', member] : [member]
          const suffix = kind === 'constructor' ? '' : `.${name.text}`
          this.add(
            source,
            name,
            module,
            [type, member],
            exported && [...(exported.label === undefined ? [] : [exported.label]), type, ...own],
            exported && {
              call: { interface: exported.interface, name: `[${kind}]${definition.name.text}${suffix}` },
            },
          )
        }
        break
      case 'alias':
        break
    }
  }

  world({ scope, imports, exports }: WorldModel, labels: ReadonlyMap<string, string>): void {
    if (scope.owner === undefined) return
    const { id, node, unit } = scope.owner
    this.add(unit.source, node.name, id, [])
    for (const item of imports.values()) this.item(item, id, undefined)
    for (const item of exports.values()) this.item(item, id, labels)
  }

  /** `labels`: of what is exported. */
  private item(item: Item, world: string, labels: ReadonlyMap<string, string> | undefined): void {
    const { kind, label, plain, definition, scope, symbol, named } = item
    const { source } = named.scope.unit
    if (kind === 'type') {
      this.add(source, named.span, world, [typeName(label)])
      if (scope !== undefined && symbol?.definition !== undefined && isDefinition(symbol.definition))
        this.members(scope, symbol.definition, world, undefined)
    } else if (kind === 'function') {
      const name = valueName(label)
      if (labels === undefined) {
        // A module for one function.
        this.add(source, named.span, label, [])
        this.add(source, named.span, label, [name])
      } else this.add(source, named.span, world, [name], [name], { call: { interface: undefined, name: label } })
    } else if (plain) {
      const short = labels?.get(label)
      const module = labels === undefined ? label : valueName(label)
      const inner = scope ?? (definition && this.index.resolution.scopes.of(definition))
      this.add(source, named.span, module, [], short === undefined ? undefined : [short])
      if (inner !== undefined)
        this.scope(inner, module, short === undefined ? undefined : { label: short, interface: label })
    }
  }
}

/** The names of one thing, and of what other names for it stand for. */
export function guestNamesOf(names: readonly GuestName[], symbol: WitSymbol): GuestName[] {
  const own = names.filter((each) => each.symbol === symbol)
  return own.length === 0 && symbol.of !== undefined ? guestNamesOf(names, symbol.of) : own
}

/** What a name of the declarations stands for: the thing itself, or the innermost around it that the WIT has. */
export function symbolAt(names: readonly GuestName[], { module, path }: GuestPath): WitSymbol | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const found = names.find(
      (each) =>
        each.module === module && each.path.length === length && each.path.every((part, at) => part === path[at]),
    )
    if (found !== undefined) return found.symbol
  }
  return undefined
}

/** What the entry of the project has at a path. */
export const symbolExportedAt = (names: readonly GuestName[], path: readonly string[]): WitSymbol | undefined =>
  names.find(({ exported }) => exported?.join('\n') === path.join('\n'))?.symbol

/** Another name in TypeScript for what has another name in WIT. */
export interface GuestRenaming {
  readonly from: Pick<GuestName, 'module' | 'path' | 'literal' | 'exported' | 'call'>
  readonly to: Pick<GuestName, 'module' | 'path' | 'exported' | 'call'>
}

/** Which names are others after the WIT was changed by nothing but a renaming. */
export function guestRenamings(before: readonly GuestName[], after: readonly GuestName[]): GuestRenaming[] {
  if (before.length !== after.length) return []
  return before.flatMap((was, at) => {
    const is = after[at]
    if (is === undefined || keyOf(was) === keyOf(is)) return []
    const { module, path, literal, exported, call } = was
    return [
      {
        from: { module, path, literal, exported, call },
        to: { module: is.module, path: is.path, exported: is.exported, call: is.call },
      },
    ]
  })
}

const keyOf = ({ module, path, exported, call }: GuestName): string => JSON.stringify([module, path, exported, call])

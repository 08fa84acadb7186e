import { MalformedBinary } from '../wasm/reader.ts'
import { layer, readSections, sectionIds } from '../wasm/sections.ts'
import {
  type EncodedScope,
  type Extern,
  emptyScope,
  readTypeEntry,
  type TypeEntry,
  type TypeReference,
} from './encoded-scope.ts'
import { TypeReader, UnknownEncoding } from './type-reader.ts'
import { TypeTable } from './type-table.ts'
import type {
  FunctionItem,
  FunctionType,
  InterfaceItem,
  ResourceType,
  TypeItem,
  ValueType,
  World,
  WorldItem,
} from './types.ts'

export { UnknownEncoding } from './type-reader.ts'

type Side = 'import' | 'export'

/**
 * Reads the world from the `component-type*` custom section that wit-component puts into a core module. The section
 * holds a component whose only export is a component type that in turn exports the world under its full name.
 *
 * Types come out resolved, one object per type. Throws `UnknownEncoding` for anything that is not understood.
 */
export function decodeWorld(coreModule: Uint8Array): World {
  try {
    const { scope, offset, name } = encodedWorld(componentType(coreModule))
    return new WorldReader(scope, offset).world(name)
  } catch (error) {
    if (error instanceof MalformedBinary) throw new UnknownEncoding(error.offset, error.message)
    throw error
  }
}

/** A function and the interface it belongs to; absent for a function of the world itself. */
export interface PlacedFunction {
  readonly interface?: string
  readonly item: FunctionItem
}

/** The functions of one side of a world, in order. */
export function* functionsOf(world: World, side: Side): Generator<PlacedFunction> {
  for (const item of side === 'import' ? world.imports : world.exports) {
    if (item.kind === 'function') yield { item }
    else if (item.kind === 'interface') for (const inner of item.functions) yield { interface: item.name, item: inner }
  }
}

function componentType(coreModule: Uint8Array): Uint8Array {
  for (const section of readSections(coreModule)) {
    if (!section.name?.startsWith('component-type')) continue
    const reader = new TypeReader(coreModule, section.body, section.end)
    reader.name()
    return reader.bytes(section.end - reader.offset)
  }
  throw new UnknownEncoding(0, 'the module has no component-type section')
}

function encodedWorld(component: Uint8Array): { scope: EncodedScope; offset: number; name: string } {
  if (layer(component) !== 'component') throw new UnknownEncoding(0, 'this is not a component')
  const top = emptyScope('component', undefined)
  const { custom, component: ids } = sectionIds
  for (const { id, start, body, end } of readSections(component)) {
    const reader = new TypeReader(component, body, end)
    if (id === ids.type) reader.vector(() => top.types.push(readTypeEntry(reader, top)))
    else if (id !== custom && id !== ids.export) throw new UnknownEncoding(start, `an unexpected section ${id}`)
  }
  for (const wrapper of top.types) {
    if (wrapper.kind !== 'scope') continue
    for (const extern of wrapper.scope.externs) {
      if (extern.sort !== 'component' || extern.direction !== 'export') continue
      const entry = wrapper.scope.types[extern.index]
      if (entry?.kind === 'scope') return { scope: entry.scope, offset: entry.offset, name: extern.name }
    }
  }
  throw new UnknownEncoding(component.length, 'no world is named')
}

/** A scope in use: an interface on one side of the world, or the world itself, with what its types were resolved to. */
interface View {
  readonly scope: EncodedScope
  readonly side: Side
  readonly interface: string | undefined
  readonly resolved: Map<number, ValueType | ResourceType>
}

/** Types within types that are followed: no tool makes as many, and more would not fit on the stack. */
const deepest = 500

class WorldReader {
  readonly #world: View
  readonly #instances = new Map<Extern, View>()
  readonly #exported = new Map<string, Extern>()
  readonly #table = new TypeTable()
  /** Types that are being resolved, each for the one before it. */
  #depth = 0

  constructor(scope: EncodedScope, offset: number) {
    if (scope.shape !== 'component') throw new UnknownEncoding(offset, 'a world that is not a component type')
    this.#world = { scope, side: 'import', interface: undefined, resolved: new Map() }
    for (const extern of scope.externs)
      if (extern.direction === 'export' && extern.sort === 'instance') this.#exported.set(extern.name, extern)
  }

  world(name: string): World {
    const items = (direction: Side): WorldItem[] =>
      this.#world.scope.externs.filter((extern) => extern.direction === direction).map((extern) => this.#item(extern))
    return { name, imports: items('import'), exports: items('export') }
  }

  #item(extern: Extern): WorldItem {
    if (extern.sort === 'function') return this.#functionItem(this.#world, extern)
    if (extern.sort === 'type') return this.#typeItem(this.#world, extern)
    if (extern.sort === 'instance') return this.#interfaceItem(extern)
    throw new UnknownEncoding(extern.offset, 'a world that imports or exports a component')
  }

  #interfaceItem(extern: Extern): InterfaceItem {
    const view = this.#view(extern)
    const types: TypeItem[] = []
    const functions: FunctionItem[] = []
    for (const inner of view.scope.externs) {
      if (inner.sort === 'type') types.push(this.#typeItem(view, inner))
      else if (inner.sort === 'function') functions.push(this.#functionItem(view, inner))
      else throw new UnknownEncoding(inner.offset, 'an interface within an interface')
    }
    const implemented = extern.implements === undefined ? {} : { implements: extern.implements }
    return { kind: 'interface', name: extern.name, ...implemented, types, functions }
  }

  #typeItem(view: View, extern: Extern): TypeItem {
    return { kind: 'type', name: extern.name, type: this.#resolve(view, extern.index) }
  }

  #functionItem(view: View, extern: Extern): FunctionItem {
    const entry = entryAt(view.scope, extern.index)
    if (entry.kind !== 'function')
      throw new UnknownEncoding(extern.offset, 'a function whose type is not one of functions')
    const { async, params, result } = entry.definition
    const typeOf = (reference: TypeReference): ValueType =>
      this.#table.reference(reference, (index) => this.#resolve(view, index), entry.offset)
    const type: FunctionType = {
      async,
      params: params.map((param) => ({ name: param.name, type: typeOf(param.type) })),
      ...(result === undefined ? {} : { result: typeOf(result) }),
    }
    return { kind: 'function', name: extern.name, type }
  }

  #view(extern: Extern): View {
    const known = this.#instances.get(extern)
    if (known) return known
    const entry = entryAt(this.#world.scope, extern.index)
    if (entry.kind !== 'scope' || entry.scope.shape !== 'instance')
      throw new UnknownEncoding(extern.offset, 'an interface whose type is not one of instances')
    const view: View = {
      scope: entry.scope,
      side: extern.direction,
      interface: extern.name,
      resolved: new Map(),
    }
    this.#instances.set(extern, view)
    return view
  }

  #resolve(view: View, index: number): ValueType | ResourceType {
    const known = view.resolved.get(index)
    if (known) return known
    const entry = entryAt(view.scope, index)
    if (this.#depth >= deepest) throw new UnknownEncoding(entry.offset, 'types are nested too deeply')
    this.#depth += 1
    const type = this.#resolveEntry(view, entry)
    this.#depth -= 1
    view.resolved.set(index, type)
    return type
  }

  #resolveEntry(view: View, entry: TypeEntry): ValueType | ResourceType {
    switch (entry.kind) {
      case 'value':
        return this.#table.definition(entry.definition, (inner) => this.#resolve(view, inner), entry.offset)
      case 'named': {
        if (entry.equal === undefined) return resource(view, entry.name)
        const type = this.#resolve(view, entry.equal)
        // `type a = b` gives an existing type a second name: it stays the same object.
        return entryAt(view.scope, entry.equal).kind === 'value' ? this.#table.named(type, entry.name) : type
      }
      case 'of-scope':
        if (entry.scope === view.scope) return this.#resolve(view, entry.index)
        if (entry.scope !== this.#world.scope) throw new UnknownEncoding(entry.offset, 'a type from outside the world')
        return this.#outer(view, entry.index)
      case 'of-instance':
        if (view !== this.#world) throw new UnknownEncoding(entry.offset, 'an instance within an interface')
        return this.#ofInstance(instanceAt(view.scope, entry.instance), entry.name, entry.offset)
      default:
        throw new UnknownEncoding(entry.offset, 'a type of values was expected here')
    }
  }

  /**
   * What an interface uses from another one. Where an exported interface uses one that is exported too, the exported
   * one is meant, even if the alias was made for the import of the same name and is merely shared: that is how
   * wit-component builds the component (WIT.md#wit-worlds).
   */
  #outer(view: View, index: number): ValueType | ResourceType {
    const entry = entryAt(this.#world.scope, index)
    if (view.side === 'export' && entry.kind === 'of-instance') {
      const exported = this.#exported.get(instanceAt(this.#world.scope, entry.instance).name)
      if (exported) return this.#ofInstance(exported, entry.name, entry.offset)
    }
    return this.#resolve(this.#world, index)
  }

  #ofInstance(extern: Extern, name: string, offset: number): ValueType | ResourceType {
    const view = this.#view(extern)
    const found = view.scope.externs.find((inner) => inner.sort === 'type' && inner.name === name)
    if (!found) throw new UnknownEncoding(offset, `interface ${extern.name} has no type ${name}`)
    return this.#resolve(view, found.index)
  }
}

function resource(view: View, name: string): ResourceType {
  const { side, interface: owner } = view
  return { kind: 'resource', side, ...(owner === undefined ? {} : { interface: owner }), name }
}

function entryAt(scope: EncodedScope, index: number): TypeEntry {
  const entry = scope.types[index]
  if (!entry) throw new UnknownEncoding(0, `there is no type ${index}`)
  return entry
}

function instanceAt(scope: EncodedScope, index: number): Extern {
  const instance = scope.instances[index]
  if (!instance) throw new UnknownEncoding(0, `there is no instance ${index}`)
  return instance
}

/** Worlds of resolved WIT in the model into which binaries are decoded, so that one can be held against the other. */
import { type PrimitiveKind, primitiveKinds } from '../../src/component/types.ts'
import type { FunctionItem, ResourceType, TypeItem, ValueType, World, WorldItem } from '../../src/component/types.ts'
import type {
  ResolvedFunction,
  ResolvedInterface,
  ResolvedType,
  ResolvedWit,
  ResolvedWorld,
  TypeUse,
} from '../../src/wit/resolved-model.ts'

type AnyType = ValueType | ResourceType
type Side = 'import' | 'export'

/** An interface on one side of the world, or the world itself, with what its types became. */
interface View {
  readonly side: Side
  /** Its place in the table; absent for the world. */
  readonly id?: number
  readonly name?: string
  readonly made: Map<number, AnyType>
}

export const worldOf = (wit: ResolvedWit, index: number): World => new WorldMaker(wit, index).world()

/** `demo:shop/types@1.2.0` for an item of the package `demo:shop@1.2.0`. */
export const fullName = (wit: ResolvedWit, of: number, name: string): string => {
  const [path = '', version] = (wit.packages[of]?.name ?? '').split('@')
  return `${path}/${name}${version === undefined ? '' : `@${version}`}`
}

const isPrimitive = (text: string): text is PrimitiveKind => primitiveKinds.some((kind) => kind === text)

class WorldMaker {
  readonly #wit: ResolvedWit
  readonly #world: ResolvedWorld
  readonly #views = new Map<string, View>()
  readonly #exported = new Set<number>()

  constructor(wit: ResolvedWit, index: number) {
    this.#wit = wit
    this.#world = entry(wit.worlds, index)
    for (const [key, item] of Object.entries(this.#world.exports))
      if ('interface' in item && key === `interface-${item.interface.id}`) this.#exported.add(item.interface.id)
  }

  world(): World {
    const { name, package: of, imports, exports } = this.#world
    const own: View = { side: 'import', made: new Map() }
    return {
      name: fullName(this.#wit, of, name),
      imports: this.#items(imports, 'import', own),
      exports: this.#items(exports, 'export', own),
    }
  }

  #items(items: ResolvedWorld['imports'], side: Side, own: View): WorldItem[] {
    return Object.entries(items).map(([key, item]): WorldItem => {
      if ('type' in item) return { kind: 'type', name: key, type: this.#type(item.type, own) }
      if ('function' in item) return this.#function(key, item.function, own)
      const { id } = item.interface
      const found = entry(this.#wit.interfaces, id)
      const full = found.name === null ? undefined : fullName(this.#wit, found.package, found.name)
      const isLabelled = key !== `interface-${id}`
      const view = isLabelled ? { side, id, name: key, made: new Map<number, AnyType>() } : this.#view(id, side)
      const label = isLabelled && full !== undefined ? { implements: full } : {}
      return { kind: 'interface', name: isLabelled ? key : (full ?? key), ...label, ...this.#body(found, view) }
    })
  }

  #body({ types, functions }: ResolvedInterface, view: View): { types: TypeItem[]; functions: FunctionItem[] } {
    return {
      types: Object.entries(types).map(([name, index]) => ({ kind: 'type', name, type: this.#type(index, view) })),
      functions: Object.entries(functions).map(([name, made]) => this.#function(name, made, view)),
    }
  }

  #function(name: string, { kind, params, result }: ResolvedFunction, view: View): FunctionItem {
    const word = typeof kind === 'string' ? kind : Object.keys(kind).join('')
    const type = {
      async: word.startsWith('async'),
      params: params.map((param) => ({ name: param.name, type: this.#use(param.type, view) })),
      ...(result === undefined ? {} : { result: this.#use(result, view) }),
    }
    return { kind: 'function', name, type }
  }

  #view(id: number, side: Side): View {
    const key = `${side} ${id}`
    const { name, package: of } = entry(this.#wit.interfaces, id)
    const view = this.#views.get(key) ?? { side, id, name: fullName(this.#wit, of, name ?? ''), made: new Map() }
    this.#views.set(key, view)
    return view
  }

  /** WIT.md#wit-worlds: an exported interface takes types from another exported one where there is one. */
  #home({ owner }: ResolvedType, from: View): View {
    if (owner === null || 'world' in owner || owner.interface === from.id) return from
    return this.#view(
      owner.interface,
      from.side === 'export' && this.#exported.has(owner.interface) ? 'export' : 'import',
    )
  }

  #use(use: TypeUse, view: View): ValueType {
    const type = this.#any(use, view)
    if (type.kind === 'resource') throw new Error(`the resource ${type.name} is used as a type of values`)
    return type
  }

  #any(use: TypeUse, view: View): AnyType {
    if (typeof use === 'number') return this.#type(use, view)
    if (use === 'error-context') return { kind: 'error-context' }
    if (!isPrimitive(use)) throw new Error(`there is no type ${use}`)
    return { kind: use }
  }

  #type(index: number, from: View): AnyType {
    const type = entry(this.#wit.types, index)
    const view = this.#home(type, from)
    const known = view.made.get(index)
    if (known) return known
    const made = this.#make(type, view)
    view.made.set(index, made)
    return made
  }

  #resource(index: number, view: View): ResourceType {
    const type = this.#type(index, view)
    if (type.kind !== 'resource') throw new Error(`a handle to a ${type.kind}`)
    return type
  }

  #make({ kind, name }: ResolvedType, view: View): AnyType {
    const own = name === null ? {} : { name }
    const use = (inner: TypeUse): ValueType => this.#use(inner, view)
    if (kind === 'resource') {
      const owner = view.name === undefined ? {} : { interface: view.name }
      return { kind: 'resource', side: view.side, ...owner, name: name ?? '' }
    }
    if ('type' in kind)
      return kind.type === 'error-context' ? { kind: 'error-context', ...own } : this.#any(kind.type, view)
    if ('handle' in kind)
      return 'own' in kind.handle
        ? { kind: 'own', resource: this.#resource(kind.handle.own, view) }
        : { kind: 'borrow', resource: this.#resource(kind.handle.borrow, view) }
    if ('record' in kind) {
      const fields = kind.record.fields.map((field) => ({ name: field.name, type: use(field.type) }))
      return { kind: 'record', ...own, fields }
    }
    if ('variant' in kind) {
      const cases = kind.variant.cases.map((each) => ({
        name: each.name,
        ...(each.type === null ? {} : { type: use(each.type) }),
      }))
      return { kind: 'variant', ...own, cases }
    }
    if ('enum' in kind) return { kind: 'enum', ...own, cases: kind.enum.cases.map((each) => each.name) }
    if ('flags' in kind) return { kind: 'flags', ...own, labels: kind.flags.flags.map((each) => each.name) }
    if ('tuple' in kind) return { kind: 'tuple', ...own, types: kind.tuple.types.map(use) }
    if ('option' in kind) return { kind: 'option', ...own, some: use(kind.option) }
    if ('result' in kind) {
      const { ok, err } = kind.result
      return {
        kind: 'result',
        ...own,
        ...(ok === null ? {} : { ok: use(ok) }),
        ...(err === null ? {} : { err: use(err) }),
      }
    }
    if ('list' in kind) return { kind: 'list', ...own, element: use(kind.list) }
    if ('map' in kind) return { kind: 'map', ...own, key: use(kind.map[0]), value: use(kind.map[1]) }
    if ('stream' in kind)
      return { kind: 'stream', ...own, ...(kind.stream === null ? {} : { element: use(kind.stream) }) }
    if ('future' in kind)
      return { kind: 'future', ...own, ...(kind.future === null ? {} : { value: use(kind.future) }) }
    const [element, length] = kind['fixed-length-list']
    return { kind: 'fixed-length-list', ...own, element: use(element), length }
  }
}

const entry = <T>(table: readonly T[], index: number): T => {
  const found = table[index]
  if (found === undefined) throw new Error(`there is nothing at ${index}`)
  return found
}

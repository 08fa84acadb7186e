import { type AnyType, isPrimitive } from './type-table.ts'
import type { BorrowType, InterfaceItem, OwnType, TypeItem, World } from './types.ts'
import { type InterfaceName, interfaceName } from './wit-names.ts'

/** The type of a name that `use` takes, and where it takes it from. */
export interface Definer {
  readonly interface: InterfaceName
  /** What the type is called there. */
  readonly name: string
}

/** Types that are told apart by what they are, not by what they are made of. The others mean the same everywhere. */
export const isNamed = (type: AnyType): type is AnyType & { readonly name: string } =>
  'name' in type && type.name !== undefined

/** The name under which WIT declares an interface; undefined for one that is written in its world. */
export const declaredName = (item: InterfaceItem): InterfaceName | undefined =>
  interfaceName(item.implements ?? item.name)

export const isSame = (a: InterfaceName, b: InterfaceName): boolean => a.package === b.package && a.name === b.name

/**
 * Which interface defines a type that several of them have: a world says only that it is the same one. A resource names
 * its interface. Any other type is defined by the first interface that has it under the type's own name, in an order in
 * which what is known to be taken from another interface comes after it, so that no two of them take from each other.
 */
export class Definers {
  readonly #views: readonly InterfaceItem[]
  readonly #found = new Map<AnyType, Definer & { readonly view: InterfaceItem }>()

  constructor(world: World) {
    this.#views = inOrder([...world.imports, ...world.exports].filter(isDeclared))
    for (const view of this.#views) this.#add(view)
  }

  #add(view: InterfaceItem): void {
    const name = declaredName(view)
    if (!name) return
    for (const item of view.types) {
      if (!isNamed(item.type)) continue
      const known = this.#found.get(item.type)
      if (!known || (known.view === view && known.name !== item.type.name && isOwnName(item)))
        this.#found.set(item.type, { interface: name, name: item.name, view })
    }
  }

  of(type: AnyType): Definer | undefined {
    return this.#found.get(type)
  }

  /**
   * A name for a type without identity, such as `u64`, in an interface that comes before `view` (in any, for the world
   * itself): the name that is looked for, where an interface has it.
   */
  synonym({ name, type }: TypeItem, view: InterfaceItem | undefined): Definer | undefined {
    const own = view && declaredName(view)
    let found: Definer | undefined
    for (const other of this.#views) {
      if (other === view) break
      const owner = declaredName(other)
      if (!owner || (own && isSame(owner, own))) continue
      for (const each of other.types) {
        if (!isAlike(each.type, type) || (found && each.name !== name)) continue
        found = { interface: owner, name: each.name }
        if (each.name === name) return found
      }
    }
    return found
  }
}

function isAlike(a: AnyType, b: AnyType): boolean {
  const isHandle = (type: AnyType): type is OwnType | BorrowType => type.kind === 'own' || type.kind === 'borrow'
  if (isHandle(a) && isHandle(b)) return a.kind === b.kind && a.resource === b.resource
  return isPrimitive(a) && a.kind === b.kind
}

function isDeclared(item: World['imports'][number]): item is InterfaceItem {
  return item.kind === 'interface' && declaredName(item) !== undefined
}

const isOwnName = ({ name, type }: TypeItem): boolean => isNamed(type) && type.name === name

function inOrder(views: readonly InterfaceItem[]): InterfaceItem[] {
  const homes = new Map<AnyType, InterfaceItem>()
  for (const view of views)
    for (const item of view.types) {
      const { type } = item
      const isHome = type.kind === 'resource' ? type.interface === view.name : isOwnName(item)
      if (isHome && !homes.has(type)) homes.set(type, view)
    }
  const ordered = new Set<InterfaceItem>()
  const open = new Set<InterfaceItem>()
  const visit = (view: InterfaceItem): void => {
    if (ordered.has(view) || open.has(view)) return
    open.add(view)
    const named = new Set(view.types.filter(isOwnName).map(({ type }) => type))
    for (const { type } of view.types) {
      const home = homes.get(type)
      if (home && (type.kind === 'resource' || !named.has(type))) visit(home)
    }
    ordered.add(view)
  }
  views.forEach(visit)
  return [...ordered]
}

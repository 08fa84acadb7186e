import { type Definer, type Definers, declaredName, isNamed, isSame } from './definers.ts'
import type { AnyType } from './type-table.ts'
import type { NameOf } from './type-text.ts'
import type { FunctionItem, InterfaceItem, TypeItem } from './types.ts'
import type { InterfaceName } from './wit-names.ts'

/** What has a block in WIT: an interface, or the world with what it imports and exports itself. */
export interface Block {
  /** Absent for the world. */
  readonly view?: InterfaceItem
  readonly types: readonly TypeItem[]
  readonly functions: readonly FunctionItem[]
}

/** How a name of a block comes to be. */
export type Declaration =
  | { readonly kind: 'use'; readonly from: InterfaceName; readonly name: string; readonly as: string }
  /** A type with a definition of its own, or a resource. */
  | { readonly kind: 'definition'; readonly item: TypeItem }
  /** A second name: `type goods = item`. */
  | { readonly kind: 'alias'; readonly item: TypeItem }

export interface Scope {
  readonly declarations: readonly Declaration[]
  readonly nameOf: NameOf
}

/**
 * The names of a block. WIT tools list what a block uses before what it defines: whatever stands before a type of another
 * interface is therefore taken from another interface as well, which a type such as `u64` does not say by itself.
 */
export function scopeOf(block: Block, definers: Definers): Scope {
  const foreign = (type: AnyType): Definer | undefined => {
    const definer = definers.of(type)
    const own = block.view && declaredName(block.view)
    return definer && own && isSame(definer.interface, own) ? undefined : definer
  }
  const { types, names } = named(block, foreign)
  const seen = new Set<AnyType>()
  const isFirst = types.map(({ type }) => !seen.has(type) && seen.add(type) !== undefined)
  const lastUse = types.findLastIndex(({ type }, at) => isNamed(type) && isFirst[at] && foreign(type) !== undefined)
  const declarations = types.map((item, at): Declaration => {
    const { type } = item
    if (at <= lastUse) {
      const definer = isNamed(type) ? foreign(type) : definers.synonym(item, block.view)
      if (definer) return { kind: 'use', from: definer.interface, name: definer.name, as: item.name }
    }
    const isDefinition = foreign(type) === undefined && names.get(type) === item.name
    return { kind: isDefinition ? 'definition' : 'alias', item }
  })
  return { declarations, nameOf: (type) => names.get(type) }
}

/** What WIT writes in a block of its own, and so with a name. */
const blocks: ReadonlySet<AnyType['kind']> = new Set(['record', 'variant', 'enum', 'flags'])

/** Parts that a type without a name may have: written out, a type that shares its parts could fill the memory. */
const mostParts = 500

/**
 * The types of a block with what each is called in it. A component may refer to types of its world that have no name
 * there (Explainer.md#import-and-export-definitions); WIT needs one, so those are added, and so are names for what is too
 * large to be written where it is used.
 */
function named(block: Block, foreign: (type: AnyType) => unknown): { types: TypeItem[]; names: Map<AnyType, string> } {
  const names = new Map<AnyType, string>()
  for (const { name, type } of block.types)
    if (isNamed(type) && (!names.has(type) || (name === type.name && !foreign(type)))) names.set(type, name)
  const taken = new Set([...block.types, ...block.functions].map(({ name }) => name))
  const added: TypeItem[] = []
  const add = (type: AnyType, wanted: string): void => {
    let name = wanted
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}-n${count}`
    taken.add(name)
    names.set(type, name)
    added.push({ kind: 'type', name, type })
  }
  const sizes = new Map<AnyType, number>()
  for (const type of partsFirst(rootsOf(block), (each) => isNamed(each) && foreign(each) !== undefined)) {
    const size = names.has(type) ? 1 : partsOf(type).reduce((sum, part) => sum + (sizes.get(part) ?? 1), 1)
    const needsName = isNamed(type) ? !names.has(type) : blocks.has(type.kind) || size > mostParts
    if (needsName) add(type, isNamed(type) ? type.name : type.kind)
    sizes.set(type, isNamed(type) || needsName ? 1 : size)
  }
  const isUse = ({ type }: TypeItem): boolean => foreign(type) !== undefined
  return { types: [...added.filter(isUse), ...block.types, ...added.filter((item) => !isUse(item))], names }
}

function rootsOf({ types, functions }: Block): AnyType[] {
  const used = functions.flatMap(({ type }) => [...type.params.map((param) => param.type), type.result])
  return [...types.map(({ type }) => type), ...used].filter((type) => type !== undefined)
}

/** Types and what they are made of, each once and after its parts. Goes as deep as types do, which is not the stack's. */
function partsFirst(roots: readonly AnyType[], isWhole: (type: AnyType) => boolean): Set<AnyType> {
  const done = new Set<AnyType>()
  const opened = new Set<AnyType>()
  const stack = roots.toReversed()
  for (let type = stack.at(-1); type !== undefined; type = stack.at(-1)) {
    if (opened.has(type) || isWhole(type)) {
      done.add(type)
      stack.pop()
      continue
    }
    opened.add(type)
    for (const part of partsOf(type).toReversed()) if (!opened.has(part)) stack.push(part)
  }
  return done
}

/** The types that a type is made of. */
function partsOf(type: AnyType): readonly AnyType[] {
  const some = (...parts: readonly (AnyType | undefined)[]): AnyType[] => parts.filter((part) => part !== undefined)
  switch (type.kind) {
    case 'record':
      return type.fields.map((field) => field.type)
    case 'tuple':
      return type.types
    case 'variant':
      return some(...type.cases.map((each) => each.type))
    case 'option':
      return [type.some]
    case 'result':
      return some(type.ok, type.err)
    case 'list':
    case 'fixed-length-list':
      return [type.element]
    case 'map':
      return [type.key, type.value]
    case 'own':
    case 'borrow':
      return [type.resource]
    case 'stream':
      return some(type.element)
    case 'future':
      return some(type.value)
    default:
      return []
  }
}

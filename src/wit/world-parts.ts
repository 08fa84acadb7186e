import type { Definition } from './packages.ts'
import type { Scope, Scopes, TypeSymbol } from './scopes.ts'
import type { Described, ResolvedFunction, Stability } from './resolved-model.ts'
import type { Gate } from './tree.ts'
import { described, stabilityOf, type ResolvedTypes, type TypeIndexes } from './resolved-types.ts'
import { isDefinition } from './type-parts.ts'

/** A part of a world, its own or from one that it includes. */
export type Part =
  | {
      readonly kind: 'type'
      readonly label: string
      readonly symbol: TypeSymbol
      /** What the `use` that brings it says of the interface that it is from. */
      readonly stability: Stability | undefined
      readonly included: boolean
    }
  | {
      readonly kind: 'interface'
      readonly direction: 'import' | 'export'
      /** Absent for an interface under its own name. */
      readonly label: string | undefined
      readonly target: Definition | Scope
      readonly more: Described
    }
  | {
      readonly kind: 'function'
      readonly direction: 'import' | 'export'
      readonly label: string
      readonly make: (own: TypeIndexes) => ResolvedFunction
    }

/** Collects what worlds have. */
export class WorldParts {
  private readonly scopes: Scopes
  private readonly types: ResolvedTypes
  private readonly isActive: (gates: readonly Gate[]) => boolean
  private readonly known = new Map<Definition, readonly Part[]>()

  constructor(scopes: Scopes, types: ResolvedTypes, isActive: (gates: readonly Gate[]) => boolean) {
    this.scopes = scopes
    this.types = types
    this.isActive = isActive
  }

  /** What a world has, with what its `include` items bring, each once, under the names that it gives them. */
  of(definition: Definition): readonly Part[] {
    const known = this.known.get(definition)
    if (known !== undefined) return known
    this.known.set(definition, [])
    const scope = this.scopes.of(definition)
    this.scopes.references.prepare(scope.unit.package)
    this.scopes.resolveUses(scope)
    // What comes in by several ways is there once: worlds that include one world twice would double it at every step.
    const parts = new Map<string, Part>()
    const add = (part: Part): void => {
      const key = keyOf(part)
      if (!parts.has(key)) parts.set(key, part)
    }
    for (const symbol of scope.types.values())
      if (this.isActive(gatesOf(symbol)))
        add({
          kind: 'type',
          label: symbol.name.text,
          symbol,
          stability: symbol.use && stabilityOf(symbol.use.item.gates),
          included: false,
        })
    for (const item of definition.node.items) {
      if (!this.isActive(item.gates) || isDefinition(item) || item.kind === 'use' || item.kind === 'function') continue
      if (item.kind === 'include') {
        const target = this.scopes.references.resolve(scope.unit, item.path, 'world')
        if (target?.node.kind !== 'world') continue
        const renames = new Map(item.renames.map(({ name, as }) => [name.text, as.text]))
        for (const part of this.of(target)) add(included(part, renames, target.package !== definition.package))
        continue
      }
      const { kind: direction, name, type, gates } = item
      const { source } = scope.unit
      const label = name?.text
      if (type.kind === 'path') {
        const target = this.scopes.references.resolve(scope.unit, type.path, 'interface')
        if (target !== undefined && this.isActive(target.node.gates))
          add({
            kind: 'interface',
            direction,
            label,
            target,
            more: described(source, { start: -1, docs: undefined }, gates),
          })
      } else if (label === undefined) continue
      else if (type.kind === 'function')
        add({
          kind: 'function',
          direction,
          label,
          make: (own) => this.types.function(scope, label, type.type, described(source, item, gates), own),
        })
      else if (type.kind === 'interface') {
        const target = this.scopes.all.find(({ items }) => items === type.items)
        if (target !== undefined)
          add({ kind: 'interface', direction, label, target, more: described(source, item, gates) })
      }
    }
    const collected = [...parts.values()]
    this.known.set(definition, collected)
    return collected
  }
}

/** Parts of one key are one. An interface under its own name may be annotated in several ways, and all of them count. */
const keyOf = (part: Part): string => {
  if (part.kind === 'type') return `type ${part.label}`
  if (part.kind === 'function' || part.label !== undefined) return `${part.kind} ${part.direction} ${part.label}`
  const { direction, target, more } = part
  return `${direction} ${'id' in target ? target.id : ''} ${JSON.stringify(more.stability) ?? ''}`
}

export const gatesOf = ({ definition, use }: TypeSymbol): readonly Gate[] => definition?.gates ?? use?.item.gates ?? []

/**
 * A part under the name that an `include` gives it. Versions in annotations are those of its package, so that they say
 * nothing in another one.
 */
const included = (part: Part, renames: ReadonlyMap<string, string>, isForeign: boolean): Part => {
  const kept = (stability: Stability | undefined): Stability | undefined =>
    isForeign && stability !== undefined && 'stable' in stability ? undefined : stability
  if (part.kind === 'interface') {
    const { docs, stability: written } = part.more
    const stability = kept(written)
    const more = { ...(docs !== undefined && { docs }), ...(stability !== undefined && { stability }) }
    return { ...part, more, label: part.label && (renames.get(part.label) ?? part.label) }
  }
  const label = renames.get(part.label) ?? part.label
  return part.kind === 'function'
    ? { ...part, label }
    : { ...part, label, stability: kept(part.stability), included: true }
}

import type { WitSymbol } from './symbols.ts'
import type { TypeDefinition } from './tree.ts'

/** A field, a case or a flag, as a decoded world tells it. */
export interface Member {
  /** Full name of the interface that defines the type; undefined for a type of the world itself. */
  readonly interface: string | undefined
  readonly type: string
  readonly name: string
}

/** What a symbol is a part of, if it is one of a type. One of an interface without a name of its own cannot be told. */
export function memberOf({ item, text }: WitSymbol): Member | undefined {
  if (item.kind !== 'member' || item.scope.owner === undefined) return undefined
  const { id, node } = item.scope.owner
  for (const { definition } of item.scope.types.values())
    if (definition && partsOf(definition).some((part) => part === item.node))
      return { interface: node.kind === 'interface' ? id : undefined, type: definition.name.text, name: text }
  return undefined
}

function partsOf(definition: TypeDefinition): readonly object[] {
  switch (definition.kind) {
    case 'record':
      return definition.fields
    case 'variant':
    case 'enum':
    case 'flags':
      return definition.cases
    default:
      return []
  }
}

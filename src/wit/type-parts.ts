import type { InterfaceItem, Name, Type, TypeDefinition, WorldItem } from './tree.ts'

export const isDefinition = (item: InterfaceItem | WorldItem): item is TypeDefinition =>
  item.kind !== 'use' &&
  item.kind !== 'function' &&
  item.kind !== 'import' &&
  item.kind !== 'export' &&
  item.kind !== 'include'

/** All types directly inside a type, itself first. */
export const walkType = (type: Type, visit: (type: Type) => void): void => {
  visit(type)
  switch (type.kind) {
    case 'list':
    case 'option':
      walkType(type.element, visit)
      break
    case 'stream':
    case 'future':
      if (type.element !== undefined) walkType(type.element, visit)
      break
    case 'result':
      if (type.ok !== undefined) walkType(type.ok, visit)
      if (type.error !== undefined) walkType(type.error, visit)
      break
    case 'tuple':
      for (const member of type.members) walkType(member, visit)
      break
    case 'map':
      walkType(type.key, visit)
      walkType(type.value, visit)
      break
    default:
      break
  }
}

/** The types that are written in a definition, with the name that each belongs to; functions of resources left out. */
export const typesIn = (definition: TypeDefinition): { readonly name: Name; readonly type: Type }[] => {
  switch (definition.kind) {
    case 'alias':
      return [{ name: definition.name, type: definition.type }]
    case 'record':
      return definition.fields.map(({ name, type }) => ({ name, type }))
    case 'variant':
      return definition.cases.flatMap(({ name, payload }) => (payload === undefined ? [] : [{ name, type: payload }]))
    default:
      return []
  }
}

import { camelCase, isNumeric, isTaggedOption } from '../../../../component/host-conventions.ts'
import type { ResourceType, ValueType, World, WorldItem } from '../../../../component/types.ts'
import { pascalCase } from './names.ts'
import { typedArrayKind, typedArrays } from './typed-arrays.ts'

/** Types in TypeScript, by name where `nameOf` has one. */
export class TypePrinter {
  readonly #nameOf: (type: ValueType) => string | undefined
  readonly #resourceName: (resource: ResourceType) => string

  constructor(nameOf: (type: ValueType) => string | undefined, resourceName: (resource: ResourceType) => string) {
    this.#nameOf = nameOf
    this.#resourceName = resourceName
  }

  text(type: ValueType): string {
    return this.#nameOf(type) ?? this.#structure(type)
  }

  #structure(type: ValueType): string {
    switch (type.kind) {
      case 'bool':
        return 'boolean'
      case 's64':
      case 'u64':
        return 'bigint'
      case 'char':
      case 'string':
        return 'string'
      case 'list':
        return typedArrays[typedArrayKind(type.element)]?.[1] ?? `Array<${this.text(type.element)}>`
      case 'tuple':
        return `[${type.types.map((member) => this.text(member)).join(', ')}]`
      case 'record':
        return `{ ${type.fields.map(({ name, type: field }) => `'${camelCase(name)}': ${this.text(field)}`).join(', ')} }`
      case 'flags':
        return `{ ${type.labels.map((label) => `'${camelCase(label)}'?: boolean`).join(', ')} }`
      case 'enum':
        return type.cases.map((name) => `'${name}'`).join(' | ')
      case 'variant':
        return type.cases.map((one) => this.#case(one.name, one.type)).join(' | ')
      case 'result':
        return `${this.#case('ok', type.ok, 'void')} | ${this.#case('err', type.err, 'void')}`
      case 'option':
        return isTaggedOption(type)
          ? `${this.#case('none', undefined)} | ${this.#case('some', type.some)}`
          : `${this.text(type.some)} | undefined`
      case 'own':
      case 'borrow':
        return this.#resourceName(type.resource)
      default:
        return isNumeric(type.kind) ? 'number' : 'unknown'
    }
  }

  #case(tag: string, type: ValueType | undefined, empty?: string): string {
    const payload = type ? this.text(type) : empty
    return payload === undefined ? `{ tag: '${tag}' }` : `{ tag: '${tag}', val: ${payload} }`
  }
}

/**
 * Prints a type by name where one of the items names it, with the module that has the name:
 * `import("demo:shop/cart").Item`. Of several names the first holds.
 */
export function modulePrinter(world: World, items: readonly WorldItem[]): TypePrinter {
  const names = new Map<ValueType, string>()
  const named = (module: string, name: string): string => `import(${JSON.stringify(module)}).${pascalCase(name)}`
  for (const item of items) {
    const types = item.kind === 'interface' ? item.types : item.kind === 'type' ? [item] : []
    const module = item.kind === 'interface' ? item.name : world.name
    if (module === undefined) continue
    for (const { name, type } of types) {
      // One object stands for every u32: it has no name of its own.
      if (type.kind !== 'resource' && 'name' in type && !names.has(type)) names.set(type, named(module, name))
    }
  }
  return new TypePrinter(
    (type) => names.get(type),
    ({ interface: owner = world.name, name }) => (owner === undefined ? 'unknown' : named(owner, name)),
  )
}

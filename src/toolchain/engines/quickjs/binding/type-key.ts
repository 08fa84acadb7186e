import type { ValueType } from '../../../../component/types.ts'
import { casesOf } from './layout.ts'
import { resourceKey } from './plan.ts'

/**
 * Gives types that are converted the same way the same key, so that `list<string>` has one conversion though it is
 * written twice. Parts are short numbers in the keys of what they are part of, so that keys stay short.
 */
export class TypeKeys {
  readonly #byIdentity = new WeakMap<ValueType, string>()
  readonly #byShape = new Map<string, string>()

  key(type: ValueType): string {
    const known = this.#byIdentity.get(type)
    if (known !== undefined) return known
    const shape = JSON.stringify([type.kind, 'name' in type ? type.name : null, this.#content(type)])
    const key = this.#byShape.get(shape) ?? `${type.kind} ${this.#byShape.size}`
    this.#byShape.set(shape, key)
    this.#byIdentity.set(type, key)
    return key
  }

  #content(type: ValueType): unknown {
    switch (type.kind) {
      case 'record':
        return type.fields.map((field) => [field.name, this.key(field.type)])
      case 'tuple':
        return type.types.map((member) => this.key(member))
      case 'list':
        return this.key(type.element)
      case 'enum':
        return type.cases
      case 'flags':
        return type.labels
      case 'own':
      case 'borrow':
        return resourceKey(type.resource)
      default:
        return casesOf(type)?.map((one) => [one.name, one.type ? this.key(one.type) : null])
    }
  }
}

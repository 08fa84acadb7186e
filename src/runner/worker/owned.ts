import type { ValueType } from '../../component/types.ts'

/** Whether a value of the type gives a resource away, at any depth: it can be passed once. */
export const holdsOwn = (type: ValueType | undefined): boolean => {
  switch (type?.kind) {
    case 'own':
      return true
    case 'list':
    case 'fixed-length-list':
      return holdsOwn(type.element)
    case 'map':
      return holdsOwn(type.key) || holdsOwn(type.value)
    case 'tuple':
      return type.types.some(holdsOwn)
    case 'record':
      return type.fields.some((field) => holdsOwn(field.type))
    case 'variant':
      return type.cases.some((each) => holdsOwn(each.type))
    case 'option':
      return holdsOwn(type.some)
    case 'result':
      return holdsOwn(type.ok) || holdsOwn(type.err)
    case 'stream':
      return holdsOwn(type.element)
    case 'future':
      return holdsOwn(type.value)
    default:
      return false
  }
}

import { primitiveKinds } from '../../component/types.ts'
import type { FunctionType, ResourceType, ValueType, World, WorldItem } from '../../component/types.ts'

/**
 * Says whether data from outside is a world. Objects are checked where they are and keep their identity, and each is
 * checked once, however often it is used.
 */
export const isWorld = (value: unknown): value is World => {
  const checked = new Set<object>()
  const once = (object: object, check: () => boolean): boolean => {
    if (checked.has(object)) return true
    // Set before the answer: the data has no cycles, and one failure fails the whole.
    checked.add(object)
    return check()
  }
  const isType = (type: unknown): type is ValueType =>
    isObject(type) &&
    once(type, () => {
      if (!isOptional(type['name'], isText)) return false
      switch (type['kind']) {
        case 'record':
          return isListOf(type['fields'], (field) => isObject(field) && isText(field['name']) && isType(field['type']))
        case 'tuple':
          return isListOf(type['types'], isType)
        case 'variant':
          return isListOf(
            type['cases'],
            (one) => isObject(one) && isText(one['name']) && isOptional(one['type'], isType),
          )
        case 'enum':
          return isListOf(type['cases'], isText)
        case 'flags':
          return isListOf(type['labels'], isText)
        case 'option':
          return isType(type['some'])
        case 'result':
          return isOptional(type['ok'], isType) && isOptional(type['err'], isType)
        case 'list':
          return isType(type['element'])
        case 'fixed-length-list':
          return isType(type['element']) && Number.isInteger(type['length'])
        case 'map':
          return isType(type['key']) && isType(type['value'])
        case 'own':
        case 'borrow':
          return isResource(type['resource'])
        case 'stream':
          return isOptional(type['element'], isType)
        case 'future':
          return isOptional(type['value'], isType)
        case 'error-context':
          return true
        default:
          return primitives.has(type['kind'])
      }
    })
  const isFunctionType = (type: unknown): type is FunctionType =>
    isObject(type) &&
    typeof type['async'] === 'boolean' &&
    isListOf(type['params'], (param) => isObject(param) && isText(param['name']) && isType(param['type'])) &&
    isOptional(type['result'], isType)
  const isItem = (item: unknown): item is WorldItem => {
    if (!isObject(item) || !isText(item['name'])) return false
    switch (item['kind']) {
      case 'function':
        return isFunctionType(item['type'])
      case 'interface':
        return isListOf(item['types'], isItem) && isListOf(item['functions'], isItem)
      case 'type':
        return isResource(item['type']) || isType(item['type'])
      default:
        return false
    }
  }
  return (
    isObject(value) &&
    isOptional(value['name'], isText) &&
    isListOf(value['imports'], isItem) &&
    isListOf(value['exports'], isItem)
  )
}

const primitives = new Set<unknown>(primitiveKinds)
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isOptional = (value: unknown, check: (value: unknown) => boolean): boolean => value === undefined || check(value)
const isListOf = (value: unknown, check: (value: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((one) => check(one))

const isResource = (value: unknown): value is ResourceType =>
  isObject(value) &&
  value['kind'] === 'resource' &&
  (value['side'] === 'import' || value['side'] === 'export') &&
  isText(value['name']) &&
  isOptional(value['interface'], isText)

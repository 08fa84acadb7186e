import { camelCase } from '../../component/host-conventions.ts'

export type Callable = (args: readonly unknown[]) => unknown

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

const member = (of: unknown, name: string): unknown => (isObject(of) && name in of ? Reflect.get(of, name) : undefined)

export const pascalCase = (label: string): string => {
  const camel = camelCase(label)
  return camel.slice(0, 1).toUpperCase() + camel.slice(1)
}

/** The parts of a function's name in WIT: `[method]cart.total` is the member `total` of the resource `cart`. */
export const splitName = (
  name: string,
): { kind: 'function' | 'constructor' | 'method' | 'static'; resource?: string; member: string } => {
  const [, kind, rest] = /^\[(constructor|method|static)\](.*)$/.exec(name) ?? []
  if (rest === undefined) return { kind: 'function', member: name }
  if (kind === 'constructor') return { kind, resource: rest, member: rest }
  const [resource = '', inner = ''] = rest.split('.')
  return { kind: kind === 'method' ? 'method' : 'static', resource, member: inner }
}

/**
 * Finds an export in what jco's glue returns: interfaces under their full names, functions in camelCase, resources as
 * classes. The first argument of a method is the object. Undefined where the glue has none.
 */
export const findExport = (root: unknown, owner: string | undefined, name: string): Callable | undefined => {
  const container = owner === undefined ? root : (member(root, owner) ?? member(root, camelCase(owner)))
  const { kind, resource, member: label } = splitName(name)
  const inner = camelCase(label)
  if (kind === 'method') {
    return ([self, ...rest]) => {
      const method = member(self, inner)
      if (typeof method !== 'function') throw new TypeError(`the object has no method ${inner}`)
      return Reflect.apply(method, self, rest)
    }
  }
  const holder = resource === undefined ? container : member(container, pascalCase(resource))
  if (kind === 'constructor') {
    return typeof holder === 'function' ? (args) => Reflect.construct(holder, [...args]) as unknown : undefined
  }
  const found = member(holder, inner)
  return typeof found === 'function' ? (args) => Reflect.apply(found, holder, [...args]) as unknown : undefined
}

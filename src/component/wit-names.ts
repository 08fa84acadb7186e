import { witName } from './type-text.ts'

/** Names of imports and exports as WIT has them. Specification: Explainer.md#import-and-export-names. */

const label = /^(?:[a-z][0-9a-z]*|[A-Z][0-9A-Z]*)(?:-(?:[0-9a-z]+|[0-9A-Z]+))*$/
const full = /^([^\s:/@]+):([^\s:/@]+)\/([^\s:/@]+)(?:@(\S+))?$/

/** Whether a name can stand in WIT for a function, a type or an interface of a world. */
export const isLabel = (name: string): boolean => label.test(name)

/** `wasi:cli/stdout@0.2.12` in parts: the interface, and its package as WIT declares it. */
export interface InterfaceName {
  readonly package: string
  readonly name: string
}

/** The parts of a full name; undefined for the plain name of an inline interface, and for what WIT cannot say. */
export function interfaceName(text: string): InterfaceName | undefined {
  const [, namespace = '', owner = '', name = '', version] = full.exec(text) ?? []
  if (![namespace, owner, name].every(isLabel)) return undefined
  const path = `${witName(namespace)}:${witName(owner)}`
  return { package: version === undefined ? path : `${path}@${wholeVersion(version)}`, name }
}

/** A canonical version (`0.2`) as the first one that it stands for: WIT has no shorter ones. */
function wholeVersion(version: string): string {
  if (/^\d+$/.test(version)) return `${version}.0.0`
  return /^\d+\.\d+$/.test(version) ? `${version}.0` : version
}

/** How an interface is named from within a package: by its plain name in its own, by the full one elsewhere. */
export function pathText({ package: owner, name }: InterfaceName, within: string): string {
  if (owner === within) return witName(name)
  const [path = '', version] = owner.split('@')
  return `${path}/${witName(name)}${version === undefined ? '' : `@${version}`}`
}

/** The member of a resource that a function is: `[method]cart.total`. Specification: Explainer.md#import-and-export-names. */
export interface MemberName {
  readonly kind: 'constructor' | 'method' | 'static'
  readonly resource: string
  /** Absent for a constructor. */
  readonly name?: string
}

export function memberName(name: string): MemberName | undefined {
  const constructed = /^\[constructor\]([^.]+)$/.exec(name)?.[1]
  if (constructed !== undefined) return { kind: 'constructor', resource: constructed }
  const [, kind, resource = '', member = ''] = /^\[(method|static)\]([^.]+)\.([^.]+)$/.exec(name) ?? []
  return kind === 'method' || kind === 'static' ? { kind, resource, name: member } : undefined
}

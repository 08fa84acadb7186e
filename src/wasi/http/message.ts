import { isAuthority, isFieldName, isFieldValue, isForbidden, isMethod, isPathWithQuery, isScheme } from './syntax.ts'

export interface Method {
  readonly tag: 'get' | 'head' | 'post' | 'put' | 'delete' | 'connect' | 'options' | 'trace' | 'patch' | 'other'
  readonly val?: string
}

export interface Scheme {
  readonly tag: 'HTTP' | 'HTTPS' | 'other'
  readonly val?: string
}

/** A field with its name as it was written. */
export type Field = readonly [name: string, value: Uint8Array]

/** A request or a response on its way, without its body. */
export interface RequestHead {
  readonly method: string
  readonly scheme: string
  readonly authority: string | undefined
  readonly path: string
  readonly fields: readonly Field[]
}

export interface ResponseHead {
  readonly status: number
  readonly fields: readonly Field[]
}

const methods = ['get', 'head', 'post', 'put', 'delete', 'connect', 'options', 'trace', 'patch'] as const

export const methodText = ({ tag, val }: Method): string => (tag === 'other' ? (val ?? '') : tag.toUpperCase())
/** Methods are case-sensitive (RFC 9110, section 9.1). */
export const methodOf = (text: string): Method => {
  const tag = methods.find((name) => name.toUpperCase() === text)
  return tag === undefined ? { tag: 'other', val: text } : { tag }
}

export const schemeText = ({ tag, val }: Scheme): string => (tag === 'other' ? (val ?? '') : tag).toLowerCase()
export const schemeOf = (text: string): Scheme => {
  const lower = text.toLowerCase()
  return lower === 'http' ? { tag: 'HTTP' } : lower === 'https' ? { tag: 'HTTPS' } : { tag: 'other', val: text }
}

export const urlOf = ({ scheme, authority, path }: RequestHead): string =>
  `${scheme}://${authority?.toLowerCase() ?? ''}${path.startsWith('/') ? path : `/${path}`}`

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** What a field takes in a section, after RFC 9113, section 10.5.1. */
export const fieldSize = ([name, value]: Field): number => name.length + value.length + 32
export const sectionSize = (fields: readonly Field[]): number =>
  fields.reduce((sum, field) => sum + fieldSize(field), 0)
/** The largest section that the simulated network carries, in bytes. */
export const mostSection = 65_536

/** Without the fields that no component gets to see. */
export const visibleFields = (fields: readonly Field[]): Field[] => fields.filter(([name]) => !isForbidden(name))

/** The value of Content-Length; `invalid` where it is none, or where two of them differ. RFC 9110, section 8.6. */
export const contentLength = (fields: readonly Field[]): bigint | undefined | 'invalid' => {
  const values = fields
    .filter(([name]) => sameName(name, 'content-length'))
    .map(([, value]) => new TextDecoder().decode(value.subarray(0, 32)).trim())
  const [first] = values
  if (first === undefined) return undefined
  return /^[0-9]{1,19}$/.test(first) && values.every((value) => value === first) ? BigInt(first) : 'invalid'
}

/** What is wrong with a request from outside, as a sentence. */
export const requestMistake = ({ method, scheme, authority, path, fields }: RequestHead): string | undefined => {
  if (!isMethod(method)) return `${JSON.stringify(method)} is no method of HTTP.`
  if (!isScheme(scheme)) return `${JSON.stringify(scheme)} is no scheme.`
  if (authority !== undefined && !isAuthority(authority))
    return `${JSON.stringify(authority)} is no host with or without a port.`
  if (!isPathWithQuery(path)) {
    return `${JSON.stringify(path)} is no path: it begins with / and has no spaces and no letters beyond ASCII; write those as %20 and the like.`
  }
  const wrong = fields.find(([name, value]) => !isFieldName(name) || !isFieldValue(value))
  if (wrong) return `The header ${JSON.stringify(wrong[0])} has a name or a value that HTTP does not allow.`
  return undefined
}

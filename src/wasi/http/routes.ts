import { bytesOfBase64 } from './base64.ts'
import type { Field } from './message.ts'
import { isFieldName, isFieldValue, isMethod, isStatus } from './syntax.ts'

export const routeFaults = ['refused', 'timeout', 'reset', 'malformed'] as const
export type RouteFault = (typeof routeFaults)[number]

/** A canned answer for outgoing requests. Public: part of a project. */
export interface HttpRoute {
  /** Default: every method. */
  readonly method?: string
  /** The whole address, in which `*` stands for any run of characters: `https://api.example/users/*`. */
  readonly url: string
  /** Default 200. */
  readonly status?: number
  /** Names to values; several values of one name as a list. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | { readonly base64: string }
  /** Milliseconds of the run's clock from the request to the first byte of the answer, or to the fault. */
  readonly delay?: number
  /** Milliseconds from the head of the answer to each part of its body; the body comes in four parts then. */
  readonly pace?: number
  /**
   * `refused`: no connection. `timeout`: nothing ever comes; the request fails after its connect timeout, else after its
   * first-byte timeout, else after `delay` or 30 seconds. `reset`: the connection ends in the middle of the body, or
   * before the answer where there is no body. `malformed`: what comes is not HTTP.
   */
  readonly fault?: RouteFault
  /** The component's own `incoming-handler` answers, in an instance of its own. */
  readonly handler?: boolean
}

export interface HttpSettings {
  readonly routes: readonly HttpRoute[]
}

export const routeLimits = { routes: 200, url: 4096, headers: 200, body: 8 << 20, delay: 86_400_000 } as const

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isMilliseconds = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= routeLimits.delay

/** What is wrong, as the end of a sentence that begins with the field: `http.routes[0].url is …`. */
class Unfit extends Error {}

const encoder = new TextEncoder()

const headersOf = (value: unknown): Record<string, string | string[]> => {
  if (!isRecord(value)) throw new Unfit('headers is not an object of texts')
  const entries = Object.entries(value)
  if (entries.length > routeLimits.headers) throw new Unfit(`headers has more than ${routeLimits.headers} entries`)
  const out: Record<string, string | string[]> = Object.create(null)
  for (const [name, given] of entries) {
    const values: unknown[] = Array.isArray(given) ? given : [given]
    const texts = values.filter((item) => typeof item === 'string')
    if (!isFieldName(name)) throw new Unfit(`headers has the name ${JSON.stringify(name.slice(0, 80))}, which is none`)
    if (texts.length !== values.length || values.length > routeLimits.headers) {
      throw new Unfit(`headers.${name} is not a text or a list of texts`)
    }
    if (!texts.every((text) => isFieldValue(encoder.encode(text)))) {
      throw new Unfit(`headers.${name} has a control character`)
    }
    out[name] = typeof given === 'string' ? given : texts
  }
  return out
}

const bodyOf = (value: unknown): NonNullable<HttpRoute['body']> => {
  const body: unknown = isRecord(value) ? value.base64 : value
  if (typeof body !== 'string') throw new Unfit('body is neither a text nor an object with a text as "base64"')
  if (body.length > routeLimits.body) throw new Unfit('body is larger than 8 MiB')
  if (!isRecord(value)) return body
  if (bytesOfBase64(body) === undefined) throw new Unfit('body.base64 is not Base64')
  return { base64: body }
}

const routeOf = (value: unknown): HttpRoute => {
  if (!isRecord(value)) throw new Unfit(' is not an object')
  const { method, url, status, headers, body, delay, pace, handler } = value
  if (typeof url !== 'string' || url === '') {
    throw new Unfit('url is not an address such as "https://api.example/*"')
  }
  if (url.length > routeLimits.url) throw new Unfit(`url is longer than ${routeLimits.url} characters`)
  if (method !== undefined && (typeof method !== 'string' || !isMethod(method))) {
    throw new Unfit('method is not a method such as "GET"')
  }
  if (
    status !== undefined &&
    !(typeof status === 'number' && Number.isInteger(status) && isStatus(status) && status >= 200)
  ) {
    throw new Unfit('status is not a whole number from 200 to 599')
  }
  if (delay !== undefined && !isMilliseconds(delay)) throw new Unfit('delay is not a number of milliseconds')
  if (pace !== undefined && !isMilliseconds(pace)) throw new Unfit('pace is not a number of milliseconds')
  if (handler !== undefined && typeof handler !== 'boolean') throw new Unfit('handler is neither true nor false')
  const fault = routeFaults.find((name) => name === value.fault)
  if (value.fault !== undefined && fault === undefined) {
    throw new Unfit(`fault is none of ${routeFaults.join(', ')}`)
  }
  return {
    ...(method === undefined ? {} : { method }),
    url,
    ...(status === undefined ? {} : { status }),
    ...(headers === undefined ? {} : { headers: headersOf(headers) }),
    ...(body === undefined ? {} : { body: bodyOf(body) }),
    ...(delay === undefined ? {} : { delay }),
    ...(pace === undefined ? {} : { pace }),
    ...(fault === undefined ? {} : { fault }),
    ...(handler === undefined ? {} : { handler }),
  }
}

/** Reads the setting `http`; a text says what is wrong with it. Fields that are not known are left out. */
export const parseHttpSettings = (value: unknown): HttpSettings | string => {
  if (!isRecord(value)) return 'http is not an object'
  const routes = value.routes ?? []
  if (!Array.isArray(routes)) return 'http.routes is not a list'
  if (routes.length > routeLimits.routes) return `http.routes has more than ${routeLimits.routes} routes`
  const read: HttpRoute[] = []
  for (const [index, route] of routes.entries()) {
    try {
      read.push(routeOf(route))
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
      return `http.routes[${index}]${error.message.startsWith(' ') ? '' : '.'}${error.message}`
    }
  }
  return { routes: read }
}

/** Whether the address fits the pattern; linear in both for each `*`. Scheme and host match in any case. */
export const matchesUrl = (pattern: string, url: string): boolean => {
  const [first = '', ...rest] = lowerOrigin(pattern).split('*')
  if (rest.length === 0) return first === url
  const last = rest.pop() ?? ''
  if (!url.startsWith(first) || url.length < first.length + last.length || !url.endsWith(last)) return false
  let at = first.length
  const end = url.length - last.length
  for (const part of rest) {
    const found = url.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return at <= end
}

const lowerOrigin = (pattern: string): string =>
  pattern.replace(/^[A-Za-z0-9+.\-*]*:\/\/[^/?]*/, (origin) => origin.toLowerCase())

/** The first route that answers, by its place in the list; -1 for none. */
export const routeFor = (routes: readonly HttpRoute[], method: string, url: string): number =>
  routes.findIndex((route) => (route.method === undefined || route.method === method) && matchesUrl(route.url, url))

const routeBody = ({ body }: HttpRoute): Uint8Array =>
  body === undefined
    ? new Uint8Array()
    : typeof body === 'string'
      ? encoder.encode(body)
      : (bytesOfBase64(body.base64) ?? new Uint8Array())

const routeFields = ({ headers }: HttpRoute): Field[] =>
  Object.entries(headers ?? {}).flatMap(([name, values]) =>
    (typeof values === 'string' ? [values] : values).map((value): Field => [name, encoder.encode(value)]),
  )

/** A route with what it answers, made once for all requests. */
export interface ReadyRoute extends Omit<HttpRoute, 'body'> {
  readonly fields: readonly Field[]
  readonly body: Uint8Array
}

export const readyRoute = (route: HttpRoute): ReadyRoute => ({
  ...route,
  fields: routeFields(route),
  body: routeBody(route),
})

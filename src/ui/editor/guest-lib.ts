/**
 * Ambient declarations for what the engine offers to a guest beside the language itself. No DOM, no Node: a guest has
 * what its world imports and what is listed here.
 */
export const guestLibPath = 'file:///witcraft/engine.d.ts'

export const guestLib = `/** Written to standard output (log, info, debug, table…) or standard error (warn, error, trace, assert) of the world. */
interface Console {
  log(...values: unknown[]): void
  info(...values: unknown[]): void
  debug(...values: unknown[]): void
  warn(...values: unknown[]): void
  error(...values: unknown[]): void
  trace(...values: unknown[]): void
  assert(condition?: boolean, ...values: unknown[]): void
  dir(value?: unknown, options?: unknown): void
  table(data?: unknown): void
  group(...values: unknown[]): void
  groupCollapsed(...values: unknown[]): void
  groupEnd(): void
  count(label?: string): void
  countReset(label?: string): void
  time(label?: string): void
  timeLog(label?: string, ...values: unknown[]): void
  timeEnd(label?: string): void
}
declare var console: Console

interface Performance {
  /** Milliseconds, from wasi:clocks/monotonic-clock. */
  now(): number
  readonly timeOrigin: number
}
declare var performance: Performance

interface Crypto {
  /** Random bytes from wasi:random/random. At most 65,536 bytes in one call. */
  getRandomValues<T extends ArrayBufferView>(array: T): T
  randomUUID(): string
}
declare var crypto: Crypto

declare function setTimeout<A extends unknown[]>(callback: (...values: A) => void, milliseconds?: number, ...values: A): number
declare function clearTimeout(id: number | undefined): void
declare function setInterval<A extends unknown[]>(callback: (...values: A) => void, milliseconds?: number, ...values: A): number
declare function clearInterval(id: number | undefined): void
declare function queueMicrotask(callback: () => void): void
declare function structuredClone<T>(value: T, options?: { transfer?: unknown[] }): T
declare function atob(text: string): string
declare function btoa(binary: string): string

declare class TextEncoder {
  readonly encoding: string
  encode(text?: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, target: Uint8Array): { read: number; written: number }
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  readonly encoding: string
  readonly fatal: boolean
  readonly ignoreBOM: boolean
  decode(bytes?: ArrayBufferView | ArrayBufferLike, options?: { stream?: boolean }): string
}

/**
 * What an imported function throws where its result is an err: \`catch (error) { const { payload } = error as
 * ComponentError<Problem> }\`. An export throws its err as it is.
 */
interface ComponentError<E = unknown> extends Error {
  readonly name: 'ComponentError'
  readonly payload: E
}

/** Linked in only where it is used: it makes the component 347 KB larger. */
declare class URL {
  constructor(url: string | URL, base?: string | URL)
  static canParse(url: string | URL, base?: string | URL): boolean
  static parse(url: string | URL, base?: string | URL): URL | null
  href: string
  readonly origin: string
  protocol: string
  username: string
  password: string
  host: string
  hostname: string
  port: string
  pathname: string
  search: string
  readonly searchParams: URLSearchParams
  hash: string
  toString(): string
  toJSON(): string
}
declare class URLSearchParams {
  constructor(init?: string | string[][] | Record<string, string> | URLSearchParams)
  readonly size: number
  append(name: string, value: string): void
  delete(name: string, value?: string): void
  get(name: string): string | null
  getAll(name: string): string[]
  has(name: string, value?: string): boolean
  set(name: string, value: string): void
  sort(): void
  toString(): string
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void): void
  entries(): IterableIterator<[string, string]>
  keys(): IterableIterator<string>
  values(): IterableIterator<string>
  [Symbol.iterator](): IterableIterator<[string, string]>
}

interface DOMException extends Error {
  readonly code: number
}
declare var DOMException: { new (message?: string, name?: string): DOMException }
`

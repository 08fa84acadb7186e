/** What the TypeScript programs of the conformance suite are written with. It runs in the guest. */

export interface Options {
  /** The settings of the simulated world. */
  readonly settings?: object
  readonly traps?: string
  readonly exits?: number
  readonly stdout?: string
  readonly stderr?: string
  /** Why the world is not as the sentence says. */
  readonly differs?: string
  /** What the handler of the program is asked, and what has to come of it. */
  readonly request?: object
  readonly response?: object
}

interface Rule extends Options {
  readonly of: readonly string[]
  readonly says: string
  readonly body: () => void
}

const rules: Rule[] = []

type Writer = (functions: string | readonly string[], says: string, body: () => void, options?: Options) => void

/** Writes checks of an interface: `pollable.ready` is a method, `poll` a function; of other kinds with its mark. */
export const rulesOf =
  (name: string): Writer =>
  (functions, says, body, options = {}) => {
    const of = [functions].flat().map((each) => {
      if (each.startsWith('wasi:')) return each
      return `${name}#${each.includes('.') && !each.startsWith('[') ? `[method]${each}` : each}`
    })
    rules.push({ ...options, of, says, body })
  }

/** The entry of each guest hands these two out as its exports. */
export const checks = (): string => JSON.stringify(rules)
export const run = (index: number): void => {
  try {
    rules[index]?.body()
  } catch (error) {
    if (error instanceof Failure) throw error.message
    throw error
  }
}

class Failure extends Error {}

const show = (value: unknown): string =>
  value instanceof Uint8Array
    ? `bytes [${value.slice(0, 40).join(' ')}]`
    : (JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part)) ?? String(value))

const plain = (value: unknown): unknown => {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, plain(part)]),
  )
}

export const equal = (actual: unknown, expected: unknown, what = 'it'): void => {
  if (show(plain(actual)) !== show(plain(expected))) {
    throw new Failure(`${what} gave ${show(actual)} where ${show(expected)} was due`)
  }
}

export const holds = (value: boolean, what: string): void => {
  if (!value) throw new Failure(what)
}

/** The `err` of a call that has to fail. */
export const errOf = (call: () => unknown): unknown => {
  let value: unknown
  try {
    value = call()
  } catch (error) {
    if (error instanceof Error && 'payload' in error) return error.payload
    throw error
  }
  throw new Failure(`it gave ${show(value)} where an error was due`)
}

/** That the call fails with this `err`. */
export const fails = (call: () => unknown, code: unknown, what?: string): void => equal(errOf(call), code, what)

/** The case of a `stream-error`. */
export const failsWith = (call: () => unknown, tag: string): void =>
  equal((errOf(call) as { readonly tag: string }).tag, tag)

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (data: Uint8Array): string => new TextDecoder().decode(data)

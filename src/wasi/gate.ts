import { Denied } from './signals.ts'

// As it was before any guest ran: what a guest may do must not hang on what can be replaced.
const { hasOwn } = Object

export type HostFunction = (...args: never[]) => unknown
export interface ResourceClass {
  readonly prototype: object
}

/** One interface as its package serves it, with the names of WIT: `get-stdout`, `output-stream`. */
export interface ServedInterface {
  readonly functions?: Readonly<Record<string, HostFunction>>
  readonly resources?: Readonly<Record<string, ResourceClass>>
  /** The `err` payload that stands for a refused call, where the interface has an error type. */
  readonly refusal?: (call: string) => unknown
  /** Of an interface with an error type: functions without it (`subscribe`, `[method]descriptor.is-same-object`). */
  readonly infallible?: readonly string[]
}

export interface Gate {
  /** Calls that went through, and calls that were refused. */
  readonly calls: number
  readonly denied: number
  /** `wasi:cli/environment#get-environment`; undefined before the first call. */
  readonly lastCall: string | undefined
  /** Counts the call and throws where the policy denies it. */
  enter(call: string, refusal?: (call: string) => unknown): void
  /** The interface as jco's glue takes it: functions and classes with JavaScript names, each behind the gate. */
  guard(name: string, served: ServedInterface): Record<string, unknown>
}

export type Policy = Readonly<Record<string, 'allow' | 'deny'>>

/** The most specific entry decides: function, then interface, then package. Without one the call is allowed. */
export const allowed = (policy: Policy, call: string): boolean => {
  const [name = '', ...rest] = call.split('#')
  const packageName = name.split('/')[0] ?? ''
  for (const key of [rest.length > 0 ? call : name, name, packageName]) {
    if (hasOwn(policy, key)) return policy[key] === 'allow'
  }
  return true
}

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (name: string): string => camel(`-${name}`)
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

export const createGate = (policy: Policy, onCall?: (call: string) => void): Gate => {
  const decisions = new Map<string, boolean>()
  const guarded = new Set<object>()
  let calls = 0
  let denied = 0
  let lastCall: string | undefined

  const enter = (call: string, refusal?: (call: string) => unknown): void => {
    calls++
    lastCall = call
    onCall?.(call)
    let decision = decisions.get(call)
    if (decision === undefined) decisions.set(call, (decision = allowed(policy, call)))
    if (decision) return
    denied++
    // A payload, not an Error: the glue makes it the `err` case of the result.
    throw refusal ? refusal(call) : new Denied(call)
  }

  const behind = (call: string, inner: unknown, refusal: ServedInterface['refusal']): unknown =>
    typeof inner === 'function'
      ? function (this: unknown, ...args: unknown[]): unknown {
          enter(call, refusal)
          return Reflect.apply(inner, this, args)
        }
      : inner

  const guardMembers = (
    of: object,
    skip: readonly string[],
    label: (name: string) => string,
    served: ServedInterface,
  ) => {
    for (const name of Object.getOwnPropertyNames(of)) {
      if (skip.includes(name)) continue
      const property = Object.getOwnPropertyDescriptor(of, name)
      if (typeof property?.value !== 'function') continue
      const member = label(name)
      const refusal = served.infallible?.includes(member.slice(member.indexOf('#') + 1)) ? undefined : served.refusal
      Object.defineProperty(of, name, { ...property, value: behind(member, property.value, refusal) })
    }
  }

  return {
    get calls() {
      return calls
    },
    get denied() {
      return denied
    },
    get lastCall() {
      return lastCall
    },
    enter,
    guard: (name, served) => {
      const out: Record<string, unknown> = {}
      for (const [key, inner] of Object.entries(served.functions ?? {})) {
        const refusal = served.infallible?.includes(key) ? undefined : served.refusal
        out[camel(key)] = behind(`${name}#${key}`, inner, refusal)
      }
      for (const [key, resource] of Object.entries(served.resources ?? {})) {
        out[pascal(key)] = resource
        // The classes belong to this run alone, so that they can be changed in place; once is enough.
        if (guarded.has(resource)) continue
        guarded.add(resource)
        guardMembers(resource.prototype, ['constructor'], (m) => `${name}#[method]${key}.${kebab(m)}`, served)
        guardMembers(resource, ['prototype', 'name', 'length'], (m) => `${name}#[static]${key}.${kebab(m)}`, served)
      }
      return out
    },
  }
}

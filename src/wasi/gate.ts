import { createBelongings } from './belongings.ts'
import { allowed, type Policy } from './policy.ts'
import { Denied } from './signals.ts'
import type { Trace, TracedFunction, TraceRecord } from './trace.ts'

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
  /** Calls that the policy was asked about. */
  readonly calls: number
  /**
   * Makes a call of the guest: refuses it where the policy says so, and has it in the trace. `args` are those that the
   * trace shows; a method's object is the first.
   */
  pass(call: string, args: readonly unknown[], work: () => unknown): unknown
  /** While the host answers a call it may have the guest do something: what that calls are calls of the guest again. */
  outside<T>(work: () => T): T
  /**
   * An instance begins that ends before the run does: it has these resources, and all that calls give from now on. What
   * this gives ends it, and drops what it still has.
   */
  instance(given: readonly object[]): () => void
  /**
   * Has the resources of a class in the trace, under that name: a handle that is given up is part of it, and no call that
   * could be refused. `owner`: the interface, where it is not the world.
   */
  guardClass(prototype: object, owner: string | undefined, resource: string): void
  /** The interface as jco's glue takes it: functions and classes with JavaScript names, each behind the gate. */
  guard(name: string, served: ServedInterface): Record<string, unknown>
}

/** The `err` payload that stands for a refused call. */
type Refusal = NonNullable<ServedInterface['refusal']>

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
const pascal = (name: string): string => camel(`-${name}`)
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** One function behind the gate. */
interface Guarded {
  readonly of: TracedFunction
  readonly isAllowed: boolean
  readonly refusal: Refusal | undefined
}

/** The symbol by which the glue drops a resource; it registers the name where the engine has none. */
const symbolDispose: symbol = Reflect.get(Symbol, 'dispose') ?? Symbol.for('dispose')

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise
const isFunction = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function'

/** `onCall` is told of every call before it is decided on. */
export const createGate = (policy: Policy, trace: Trace, onCall?: (call: string) => void): Gate => {
  const known = new Map<string, Guarded>()
  const guarded = new Map<object, unknown>()
  let calls = 0
  /** While the host answers a call it may call functions of its own classes: those are no calls of the guest. */
  let inside = false
  const within = <T>(is: boolean, work: () => T): T => {
    const was = inside
    inside = is
    try {
      return work()
    } finally {
      inside = was
    }
  }

  const prototypes = new WeakSet<object>()
  const belongings = createBelongings({
    has: (value) => prototypes.has(Object(Object.getPrototypeOf(value))),
    drop: (resource) => {
      const dispose: unknown = Reflect.get(resource, symbolDispose)
      if (isFunction(dispose)) within(true, () => Reflect.apply(dispose, resource, []))
    },
  })

  const guardedCall = (call: string, refusal: Refusal | undefined): Guarded => {
    let found = known.get(call)
    if (found === undefined) {
      found = { of: trace.functionOf(call, 'import'), isAllowed: allowed(policy, call), refusal }
      known.set(call, found)
    }
    return found
  }

  const refuse = (record: TraceRecord | undefined, { of, refusal }: Guarded): never => {
    // A payload, not an Error: the glue makes it the `err` case of the result.
    const thrown = refusal ? refusal(of.name) : new Denied(of.name)
    trace.end(record, of, 'denied', thrown instanceof Error ? thrown.message : thrown)
    throw thrown
  }

  const later = async (record: TraceRecord | undefined, of: TracedFunction, value: Promise<unknown>) => {
    try {
      const settled = await value
      belongings.gave(settled)
      trace.end(record, of, 'ok', settled)
      return settled
    } catch (thrown) {
      trace.fail(record, of, thrown)
      throw thrown
    } finally {
      inside = false
    }
  }

  const make = (entry: Guarded, kind: 'import' | 'drop', args: readonly unknown[], work: () => unknown): unknown => {
    const { of } = entry
    if (kind === 'import') {
      calls++
      onCall?.(of.name)
    }
    const record = trace.begin(kind, of, args)
    if (!entry.isAllowed) refuse(record, entry)
    inside = true
    let value: unknown
    try {
      value = work()
    } catch (thrown) {
      inside = false
      trace.fail(record, of, thrown)
      throw thrown
    }
    if (isPromise(value)) return later(record, of, value)
    inside = false
    belongings.gave(value)
    trace.end(record, of, 'ok', value)
    return value
  }

  const behind = (
    call: string,
    inner: (...args: unknown[]) => unknown,
    isMethod: boolean,
    refusal: Refusal | undefined,
  ) => {
    const entry = guardedCall(call, refusal)
    return function (this: unknown, ...args: unknown[]): unknown {
      if (inside) return Reflect.apply(inner, this, args)
      return make(entry, 'import', isMethod ? [this, ...args] : args, () => Reflect.apply(inner, this, args))
    }
  }

  const guardMembers = (
    of: object,
    skip: readonly string[],
    isMethod: boolean,
    label: (name: string) => string,
    served: ServedInterface,
  ): void => {
    for (const name of Object.getOwnPropertyNames(of)) {
      if (skip.includes(name)) continue
      const property = Object.getOwnPropertyDescriptor(of, name)
      const inner: unknown = property?.value
      if (!isFunction(inner)) continue
      const member = label(name)
      const refusal = served.infallible?.includes(member.slice(member.indexOf('#') + 1)) ? undefined : served.refusal
      Object.defineProperty(of, name, { ...property, value: behind(member, inner, isMethod, refusal) })
    }
  }

  const guardClass = (prototype: object, owner: string | undefined, resource: string): void => {
    trace.nameClass(prototype, resource)
    prototypes.add(prototype)
    const inner: unknown = Reflect.get(prototype, symbolDispose)
    const drop = `[resource-drop]${resource}`
    const of = trace.functionOf(owner === undefined ? drop : `${owner}#${drop}`, 'import')
    const entry = { of, isAllowed: true, refusal: undefined }
    Object.defineProperty(prototype, symbolDispose, {
      configurable: true,
      value: function (this: unknown): void {
        const dispose = (): unknown => (isFunction(inner) ? Reflect.apply(inner, this, []) : undefined)
        if (inside) return void dispose()
        belongings.dropped(Object(this))
        make(entry, 'drop', [this], dispose)
      },
    })
  }

  /**
   * The class as the glue has it, which makes values of it where WIT has a constructor. None in WASI has a `result` that
   * could say that it was refused.
   */
  const constructed = (call: string, resource: ResourceClass): unknown => {
    if (!isFunction(resource)) return resource
    return new Proxy(resource, {
      construct: (target, args: unknown[], made) => {
        const construct = (): object => Reflect.construct(target, args, made) as object
        return inside ? construct() : Object(make(guardedCall(call, undefined), 'import', args, construct))
      },
    })
  }

  return {
    get calls() {
      return calls
    },
    pass: (call, args, work) => make(guardedCall(call, undefined), 'import', args, work),
    outside: (work) => within(false, work),
    instance: (given) => belongings.begin(given),
    guardClass,
    guard: (name, served) => {
      const out: Record<string, unknown> = {}
      for (const [key, inner] of Object.entries(served.functions ?? {})) {
        const refusal = served.infallible?.includes(key) ? undefined : served.refusal
        if (isFunction(inner)) out[camel(key)] = behind(`${name}#${key}`, inner, false, refusal)
      }
      for (const [key, resource] of Object.entries(served.resources ?? {})) {
        const known = guarded.get(resource)
        out[pascal(key)] = known ?? constructed(`${name}#[constructor]${key}`, resource)
        // The classes belong to this run alone, so that they can be changed in place; once is enough.
        if (known) continue
        guarded.set(resource, out[pascal(key)])
        const { prototype } = resource
        guardMembers(prototype, ['constructor'], true, (m) => `${name}#[method]${key}.${kebab(m)}`, served)
        guardMembers(
          resource,
          ['prototype', 'name', 'length'],
          false,
          (m) => `${name}#[static]${key}.${kebab(m)}`,
          served,
        )
        guardClass(prototype, name, key)
      }
      return out
    },
  }
}

import { parseCoreModule, type Signature } from '../../wasm/core-module.ts'
import { secondCalls, waitImport, waitingImport } from '../../wasm/second-calls.ts'
import { blockingCalls } from '../../wasi/io/blocking-calls.ts'

/**
 * How a guest waits for the outside with glue whose imports know no promises. A function of the host that gives a promise
 * is called by the glue as always, and answers with a sample of its result. The WebAssembly around the glue's function
 * then suspends the guest until the promise settles and calls the function again with the same arguments: the glue asks
 * once more, and gets what the promise came to. The host itself is called once.
 *
 * So nothing is suspended that need not be, and what cannot be suspended (a constructor) can still call all functions
 * that have an answer at once. jco's own way suspends in every call of a function that might wait.
 */
export interface Suspension {
  /** Readies those functions of the host's imports that may give promises; once for all instances that have them. */
  enclose(imports: Readonly<Record<string, unknown>>): void
  /** The imports of an instance of this core module with the glue's functions behind second calls. */
  around(module: SuspendingModule, imports: WebAssembly.Imports): WebAssembly.Imports
  /** What this instance exports is WebAssembly already. */
  add(instance: WebAssembly.Instance): void
}

/** A core module whose instances may wait. */
export interface SuspendingModule {
  /** The functions that it imports. */
  readonly functions: readonly { readonly module: string; readonly name: string; readonly signature: Signature }[]
  /** The second calls of those that are JavaScript: the same ones in every instance. */
  second: WebAssembly.Module | undefined
}

type HostFunction = (this: unknown, ...args: unknown[]) => unknown
type Settled = { readonly value: unknown } | { readonly error: unknown }

const isFunction = (value: unknown): value is HostFunction => typeof value === 'function'
const member = (of: unknown, name: string): unknown =>
  (typeof of === 'object' && of !== null) || typeof of === 'function' ? Reflect.get(of, name) : undefined

export const suspendingModule = (bytes: Uint8Array): SuspendingModule => {
  const { imports, types } = parseCoreModule(bytes)
  return {
    functions: imports.flatMap((item) => {
      const signature = item.kind === 'function' ? types[item.detail] : undefined
      return signature === undefined ? [] : [{ module: item.module, name: item.name, signature }]
    }),
    second: undefined,
  }
}

type Suspending = (wait: () => unknown) => WebAssembly.ImportValue

/** Undefined in a browser that cannot suspend WebAssembly. */
const constructor: unknown = Reflect.get(WebAssembly, 'Suspending')
const browserSuspending: Suspending = (wait) =>
  typeof constructor === 'function' ? Reflect.construct(constructor, [wait]) : wait

/**
 * For the instances of one run, of which only one may be called at a time through glue that gives promises.
 * `suspending`: tests in Node pass in what stands for that of the browser.
 */
export const createSuspension = (suspending: Suspending = browserSuspending): Suspension => {
  const waiting = new WebAssembly.Global({ value: 'i32', mutable: true }, 0)
  const wasm = new WeakSet<object>()
  let pending: Promise<void> | undefined
  let settled: Settled | undefined

  const enclosed = (inner: HostFunction, sample: () => unknown): HostFunction =>
    function (...args) {
      if (settled !== undefined) {
        const came = settled
        settled = undefined
        if ('error' in came) throw came.error
        return came.value
      }
      const result = Reflect.apply(inner, this, args)
      if (!(result instanceof Promise)) return result
      waiting.value = 1
      pending = result.then(
        (value: unknown) => void (settled = { value }),
        (error: unknown) => void (settled = { error }),
      )
      return sample()
    }
  const wait = suspending(() => {
    waiting.value = 0
    return pending
  })

  return {
    enclose: (imports) => {
      for (const { interface: owner, resource, name, sample } of blockingCalls) {
        const found = member(imports, owner)
        const holder = resource === undefined ? found : member(member(found, resource), 'prototype')
        const inner = member(holder, name)
        if (typeof holder !== 'object' || holder === null || !isFunction(inner)) continue
        Reflect.defineProperty(holder, name, { configurable: true, writable: true, value: enclosed(inner, sample) })
      }
    },
    around: (module, imports) => {
      const glue = module.functions.flatMap((item) => {
        const given = imports[item.module]?.[item.name]
        return isFunction(given) && !wasm.has(given) ? [{ ...item, given }] : []
      })
      if (glue.length === 0) return imports
      module.second ??= new WebAssembly.Module(secondCalls(glue.map(({ signature }) => signature)))
      const functions: WebAssembly.ModuleImports = Object.fromEntries(glue.map(({ given }, index) => [index, given]))
      functions[waitImport] = wait
      functions[waitingImport] = waiting
      const { exports } = new WebAssembly.Instance(module.second, { '': functions })
      const around: WebAssembly.Imports = { ...imports }
      for (const [index, { module: from, name, given }] of glue.entries()) {
        around[from] = { ...around[from], [name]: exports[String(index)] ?? given }
      }
      return around
    },
    add: ({ exports }) => {
      for (const item of Object.values(exports)) if (isFunction(item)) wasm.add(item)
    },
  }
}

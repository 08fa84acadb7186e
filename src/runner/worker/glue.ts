import { applyLineChanges } from '../../contract/line-changes.ts'
import { clampLimits, unsafeNames } from '../../wasm/limits.ts'
import type { PreparedWorld } from './guest-engine.ts'
import { createSuspension, suspendingModule, type Suspension, type SuspendingModule } from './suspension.ts'

export type InstantiateCore = (module: unknown, imports?: WebAssembly.Imports) => WebAssembly.Instance
type Instantiate = (
  getCoreModule: (name: string) => unknown,
  imports: Readonly<Record<string, unknown>>,
  instantiateCore: InstantiateCore,
) => unknown

/** jco's glue of one world with its compiled core modules; instances are made of it again and again. */
export interface LoadedWorld {
  readonly prepared: PreparedWorld
  /** Gives the component's exports as the glue has them; at once, so that one instance can be made while another runs. */
  instantiate(
    imports: Readonly<Record<string, unknown>>,
    engineInstance: (imports: WebAssembly.Imports) => WebAssembly.Instance,
    onInstance: (instance: WebAssembly.Instance) => void,
  ): unknown
}

export interface GlueOptions {
  readonly memoryPages: number
  /** Whether the guest may wait for the outside: exports give promises then, all but constructors and destructors. */
  readonly suspends: boolean
}

const tableElements = 1_000_000

/** The glue puts names of core modules into JavaScript text: code in a name would run as code. */
export class UnsafeNames extends Error {}

const isInstantiate = (value: unknown): value is Instantiate => typeof value === 'function'

/** Imports a module from its text. Only blobs can be imported here, and only once each. */
const importText = async (text: string): Promise<unknown> => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  try {
    return await import(/* @vite-ignore */ url)
  } finally {
    URL.revokeObjectURL(url)
  }
}

export const loadWorld = async (
  prepared: PreparedWorld,
  { memoryPages, suspends }: GlueOptions,
): Promise<LoadedWorld> => {
  const { js, suspending, cores, engineCore } = prepared.transpiled
  const modules = new Map<string, WebAssembly.Module>()
  const waiting = new Map<WebAssembly.Module, SuspendingModule>()
  // What nobody waits in needs nothing of all this.
  const changes = suspends ? suspending : undefined
  for (const [name, bytes] of Object.entries(cores)) {
    const unsafe = unsafeNames(bytes)
    if (unsafe.length > 0) {
      throw new UnsafeNames(`a core module has ${unsafe.length} names with quotes or control characters`)
    }
    const module = new WebAssembly.Module(new Uint8Array(clampLimits(bytes, { memoryPages, tableElements }).bytes))
    modules.set(name, module)
    if (changes) waiting.set(module, suspendingModule(bytes))
  }
  const glue = await importText(changes ? applyLineChanges(js, changes) : js)
  const entry = typeof glue === 'object' && glue !== null && 'instantiate' in glue ? glue.instantiate : undefined
  if (!isInstantiate(entry)) throw new TypeError('the generated glue has no function `instantiate`')

  const engineModule = Object.freeze({})
  /** By the imports, whose classes all instances of a run share. */
  const suspensions = new WeakMap<object, Suspension>()
  const suspensionOf = (imports: Readonly<Record<string, unknown>>): Suspension => {
    const known = suspensions.get(imports)
    if (known) return known
    const made = createSuspension()
    made.enclose(imports)
    suspensions.set(imports, made)
    return made
  }
  return {
    prepared,
    instantiate: (imports, engineInstance, onInstance) => {
      const suspension = changes && suspensionOf(imports)
      const coreInstance = (module: WebAssembly.Module, given: WebAssembly.Imports): WebAssembly.Instance => {
        const known = waiting.get(module)
        return new WebAssembly.Instance(module, suspension && known ? suspension.around(known, given) : given)
      }
      return entry(
        (name) => {
          if (name === engineCore) return engineModule
          const module = modules.get(name)
          if (module === undefined) throw new TypeError(`the generated glue asks for an unknown core module ${name}`)
          return module
        },
        imports,
        (module, coreImports = {}) => {
          const instance =
            module === engineModule
              ? engineInstance(coreImports)
              : module instanceof WebAssembly.Module
                ? coreInstance(module, coreImports)
                : undefined
          if (instance === undefined) throw new TypeError('the generated glue instantiates something that is no module')
          suspension?.add(instance)
          onInstance(instance)
          return instance
        },
      )
    },
  }
}

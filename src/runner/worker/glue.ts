import { clampLimits, unsafeNames } from '../../wasm/limits.ts'
import type { PreparedWorld } from './guest-engine.ts'

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

export interface GlueLimits {
  readonly memoryPages: number
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

export const loadWorld = async (prepared: PreparedWorld, { memoryPages }: GlueLimits): Promise<LoadedWorld> => {
  const { js, cores, engineCore } = prepared.transpiled
  const modules = new Map<string, WebAssembly.Module>()
  for (const [name, bytes] of Object.entries(cores)) {
    const unsafe = unsafeNames(bytes)
    if (unsafe.length > 0) {
      throw new UnsafeNames(`a core module has ${unsafe.length} names with quotes or control characters`)
    }
    modules.set(name, new WebAssembly.Module(new Uint8Array(clampLimits(bytes, { memoryPages, tableElements }).bytes)))
  }
  const glue = await importText(js)
  const entry = typeof glue === 'object' && glue !== null && 'instantiate' in glue ? glue.instantiate : undefined
  if (!isInstantiate(entry)) throw new TypeError('the generated glue has no function `instantiate`')

  const engineModule = Object.freeze({})
  return {
    prepared,
    instantiate: (imports, engineInstance, onInstance) =>
      entry(
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
                ? new WebAssembly.Instance(module, coreImports)
                : undefined
          if (instance === undefined) throw new TypeError('the generated glue instantiates something that is no module')
          onInstance(instance)
          return instance
        },
      ),
  }
}

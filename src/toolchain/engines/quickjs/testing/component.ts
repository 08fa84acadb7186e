import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Fault, Outcome } from '../../../../contract/fault.ts'
import { joinAroundCoreModule } from '../../../../wasm/components.ts'
import type {
  EngineImage,
  GuestSource,
  HollowEngine,
  InitialisedGuest,
  LoadedEngine,
  PreparedWorld,
  UncaughtException,
} from '../../../engine.ts'
import { loadTools } from '../../../jco/node.ts'
import type { JcoTools } from '../../../jco/tools.ts'
import { readEngineSource } from '../bake-node.ts'
import { defaultInterrupts, quickJsGuestEngine } from '../guest.ts'
import { bakeImage, hollowImage } from '../image.ts'
import { prepareWorld } from '../prepare.ts'

/** Making and running components in Node, for tests and fuzzing: the fast path, with no serialising in between. */
export class Workshop {
  readonly tools: JcoTools
  readonly #hollow: HollowEngine
  readonly #engine: LoadedEngine
  readonly #folder: string
  #scripts = 0

  private constructor(tools: JcoTools, image: EngineImage, engine: LoadedEngine, folder: string) {
    this.tools = tools
    this.#hollow = hollowImage(image)
    this.#engine = engine
    this.#folder = folder
  }

  static async open(): Promise<Workshop> {
    const image = await bakeImage(await readEngineSource(), 'base')
    const engine = await quickJsGuestEngine.load(image, memoryPages)
    return new Workshop(await loadTools(), image, engine, await mkdtemp(join(tmpdir(), 'witcraft-')))
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  prepare(witSource: string, world?: string): Outcome<PreparedWorld> {
    return prepareWorld(this.tools, this.#hollow, { witSource, version: '0.0.0', ...(world ? { world } : {}) })
  }

  initialise(prepared: PreparedWorld, source: string | GuestSource): Outcome<InitialisedGuest> {
    const limits = { memoryPages, interrupts: defaultInterrupts }
    const modules = typeof source === 'string' ? { entry: 'main.js', modules: { 'main.js': source } } : source
    return this.#engine.initialise(prepared, modules, limits)
  }

  /** Throws `Refused` where the world is at fault. */
  async world(witSource: string, world?: string): Promise<TestWorld> {
    const prepared = expectValue(this.prepare(witSource, world))
    const instantiate = await this.load(prepared.transpiled.js)
    return {
      guest: (source) => {
        const guest = expectValue(this.initialise(prepared, source))
        return (imports = {}) => instance(prepared, guest, instantiate, imports)
      },
    }
  }

  /** The entry of what jco generated for a component. */
  async load(glue: string): Promise<Instantiate> {
    const script = join(this.#folder, `component-${this.#scripts++}.mjs`)
    await writeFile(script, glue)
    const { instantiate }: { readonly instantiate: Instantiate } = await import(pathToFileURL(script).href)
    await rm(script)
    return instantiate
  }

  /** Throws `Refused` where the world or the guest is at fault. */
  async make(witSource: string, source: string, imports: HostImports = {}, world?: string): Promise<Made> {
    return (await this.world(witSource, world)).guest(source)(imports)
  }
}

/** A world with everything made for it that does not depend on a guest. */
export interface TestWorld {
  /** Gives what makes instances of the guest. Throws `Refused` where the guest is at fault. */
  guest(source: string | GuestSource): (imports?: HostImports) => Promise<Made>
}

const emptyModule = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])

/** The core modules of a world, compiled once for all its instances. */
const compiled = new WeakMap<PreparedWorld, ReadonlyMap<string, WebAssembly.Module>>()
function compiledCores(prepared: PreparedWorld): ReadonlyMap<string, WebAssembly.Module> {
  const known = compiled.get(prepared)
  if (known !== undefined) return known
  const cores = Object.entries(prepared.transpiled.cores)
  const made = new Map(cores.map(([name, bytes]) => [name, new WebAssembly.Module(new Uint8Array(bytes))]))
  compiled.set(prepared, made)
  return made
}

async function instance(
  prepared: PreparedWorld,
  guest: InitialisedGuest,
  instantiate: Instantiate,
  imports: HostImports,
): Promise<Made> {
  const { shell } = prepared
  const modules = compiledCores(prepared)
  const engineModule = new WebAssembly.Module(emptyModule)
  let core: WebAssembly.Instance | undefined
  const exports = await instantiate(
    (name) => modules.get(name) ?? engineModule,
    imports,
    (module, coreImports) => {
      if (module !== engineModule) return new WebAssembly.Instance(module, coreImports)
      core = guest.instantiateCore(coreImports ?? {})
      return core
    },
  )
  const engine = core
  if (engine === undefined) throw new Error("the glue did not ask for the engine's core module")
  return {
    exports,
    prepared,
    uncaught: (label) => guest.uncaught(engine, label),
    memoryPages: () => {
      const { memory } = engine.exports
      return memory instanceof WebAssembly.Memory ? memory.buffer.byteLength / 65536 : 0
    },
    component: () => joinAroundCoreModule(shell.before, guest.snapshot(), shell.after),
    again: () => instance(prepared, guest, instantiate, imports),
  }
}

const memoryPages = 2048

/** What the host gives, by interface or by name of the world's own function: `{ 'demo:host/log': { log } }`. */
export type HostImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export interface Made {
  /** As jco gives them: interfaces by short and by full name. Their shape follows from the WIT of the test. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly exports: any
  readonly prepared: PreparedWorld
  uncaught(label?: string): UncaughtException | undefined
  memoryPages(): number
  /** The component that can be exported. */
  component(): Uint8Array
  /** Another instance of the same guest: after a trap this one is dead. */
  again(): Promise<Made>
}

/** What jco generates for a component in the instantiation mode `async`. */
export type Instantiate = (
  getCoreModule: (name: string) => WebAssembly.Module,
  imports: HostImports,
  instantiateCore: (module: WebAssembly.Module, imports?: WebAssembly.Imports) => WebAssembly.Instance,
) => Promise<unknown>

export class Refused extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(`${fault.stage}: ${fault.message}${fault.detail === undefined ? '' : `\n${fault.detail}`}`)
    this.fault = fault
  }
}

function expectValue<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Refused(outcome.fault)
}

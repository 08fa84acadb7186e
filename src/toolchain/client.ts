import { fail, succeed } from '../contract/fault.ts'
import { withCode } from '../wasm/code-section.ts'
import { MalformedBinary } from '../wasm/reader.ts'
import type { ToolchainAssets } from './assets.ts'
import type { ArtefactStore } from './cache/artefact-store.ts'
import { EngineImages } from './engine-images.ts'
import { jobOutcome, placedWitFault, progress } from './faults.ts'
import type { Fetch } from './fetch-bytes.ts'
import { LastSource } from './last-source.ts'
import { PreparedWorlds } from './prepared-worlds.ts'
import type { MakePrepared } from './prepared-worlds.ts'
import type { PrepareOptions, Progress, Toolchain } from './toolchain.ts'
import type { LanguageRequest, ToolsRequest } from './worker/protocol.ts'
import { parseAssembled, parseBytes, parseCompiledSource, parseDeclared } from './worker/results.ts'
import { WorkerSlot } from './worker/slot.ts'
import type { JobOptions, WorkerLike } from './worker/slot.ts'

export interface ToolchainOptions {
  readonly assets: ToolchainAssets
  readonly spawn: (kind: 'language' | 'tools') => WorkerLike
  readonly fetch: Fetch
  readonly store?: ArtefactStore | undefined
  /** Milliseconds of silence after which a worker is ended; loading counts as a sign of life. */
  readonly timeouts?: { readonly prepare?: number; readonly other?: number }
  /** Milliseconds without work after which the tools are ended: they hold about 100 MB. */
  readonly toolsIdle?: number
}

/** How long an abandoned job may hold up its successor before its worker is ended. */
const grace = 300

export function createToolchain(options: ToolchainOptions): Toolchain {
  const { assets, fetch, store } = options
  const prepareTimeout = options.timeouts?.prepare ?? 20_000
  const otherTimeout = options.timeouts?.other ?? 5_000
  const language = new WorkerSlot<LanguageRequest>({ spawn: () => options.spawn('language'), grace })
  const tools = new WorkerSlot<ToolsRequest>({
    spawn: () => options.spawn('tools'),
    grace,
    idle: options.toolsIdle ?? 30_000,
  })
  const images = new EngineImages(assets, fetch)

  const make: MakePrepared = async (input, engine, { signal, onProgress }) => {
    const { wit, world } = input
    const { id, variant, hash, facts, hollowUrl: url } = engine
    const result = await tools.call(
      {
        op: 'prepare',
        engine: id,
        hollow: { variant, hash, facts, url },
        wit,
        ...(world === undefined ? {} : { world }),
        version: assets.version,
      },
      {
        timeout: prepareTimeout,
        signal,
        onLoading: toolsLoading(['wasm-tools', 'bindgen'], onProgress),
        onStarted: () => onProgress(progress('prepare', 'Preparing the world')),
      },
    )
    const made = jobOutcome('prepare', result, prepareTimeout, parseBytes)
    return made.ok ? made : { ok: false, fault: placedWitFault(made.fault, wit) }
  }
  const sources = new LastSource()
  const worlds = new PreparedWorlds({ assets, store, fetch, make })

  /** Reports the bytes of several parts as one amount. */
  function toolsLoading(
    parts: readonly string[],
    onProgress: ((progress: Progress) => void) | undefined,
  ): NonNullable<JobOptions['onLoading']> {
    const loaded = new Map<string, number>()
    const total = parts.reduce((sum, part) => sum + (assets.toolSizes[part] ?? 0), 0)
    return (part, bytes) => {
      loaded.set(part, bytes)
      const amount = [...loaded.values()].reduce((sum, one) => sum + one, 0)
      onProgress?.(progress('tools', 'Loading the component tools', Math.min(amount, total), total))
    }
  }

  return {
    async declare({ wit, world, engine }, { signal, onProgress } = {}) {
      const result = await tools.call(
        { op: 'declare', engine, wit, ...(world === undefined ? {} : { world }), version: assets.version },
        { timeout: prepareTimeout, signal, onLoading: toolsLoading(['wasm-tools', 'bindgen'], onProgress) },
      )
      const declared = jobOutcome('prepare', result, prepareTimeout, parseDeclared)
      return declared.ok ? declared : { ok: false, fault: placedWitFault(declared.fault, wit) }
    },

    async prepare(input, call: PrepareOptions = {}) {
      const engine = images.find(input.engine, input.variant)
      return engine.ok ? worlds.get(input, engine.value, call) : engine
    },

    async compile({ files, entry }, { signal, onProgress } = {}) {
      const known = sources.find(files, entry)
      if (known !== undefined) return succeed(known)
      onProgress?.(progress('compile', 'Compiling the source'))
      const result = await language.call({ op: 'compile', files, entry }, { timeout: otherTimeout, signal })
      const compiled = jobOutcome('compile', result, otherTimeout, parseCompiledSource)
      if (compiled.ok) sources.keep(files, entry, compiled.value)
      return compiled
    },

    engine: (id, variant, call = {}) => images.get(id, variant, call),

    async core({ engine, variant }, state) {
      const image = await images.get(engine, variant, {})
      if (!image.ok) return image
      try {
        return succeed(withCode(state, image.value.wasm))
      } catch (thrown) {
        // The sandbox sent it, and a sandbox is not believed.
        if (!(thrown instanceof MalformedBinary)) throw thrown
        return fail({
          stage: 'build',
          message: 'The sandbox gave a state that is no core module.',
          next: 'Run the project again.',
          detail: thrown.message,
        })
      }
    },

    async assemble({ shell }, core, { signal, onProgress } = {}) {
      onProgress?.(progress('assemble', 'Assembling the component'))
      // Loading wasm-tools is part of it, so it gets the time of `prepare`.
      const result = await tools.call(
        { op: 'assemble', before: shell.before, core, after: shell.after },
        { timeout: prepareTimeout, signal, onLoading: toolsLoading(['wasm-tools'], onProgress) },
      )
      const outcome = jobOutcome('assemble', result, prepareTimeout, parseAssembled)
      return outcome.ok ? succeed(outcome.value) : outcome
    },

    warm() {
      language.warm()
      const [first] = assets.engines
      if (first !== undefined) void images.get(first.id, first.variant, {})
    },

    dispose() {
      language.dispose()
      tools.dispose()
    },
  }
}

import { fail, succeed } from '../contract/fault.ts'
import type { Fault, Outcome } from '../contract/fault.ts'
import type { EngineAsset, ToolchainAssets } from './assets.ts'
import type { ArtefactStore } from './cache/artefact-store.ts'
import { decodePrepared } from './cache/prepared-codec.ts'
import { Recent } from './cache/recent.ts'
import type { PreparedWorld } from './engine.ts'
import { fetchBytes } from './fetch-bytes.ts'
import type { Fetch } from './fetch-bytes.ts'
import { preparedKey } from './prepared-key.ts'
import { SharedCalls } from './shared-calls.ts'
import type { CallOptions, PrepareOptions, WorldInput } from './toolchain.ts'

/** Makes a prepared world, as bytes of `encodePrepared`. */
export type MakePrepared = (
  input: WorldInput,
  engine: EngineAsset,
  options: Required<CallOptions>,
) => Promise<Outcome<Uint8Array>>

export interface PreparedWorldsOptions {
  readonly assets: ToolchainAssets
  readonly store: ArtefactStore | undefined
  readonly fetch: Fetch
  readonly make: MakePrepared
}

/** Prepared worlds by content: from memory, from what ships with the page, from earlier visits, or made now. */
export class PreparedWorlds {
  private readonly options: PreparedWorldsOptions
  private readonly recent = new Recent<PreparedWorld>(20)
  /** By what they are made of: a digest comes from another thread, and a run need not wait for it again. */
  private readonly keys = new Recent<string>(20)
  private readonly calls = new SharedCalls<PreparedWorld>()

  constructor(options: PreparedWorldsOptions) {
    this.options = options
  }

  async get(input: WorldInput, engine: EngineAsset, options: PrepareOptions): Promise<Outcome<PreparedWorld>> {
    const key = await this.key(input, engine)
    const here = this.recent.get(key)
    if (here !== undefined) return succeed(here)
    const { onlyKept = false } = options
    return this.calls.run(onlyKept ? `kept ${key}` : key, options, async (shared) => {
      const kept = (await this.shipped(key, engine)) ?? (await this.stored(key, engine))
      const outcome =
        kept !== undefined ? succeed(kept) : onlyKept ? fail(notKept) : await this.make(key, input, engine, shared)
      if (outcome.ok) this.recent.set(key, outcome.value)
      return outcome
    })
  }

  private async key({ wit, world }: WorldInput, { id, hash }: EngineAsset): Promise<string> {
    const content = JSON.stringify([id, hash, world, wit])
    const known = this.keys.get(content)
    if (known !== undefined) return known
    const { toolsVersion, version } = this.options.assets
    const key = await preparedKey({ wit, world, engine: id, engineHash: hash, toolsVersion, version })
    this.keys.set(content, key)
    return key
  }

  private async make(
    key: string,
    input: WorldInput,
    engine: EngineAsset,
    options: Required<CallOptions>,
  ): Promise<Outcome<PreparedWorld>> {
    const made = await this.options.make(input, engine, options)
    if (!made.ok) return made
    const bytes = new Uint8Array(made.value)
    const prepared = decodeFor(engine, bytes)
    if (prepared === undefined) {
      return fail({
        stage: 'build',
        message: 'What was prepared for the world cannot be read.',
        next: 'Reload the page and run again.',
      })
    }
    // Nobody waits for the disk.
    void this.options.store?.put(key, bytes)
    return succeed(prepared)
  }

  private async shipped(key: string, engine: EngineAsset): Promise<PreparedWorld | undefined> {
    const { assets, fetch } = this.options
    const url = Object.hasOwn(assets.prepared, key) ? assets.prepared[key] : undefined
    if (url === undefined) return undefined
    try {
      return decodeFor(engine, await fetchBytes(fetch, url))
    } catch {
      // It can be made here as well.
      return undefined
    }
  }

  private async stored(key: string, engine: EngineAsset): Promise<PreparedWorld | undefined> {
    const bytes = await this.options.store?.get(key)
    if (bytes === undefined) return undefined
    const prepared = decodeFor(engine, bytes)
    if (prepared === undefined) await this.options.store?.delete(key)
    return prepared
  }
}

const notKept: Fault = {
  stage: 'build',
  message: 'The world has not been prepared yet.',
  next: 'Run the project, or go to an editor.',
}

function decodeFor(engine: EngineAsset, bytes: Uint8Array): PreparedWorld | undefined {
  const prepared = decodePrepared(bytes)
  const fits =
    prepared?.engine === engine.id && prepared.variant === engine.variant && prepared.engineHash === engine.hash
  return fits ? prepared : undefined
}

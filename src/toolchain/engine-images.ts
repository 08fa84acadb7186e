import { fail, succeed } from '../contract/fault.ts'
import type { Outcome } from '../contract/fault.ts'
import type { EngineAsset, ToolchainAssets } from './assets.ts'
import type { EngineImage } from './engine.ts'
import { abandoned, progress } from './faults.ts'
import { fetchBytes } from './fetch-bytes.ts'
import type { Fetch } from './fetch-bytes.ts'
import { sha256 } from './hash.ts'
import { SharedCalls } from './shared-calls.ts'
import type { CallOptions } from './toolchain.ts'

/** The engines of this page: fetched once each, checked, and kept. */
export class EngineImages {
  private readonly assets: ToolchainAssets
  private readonly fetch: Fetch
  private readonly images = new Map<EngineAsset, EngineImage>()
  private readonly calls = new SharedCalls<EngineImage>()

  constructor(assets: ToolchainAssets, fetch: Fetch) {
    this.assets = assets
    this.fetch = fetch
  }

  find(id: string, variant: string): Outcome<EngineAsset> {
    const asset = this.assets.engines.find((one) => one.id === id && one.variant === variant)
    if (asset !== undefined) return succeed(asset)
    const known = [...new Set(this.assets.engines.map((one) => one.id))].join(', ')
    return fail({
      stage: 'project',
      message: this.assets.engines.some((one) => one.id === id)
        ? `The engine ${id} has no variant ${variant}.`
        : `The engine ${id} is not one of this page.`,
      next: `Choose one of these: ${known}.`,
    })
  }

  async get(id: string, variant: string, options: CallOptions): Promise<Outcome<EngineImage>> {
    const found = this.find(id, variant)
    if (!found.ok) return found
    const asset = found.value
    const here = this.images.get(asset)
    if (here !== undefined) return succeed(here)
    return this.calls.run(asset.url, options, async ({ signal, onProgress }) => {
      const outcome = await this.load(asset, { signal, onProgress })
      if (outcome.ok) this.images.set(asset, outcome.value)
      return outcome
    })
  }

  private async load(asset: EngineAsset, options: Required<CallOptions>): Promise<Outcome<EngineImage>> {
    const { id, variant, hash, facts, url, size } = asset
    const report = (loaded: number) => options.onProgress(progress('engine', 'Loading the engine', loaded, size))
    let wasm: Uint8Array
    try {
      report(0)
      wasm = await fetchBytes(this.fetch, url, report, options.signal)
    } catch (thrown) {
      if (options.signal.aborted) return abandoned()
      return fail({
        stage: 'load',
        message: 'The engine could not be fetched.',
        next: 'Check the connection and run again.',
        detail: thrown instanceof Error ? thrown.message : String(thrown),
      })
    }
    const found = await sha256(wasm)
    if (found === hash) return succeed({ id, variant, hash, wasm, facts })
    return fail({
      stage: 'load',
      message: 'The engine arrived damaged, or belongs to another version of the page.',
      next: 'Reload the page and run again.',
      detail: `${url} has the SHA-256 ${found}, not ${hash}.`,
    })
  }
}

import { joinTools } from './tools.ts'
import type { JcoTools, VendoredTools } from './tools.ts'

/** The two vendored parts. Each brings one large core module and a small one. */
export type ToolPart = 'wasm-tools' | 'bindgen'

export type OnBytes = (part: ToolPart, loaded: number) => void

/**
 * jco's tools in a worker of the page. Not for the page's own thread: a trap in one of the tools is permanent, some
 * inputs never end, and their memory never shrinks, so whoever loads them must be ready to be ended.
 */
export class BrowserTools {
  private readonly onBytes: OnBytes
  private wasmTools: Promise<VendoredTools['wasmTools']> | undefined
  private bindgen: Promise<VendoredTools['bindgen']> | undefined

  constructor(onBytes: OnBytes) {
    this.onBytes = onBytes
  }

  /** wasm-tools alone: enough to look at a component. */
  loadWasmTools(): Promise<VendoredTools['wasmTools']> {
    this.wasmTools ??= countingFetches(
      (loaded) => this.onBytes('wasm-tools', loaded),
      async () => {
        const { $init, tools } =
          await import('../../../node_modules/@bytecodealliance/jco-transpile/vendor/wasm-tools.js')
        await $init
        return {
          ...tools,
          componentNew: (core, adapters) =>
            tools.componentNew(
              core,
              adapters.map(([name, bytes]) => [name, bytes]),
            ),
        }
      },
    )
    return this.wasmTools
  }

  async load(): Promise<JcoTools> {
    const wasmTools = await this.loadWasmTools()
    // One after the other, so that each fetch belongs to one part.
    this.bindgen ??= countingFetches((loaded) => this.onBytes('bindgen', loaded), loadBindgen)
    return joinTools({ wasmTools, bindgen: await this.bindgen })
  }
}

async function loadBindgen(): Promise<VendoredTools['bindgen']> {
  const module: VendoredTools['bindgen'] & { readonly $init: Promise<void> } =
    await import('../../../node_modules/@bytecodealliance/jco-transpile/vendor/js-component-bindgen-component.js')
  await module.$init
  return module
}

/**
 * Runs `load` with a `fetch` that counts. The tools fetch their core modules by themselves and hand the responses to
 * `WebAssembly.compileStreaming`; a copy of each response with a counter in its body keeps the compilation streaming.
 */
async function countingFetches<T>(onBytes: (loaded: number) => void, load: () => Promise<T>): Promise<T> {
  const original = globalThis.fetch
  let loaded = 0
  globalThis.fetch = async (input, init) => {
    const response = await original(input, init)
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`)
    if (response.body === null) return response
    const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        loaded += chunk.length
        onBytes(loaded)
        controller.enqueue(chunk)
      },
    })
    return new Response(response.body.pipeThrough(counter), { headers: { 'Content-Type': 'application/wasm' } })
  }
  try {
    return await load()
  } finally {
    globalThis.fetch = original
  }
}

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** wasm-tools in Node, for tests: the encoder of the `component-type` section is the authority on what it looks like. */
export interface WasmTools {
  componentEmbed(options: { witSource: string; world?: string; dummy: true; features?: { tag: 'all' } }): Uint8Array
}

const file = pathToFileURL(resolve('node_modules/@bytecodealliance/jco-transpile/vendor/wasm-tools.js')).href
let instances = 0

/** A new instance. One that has trapped answers no more calls and has to be replaced. */
export async function loadWasmTools(): Promise<WasmTools> {
  instances += 1
  const module = await import(/* @vite-ignore */ `${file}?${instances}`)
  await module.$init
  return module.tools
}

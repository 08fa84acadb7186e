import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { joinTools, type JcoTools, type VendoredTools } from './tools.ts'

let loaded: Promise<JcoTools> | undefined

/** jco's tools in this process. Loading takes about a second and happens once. */
export const loadTools = (): Promise<JcoTools> => (loaded ??= load())

async function load(): Promise<JcoTools> {
  // wasm-tools is vendored beside the bindings generator, but the package exports only a wrapper that waits before
  // each call.
  const bindgenPath = createRequire(import.meta.url).resolve('@bytecodealliance/jco-transpile/component')
  const toolsPath = join(dirname(bindgenPath), 'wasm-tools.js')
  const bindgen: VendoredModule<'bindgen'> = await import(/* @vite-ignore */ pathToFileURL(bindgenPath).href)
  const wasmTools: { $init: Promise<void>; tools: VendoredTools['wasmTools'] } = await import(
    /* @vite-ignore */ pathToFileURL(toolsPath).href
  )
  await Promise.all([bindgen.$init, wasmTools.$init])
  return joinTools({ wasmTools: wasmTools.tools, bindgen })
}

type VendoredModule<K extends keyof VendoredTools> = VendoredTools[K] & { readonly $init: Promise<void> }

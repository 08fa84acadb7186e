import { fileURLToPath, pathToFileURL } from 'node:url'
import { joinTools, type JcoTools, type VendoredTools } from './tools.ts'

let loaded: Promise<JcoTools> | undefined

/** jco's tools in this process. Loading takes about a second and happens once. */
export const loadTools = (): Promise<JcoTools> => (loaded ??= load())

async function load(): Promise<JcoTools> {
  const bindgenUrl = import.meta.resolve('@bytecodealliance/jco-transpile/component')
  const bindgen: VendoredModule<'bindgen'> = await import(/* @vite-ignore */ bindgenUrl)
  // wasm-tools is vendored beside it, but the package exports only a wrapper that waits before each call.
  const toolsPath = fileURLToPath(new URL('wasm-tools.js', bindgenUrl))
  const wasmTools: { $init: Promise<void>; tools: VendoredTools['wasmTools'] } = await import(
    /* @vite-ignore */ pathToFileURL(toolsPath).href
  )
  await Promise.all([bindgen.$init, wasmTools.$init])
  return joinTools({ wasmTools: wasmTools.tools, bindgen })
}

type VendoredModule<K extends keyof VendoredTools> = VendoredTools[K] & { readonly $init: Promise<void> }

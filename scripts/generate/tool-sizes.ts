import { statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './outputs.ts'

const vendor = join(root, 'node_modules/@bytecodealliance/jco-transpile/vendor')

/** Bytes of what each part of jco's tools fetches: its core modules, before compression. */
export function toolSizes(): Record<string, number> {
  const size = (name: string) =>
    [`${name}.core.wasm`, `${name}.core2.wasm`].reduce((sum, file) => sum + statSync(join(vendor, file)).size, 0)
  return { 'wasm-tools': size('wasm-tools'), bindgen: size('js-component-bindgen-component') }
}

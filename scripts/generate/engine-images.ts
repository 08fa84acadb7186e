import { brotliCompressSync, constants } from 'node:zlib'
import type { EngineEntry } from '../../src/toolchain/assets.ts'
import { bakeAll } from '../../src/toolchain/engines/quickjs/bake-node.ts'
import { hollowImage } from '../../src/toolchain/engines/quickjs/image.ts'
import { writeJson, writeOutput } from './outputs.ts'

/** The engine in each variant, whole and without its code. The plain one comes first. */
export async function engineImages(): Promise<void> {
  const entries: EngineEntry[] = []
  for (const image of Object.values(await bakeAll())) {
    const { id, variant, hash, facts, wasm } = image
    const file = `engine-${variant}.wasm`
    const hollowFile = `hollow-${variant}.wasm`
    writeOutput(file, wasm)
    writeOutput(hollowFile, hollowImage(image).wasm)
    const brotli = brotliCompressSync(wasm, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
      },
    })
    entries.push({ id, variant, hash, facts, file, size: wasm.length, brotliSize: brotli.length, hollowFile })
  }
  writeJson('engines.json', entries)
}

// Bytes of what is shipped, read from the built page and its precompressed files.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'
import type { Figure } from './statistics.ts'

export function shippedSizes(): Figure[] {
  const assets = join(root, 'dist', 'assets')
  const compressed = (pattern: RegExp): number => {
    const files = readdirSync(assets).filter((file) => pattern.test(file))
    if (files.length === 0) throw new Error(`nothing in dist/assets matches ${pattern}`)
    return files.reduce(
      (sum, file) => sum + statSync(join(assets, existsSync(join(assets, `${file}.br`)) ? `${file}.br` : file)).size,
      0,
    )
  }
  return [
    {
      name: 'engine download, brotli',
      value: compressed(/^engine-base.*\.wasm$/) / 1e6,
      unit: 'MB',
      samples: 1,
      goal: { most: 0.35 },
    },
  ]
}

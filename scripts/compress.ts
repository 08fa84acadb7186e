// Precompressed twins (.br, .gz) of everything in the built folder that gets smaller, so that any static host can send
// them; source maps are for debuggers, which do not mind the wait. Brotli at its highest level is slow: results are kept in .cache by content.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { root } from './setup.mjs'

const compressible = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.wasm', '.txt', '.wit', '.bin', '.ttf'])
const cache = join(root, '.cache', 'compressed')

export async function compressFolder(folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true })
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && compressible.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
  // zlib works in its own threads; four at a time keep them busy.
  const queue = files.values()
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const file of queue) await compressFile(file)
    }),
  )
}

async function compressFile(file: string): Promise<void> {
  const bytes = readFileSync(file)
  if (bytes.length < 512) return
  const hash = createHash('sha256').update(bytes).digest('hex')
  const brotli = () =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    })
  const twins = [
    ['.br', brotli],
    ['.gz', () => promisify(gzip)(bytes, { level: 9 })],
  ] as const
  for (const [suffix, compress] of twins) {
    const kept = join(cache, hash + suffix)
    const small = existsSync(kept) ? readFileSync(kept) : await compress()
    if (!existsSync(kept)) writeFileSync(kept, small)
    if (small.length < bytes.length * 0.95) writeFileSync(file + suffix, small)
  }
}

import { parseEngines, parsePreparedIndex, parseTools } from './assets.ts'
import type { ToolchainAssets } from './assets.ts'
import { browserStore } from './cache/artefact-store.ts'
import { createToolchain } from './client.ts'
import type { Toolchain } from './toolchain.ts'

/** What `npm run generate` made. Globs, so that the sources are complete before it has run. */
const manifests: Readonly<Record<string, unknown>> = import.meta.glob(
  ['../../generated/engines.json', '../../generated/tools.json', '../../generated/prepared/index.json'],
  { eager: true, import: 'default' },
)
const addresses: Readonly<Record<string, string>> = import.meta.glob(
  ['../../generated/*.wasm', '../../generated/prepared/*.bin'],
  { eager: true, import: 'default', query: '?url' },
)

function address(file: string): string {
  const url = addresses[`../../generated/${file}`]
  if (url === undefined) throw new Error(`generated/${file} is missing: run npm run generate`)
  return new URL(url, document.baseURI).href
}

function browserAssets(): ToolchainAssets {
  const engines = parseEngines(manifests['../../generated/engines.json'])
  const index = parsePreparedIndex(manifests['../../generated/prepared/index.json'])
  return {
    engines: engines.map(({ file, hollowFile, ...engine }) => ({
      ...engine,
      url: address(file),
      hollowUrl: address(hollowFile),
    })),
    prepared: Object.fromEntries(Object.entries(index).map(([key, file]) => [key, address(`prepared/${file}`)])),
    ...parseTools(manifests['../../generated/tools.json']),
  }
}

/** The toolchain of the page. Nothing is fetched and no worker is started before it is asked for something. */
export function createBrowserToolchain(): Toolchain {
  return createToolchain({
    assets: browserAssets(),
    spawn: (kind) =>
      kind === 'language'
        ? new Worker(new URL('./worker/language-worker.ts', import.meta.url), { type: 'module', name: 'language' })
        : new Worker(new URL('./worker/tools-worker.ts', import.meta.url), { type: 'module', name: 'tools' }),
    fetch: (url, init) => fetch(url, init),
    store: browserStore(document.baseURI),
  })
}

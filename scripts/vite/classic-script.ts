import { rolldown } from 'rolldown'
import type { Plugin } from 'vite'
import { notePackage } from '../notices.ts'

const query = '?iife-url'
const devPrefix = '/@classic-script/'

interface ClassicScript {
  readonly code: string
  /** Absolute paths of every file that went into `code`. */
  readonly sources: readonly string[]
}

/**
 * `import url from './guest-worker.ts?iife-url'` bundles that entry into one classic script and gives its URL, in
 * development and in a build alike. Vite bundles workers only where it can see `new Worker(…)`; this script is fetched
 * as text and put into a blob inside an opaque-origin frame, where module workers do not start.
 */
export function classicScript(): Plugin {
  let building = false
  const files = new Set<string>()

  return {
    name: 'witcraft:classic-script',
    enforce: 'pre',

    config(_config, { command }) {
      building = command === 'build'
    },

    resolveId: {
      filter: { id: /\?iife-url$/ },
      async handler(source, importer) {
        const resolved = await this.resolve(source.slice(0, -query.length), importer, { skipSelf: true })
        return resolved === null ? undefined : { id: resolved.id + query, moduleSideEffects: false }
      },
    },

    load: {
      filter: { id: /\?iife-url$/ },
      async handler(id) {
        const file = id.slice(0, -query.length)
        if (!building) return `export default ${JSON.stringify(devPrefix + encodeURIComponent(file))}`
        const { code, sources } = await bundle(file, true)
        for (const source of sources) {
          this.addWatchFile(source)
          notePackage(source)
        }
        const reference = this.emitFile({ type: 'asset', name: `${baseName(file)}.js`, source: code })
        return `export default import.meta.ROLLUP_FILE_URL_${reference}`
      },
    },

    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [path] = (request.url ?? '').split('?')
        if (path === undefined || !path.startsWith(devPrefix)) return next()
        const file = decodeURIComponent(path.slice(devPrefix.length))
        bundle(file, false).then(
          ({ code, sources }) => {
            for (const source of sources) {
              files.add(source)
              server.watcher.add(source)
            }
            response.setHeader('Content-Type', 'text/javascript; charset=utf-8')
            response.setHeader('Cache-Control', 'no-store')
            response.end(code)
          },
          (error: unknown) => next(error),
        )
      })
      // A running sandbox cannot be patched in place: its code was copied into a blob.
      server.watcher.on('change', (file) => {
        if (files.has(file)) server.ws.send({ type: 'full-reload' })
      })
    },
  }
}

/** Bundles `file` and everything that it imports into one script without imports or exports. */
export async function bundle(file: string, minify: boolean): Promise<ClassicScript> {
  const build = await rolldown({ input: file, platform: 'browser', treeshake: true })
  try {
    const { output } = await build.generate({
      format: 'iife',
      minify,
      codeSplitting: false,
      ...(minify ? {} : { sourcemap: 'inline' as const }),
    })
    const [chunk, ...others] = output
    if (others.some((other) => other.type === 'chunk')) throw new Error(`${file} does not bundle into one script`)
    return { code: chunk.code, sources: await build.watchFiles }
  } finally {
    await build.close()
  }
}

function baseName(file: string): string {
  return (file.split('/').at(-1) ?? 'script').replace(/\.[cm]?[jt]s$/, '')
}

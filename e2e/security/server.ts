import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { bundle } from '../../scripts/vite/classic-script.ts'

export interface FixtureServer {
  readonly url: string
  /** Paths that were asked for and that no part of the fixture asks for: what got out of the sandbox. */
  readonly strays: string[]
  close(): Promise<void>
}

const root = join(import.meta.dirname, '../..')

/** The real sandbox document, and the same with its walls taken out, to show that the suite can fail. */
const sandboxDocument = readFileSync(join(root, 'public/sandbox.html'), 'utf8')
const openDocument = sandboxDocument
  .replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '')
  .replace("if (self.origin !== 'null' || parent === self) return say('refused')", '')

/** Serves a bare page, the sandbox document and the bundles that they need, and writes down everything else. */
export const serveFixtures = async (): Promise<FixtureServer> => {
  const [page, worker, openWorker] = await Promise.all(
    ['page.ts', 'guest-worker.ts', 'open-guest-worker.ts'].map((file) =>
      bundle(join(import.meta.dirname, 'fixtures', file), false),
    ),
  )
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': ['text/html', '<!doctype html><meta charset="utf-8"><title>Fixture</title><script src="page.js"></script>'],
    '/other.html': ['text/html', '<!doctype html><title>Another window</title>'],
    '/page.js': ['text/javascript', page?.code ?? ''],
    '/guest-worker.js': ['text/javascript', worker?.code ?? ''],
    '/open-guest-worker.js': ['text/javascript', openWorker?.code ?? ''],
    '/sandbox.html': ['text/html', sandboxDocument],
    '/open.html': ['text/html', openDocument],
    '/favicon.ico': ['image/x-icon', ''],
  }
  const strays: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const file = Object.hasOwn(files, path) ? files[path] : undefined
    if (file === undefined) strays.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Type', `${file?.[0] ?? 'text/javascript'}; charset=utf-8`)
    response.end(file?.[1] ?? 'self.escaped = true')
  })
  server.on('upgrade', (request, socket) => {
    strays.push(request.url ?? '')
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    strays,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

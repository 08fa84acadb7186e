// npm run serve: the built page over HTTP with its precompressed files, as a production host would send them.
import { createServer } from 'node:http'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sirv from 'sirv'
import { root } from './setup.mjs'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4173' },
    host: { type: 'string', default: 'localhost' },
    dir: { type: 'string', default: 'dist' },
  },
})
const folder = join(root, values.dir)
if (!existsSync(join(folder, 'index.html'))) {
  console.error(`There is no built page in ${values.dir}. Run npm run build first.`)
  process.exit(2)
}
const files = sirv(folder, {
  brotli: true,
  gzip: true,
  etag: true,
  setHeaders(response, pathname) {
    // Hashed names never change their content; everything else is asked for again.
    response.setHeader(
      'Cache-Control',
      /\/assets\//.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
    response.setHeader('X-Content-Type-Options', 'nosniff')
  },
})
const server = createServer((request, response) => {
  files(request, response, () => {
    response.statusCode = 404
    response.end('Not found')
  })
})
let port = Number(values.port)
server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE' && port < Number(values.port) + 20) server.listen(++port, values.host)
  else {
    console.error(`The page cannot be served: ${error.message}`)
    process.exit(1)
  }
})
server.on('listening', () => console.log(`Witcraft is at http://${values.host}:${port}/  (Ctrl+C ends it)`))
server.listen(port, values.host)

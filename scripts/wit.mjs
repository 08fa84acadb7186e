// npm run wit: starts scripts/wit.ts from a bundle of it, which is made anew when a source has changed. TypeScript that is
// translated at each start, module by module, would take longer than the work itself.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const sources = [
  'scripts/wit.mjs',
  'scripts/wit.ts',
  'scripts/wit',
  'scripts/generate',
  'src/contract',
  'src/toolchain/wit',
  'src/wit',
]
const cache = join(root, '.cache', 'wit')

/** When a source was last written. Milliseconds. */
const newest = (path) => {
  const entry = statSync(path)
  const inside = entry.isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : []
  return Math.max(entry.mtimeMs, ...inside)
}

const bundle = join(cache, `${Math.max(...sources.map((path) => newest(join(root, path))))}.mjs`)
if (!existsSync(bundle)) {
  if (!existsSync(join(root, 'node_modules', 'rolldown'))) {
    console.error('Something is not installed: run npm ci, or npm start, once.')
    process.exit(2)
  }
  const { rolldown } = await import('rolldown')
  const built = await rolldown({ input: join(root, 'scripts/wit.ts'), platform: 'node' })
  mkdirSync(cache, { recursive: true })
  const before = readdirSync(cache)
  // Several may start at once: each makes its own, and the last one stays.
  const own = `${bundle}.${process.pid}`
  await built.write({ file: own, format: 'esm' })
  await built.close()
  renameSync(own, bundle)
  for (const name of before)
    if (name.endsWith('.mjs') && join(cache, name) !== bundle) rmSync(join(cache, name), { force: true })
}

// `npm run` goes to the project; paths are meant from where somebody stands.
if (process.env.npm_lifecycle_event === 'wit' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
// Who reads only the beginning, as `head` does, closes the pipe: that is no mistake.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
})

const { wit } = await import(pathToFileURL(bundle).href)
const { status, stdout, stderr } = wit(
  process.argv.slice(2),
  join(root, 'node_modules/@bytecodealliance/jco/lib/wit/builtin'),
)
process.stderr.write(stderr)
process.stdout.write(stdout)
process.exitCode = status

// npm run build: generated files, the pages, and their compressed forms. With --if-changed, only where an input changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'
import { compressFolder } from './compress.ts'

const stamp = join(root, 'dist', '.inputs')
const inputs = inputsHash()

if (process.argv.includes('--if-changed') && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) {
  console.log('Nothing changed since the last build.')
} else {
  console.log('Building…')
  step('npm', ['run', '--silent', 'generate'])
  step('npx', ['vite', 'build', '--logLevel', 'warn'])
  await compressFolder(join(root, 'dist'))
  writeFileSync(stamp, inputs)
}

function step(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

/** One hash over every file that the build reads. */
function inputsHash(): string {
  const hash = createHash('sha256')
  const add = (path: string) => hash.update(path).update(readFileSync(join(root, path)))
  for (const name of ['package-lock.json', 'vite.config.ts', 'index.html', 'tsconfig.json'])
    if (existsSync(join(root, name))) add(name)
  for (const folder of ['src', 'public', 'scripts'])
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).toSorted((a, b) =>
      `${a.parentPath}/${a.name}` < `${b.parentPath}/${b.name}` ? -1 : 1,
    ))
      if (entry.isFile()) add(join(entry.parentPath, entry.name).slice(root.length + 1))
  return hash.digest('hex')
}

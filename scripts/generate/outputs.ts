import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'generated')
export const outputPath = (file: string): string => join(folder, file)

export const readOutput = (file: string): string => readFileSync(outputPath(file), 'utf8')

export function writeOutput(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(outputPath(file)), { recursive: true })
  writeFileSync(outputPath(file), content)
}

export const writeJson = (file: string, value: unknown): void =>
  writeOutput(file, `${JSON.stringify(value, null, 1)}\n`)

/** Version of an installed package, or of this project for `.`. */
export function packageVersion(name: string): string {
  const path = join(root, name === '.' ? '' : join('node_modules', name), 'package.json')
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest))
    throw new Error(`no version in ${path}`)
  return `${name}@${String(manifest.version)}`.replace(/^\.@/, '')
}

/** One hash over the sources in `paths` (files, or folders with all that is in them), tests left out, and over `texts`. */
export function contentHash(paths: readonly string[], texts: readonly string[] = []): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => sources(join(root, path)))) {
    hash
      .update(`${relative(root, file)}\n`)
      .update(readFileSync(file))
      .update('\n')
  }
  for (const text of texts) hash.update(`${text}\n`)
  return hash.digest('hex').slice(0, 32)
}

function sources(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.ts$|\/testing\//.test(join(entry.parentPath, entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Which inputs each step was last run with. */
export class Stamps {
  private readonly stamps: Map<string, string>
  /** Steps that ran this time. */
  readonly made: string[] = []

  constructor() {
    const stamps: unknown = existsSync(outputPath('.stamps.json')) ? JSON.parse(readOutput('.stamps.json')) : {}
    this.stamps = new Map(Object.entries(typeof stamps === 'object' && stamps !== null ? stamps : {}))
  }

  /** Runs `work` unless it ran before with the same inputs and its files are still there. */
  step(name: string, inputs: readonly string[], files: readonly string[], work: () => void): void
  step(name: string, inputs: readonly string[], files: readonly string[], work: () => Promise<void>): Promise<void>
  step(
    name: string,
    inputs: readonly string[],
    files: readonly string[],
    work: () => void | Promise<void>,
  ): void | Promise<void> {
    const stamp = contentHash([], inputs)
    if (this.stamps.get(name) === stamp && files.every((file) => existsSync(outputPath(file)))) return undefined
    const done = () => {
      this.stamps.set(name, stamp)
      this.made.push(name)
      this.save()
    }
    const running = work()
    if (running instanceof Promise) return running.then(done)
    done()
    return undefined
  }

  save(): void {
    writeJson('.stamps.json', Object.fromEntries(this.stamps))
  }
}

import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** WIT that is checked together: one root package with its dependencies. */
export interface Input {
  /** By path below `shown`, as the front end takes them: `world.wit`, `deps/clocks/world.wit`. */
  readonly files: Readonly<Record<string, string>>
  /** What stands in front of a path of `files` to name the file as it was asked for. */
  readonly shown: string
  /** Files whose mistakes are told; absent: those of all. */
  readonly only?: string
}

export type Inputs =
  | {
      readonly ok: true
      readonly inputs: readonly Input[]
      /** Whether the paths, by what they are, stand for one package and no list, be it of one. */
      readonly isOne: boolean
    }
  | { readonly ok: false; readonly message: string }

export const isWit = (name: string): boolean => name.endsWith('.wit')
/** Dependencies may be there in binary form, or as a component's text. */
const isDependencyFile = (name: string): boolean => /\.(?:wit|wasm|wat)$/.test(name)

/** Binary files keep their bytes as characters: names are looked for in them. */
const read = (path: string): string => readFileSync(path, isWit(path) ? 'utf8' : 'latin1')

interface Entry {
  readonly name: string
  readonly path: string
  readonly kind: 'file' | 'folder' | 'linked folder'
}

/** What is in a folder; pipes and the like, and hidden links that lead nowhere (editors make such), are not. */
const entries = (folder: string): Entry[] =>
  readdirSync(folder)
    .toSorted()
    .flatMap((name): Entry[] => {
      const path = join(folder, name)
      const isLink = lstatSync(path).isSymbolicLink()
      const isWanted = isDependencyFile(name) && !name.startsWith('.')
      if (isLink && !isWanted && !existsSync(path)) return []
      const found = statSync(path)
      if (found.isDirectory()) return [{ name, path, kind: isLink ? 'linked folder' : 'folder' }]
      return found.isFile() ? [{ name, path, kind: 'file' }] : []
    })

/** The files of `deps/`: each file and each folder in it is a package, as WIT tools read it. */
function dependencies(folder: string): Record<string, string> {
  const files: Record<string, string> = {}
  const deps = join(folder, 'deps')
  if (!existsSync(deps) || !statSync(deps).isDirectory()) return files
  for (const { name, path, kind } of entries(deps)) {
    if (kind === 'file') {
      if (isDependencyFile(name)) files[`deps/${name}`] = read(path)
      continue
    }
    for (const inner of entries(path))
      if (inner.kind === 'file' && isDependencyFile(inner.name)) files[`deps/${name}/${inner.name}`] = read(inner.path)
  }
  return files
}

/** All WIT below a folder, by path: a project may keep it in folders of its own. A link to one may lead in a circle. */
function below(folder: string, prefix = ''): Record<string, string> {
  const files: Record<string, string> = {}
  for (const { name, path, kind } of entries(folder)) {
    if (kind === 'folder') {
      if (!isSkipped(name)) Object.assign(files, below(path, `${prefix}${name}/`))
    } else if (kind === 'file' && isWit(name)) files[prefix + name] = read(path)
  }
  return files
}

const isSkipped = (folder: string): boolean => folder === 'node_modules' || folder.startsWith('.')

/** The paths with one `/` at the end, as they were given otherwise. */
const asFolder = (path: string): string => (path.endsWith('/') ? path : `${path}/`)

/** A package, or those inside of a folder that is none. */
function folderInputs(folder: string): Input[] | Input {
  const shown = asFolder(folder)
  if (existsSync(join(folder, 'witcraft.json'))) {
    const files = below(folder)
    return Object.keys(files).length === 0 ? [] : { files, shown }
  }
  const all = entries(folder)
  const own = all.filter(({ name, kind }) => kind === 'file' && isWit(name))
  if (own.length > 0) {
    const files = Object.fromEntries(own.map(({ name, path }) => [name, read(path)]))
    return { files: { ...files, ...dependencies(folder) }, shown }
  }
  const inner = all.filter(({ name, kind }) => kind === 'folder' && !isSkipped(name))
  return inner.flatMap(({ name }) => folderInputs(shown + name))
}

/** A file is a package of its own; `deps/` beside it says what the packages are that it names. */
function fileInput(path: string): Input {
  const shown = path.slice(0, path.lastIndexOf('/') + 1)
  const name = path.slice(shown.length)
  return { files: { ...dependencies(dirname(path)), [name]: read(path) }, shown, only: name }
}

/** What the paths stand for, in their order. */
export function readInputs(paths: readonly string[]): Inputs {
  const inputs: Input[] = []
  let isOne = paths.length === 1
  for (const path of paths) {
    try {
      if (!existsSync(path)) return { ok: false, message: `There is no ${path}.` }
      const found = statSync(path)
      if (found.isDirectory()) {
        const inside = folderInputs(path)
        if (!Array.isArray(inside)) inputs.push(inside)
        else if (inside.length === 0) return { ok: false, message: `There is no WIT in ${path}.` }
        else {
          inputs.push(...inside)
          isOne = false
        }
      } else if (isWit(path) && found.isFile()) inputs.push(fileInput(path))
      else return { ok: false, message: `${path} is no WIT: the names of WIT files end with .wit.` }
    } catch (error) {
      const message = fileProblem(error)
      if (message === undefined) throw error
      return { ok: false, message }
    }
  }
  return { ok: true, inputs, isOne }
}

/** What the file system has against a path, as a line; `undefined` for errors of another kind. */
export function fileProblem(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined
  const { code, path } = error
  if (code === 'ENOENT') return `${path} is a link that leads nowhere, or is gone.`
  if (code === 'ELOOP') return `${path} is a link that leads in a circle.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `${path} is not accessible: ${code}.`
  return `${path} cannot be used: ${String(code)}.`
}

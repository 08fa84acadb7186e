import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
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
  | { readonly ok: true; readonly inputs: readonly Input[] }
  | { readonly ok: false; readonly message: string }

const isWit = (name: string): boolean => name.endsWith('.wit')
/** Dependencies may be there in binary form, or as a component's text. */
const isDependencyFile = (name: string): boolean => /\.(?:wit|wasm|wat)$/.test(name)

/** Binary files keep their bytes as characters: names are looked for in them. */
const read = (path: string): string => readFileSync(path, isWit(path) ? 'utf8' : 'latin1')

const entries = (folder: string): { name: string; path: string; isFolder: boolean }[] =>
  readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, path: join(folder, name), isFolder: statSync(join(folder, name)).isDirectory() }))

/** The files of `deps/`: each file and each folder in it is a package, as WIT tools read it. */
function dependencies(folder: string): Record<string, string> {
  const files: Record<string, string> = {}
  const deps = join(folder, 'deps')
  if (!existsSync(deps) || !statSync(deps).isDirectory()) return files
  for (const { name, path, isFolder } of entries(deps)) {
    if (!isFolder) {
      if (isDependencyFile(name)) files[`deps/${name}`] = read(path)
      continue
    }
    for (const inner of entries(path))
      if (!inner.isFolder && isDependencyFile(inner.name)) files[`deps/${name}/${inner.name}`] = read(inner.path)
  }
  return files
}

/** All WIT below a folder, by path: a project may keep it in folders of its own. */
function below(folder: string, prefix = ''): Record<string, string> {
  const files: Record<string, string> = {}
  for (const { name, path, isFolder } of entries(folder)) {
    if (isFolder) {
      if (!isSkipped(name)) Object.assign(files, below(path, `${prefix}${name}/`))
    } else if (isWit(name)) files[prefix + name] = read(path)
  }
  return files
}

const isSkipped = (folder: string): boolean => folder === 'node_modules' || folder.startsWith('.')

/** The paths with one `/` at the end, as they were given otherwise. */
const asFolder = (path: string): string => (path.endsWith('/') ? path : `${path}/`)

function folderInputs(folder: string): Input[] {
  const shown = asFolder(folder)
  if (existsSync(join(folder, 'witcraft.json'))) {
    const files = below(folder)
    return Object.keys(files).length === 0 ? [] : [{ files, shown }]
  }
  const all = entries(folder)
  const own = all.filter(({ name, isFolder }) => !isFolder && isWit(name))
  if (own.length > 0) {
    const files = Object.fromEntries(own.map(({ name, path }) => [name, read(path)]))
    return [{ files: { ...files, ...dependencies(folder) }, shown }]
  }
  const inner = all.filter(({ name, isFolder }) => isFolder && !isSkipped(name))
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
  for (const path of paths) {
    if (!existsSync(path)) return { ok: false, message: `There is no ${path}.` }
    if (statSync(path).isDirectory()) {
      const found = folderInputs(path)
      if (found.length === 0) return { ok: false, message: `There is no WIT in ${path}.` }
      inputs.push(...found)
    } else if (isWit(path)) inputs.push(fileInput(path))
    else return { ok: false, message: `${path} is no WIT: the names of WIT files end with .wit.` }
  }
  return { ok: true, inputs }
}

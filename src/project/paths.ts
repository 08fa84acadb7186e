/** Characters in a path of a project, at most. */
const longestPath = 240

/**
 * Whether `path` may name a file of a project: relative, `/` between segments, no segment that is empty or walks the
 * tree, nothing that a zip archive, a URL or a terminal would take for something else.
 */
export function isProjectPath(path: string): boolean {
  if (path.length === 0 || path.length > longestPath) return false
  return path.split('/').every(isSegment)
}

function isSegment(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return false
  // The names of an object's own machinery: harmless in our maps, not in everybody's.
  if (segment === '__proto__') return false
  if (segment !== segment.trim() || /\p{Surrogate}/u.test(segment)) return false
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u001f\u007f\\:*?"<>|]/.test(segment)
}

export const isWit = (path: string): boolean => path.endsWith('.wit')
export const isSource = (path: string): boolean => /\.(?:ts|js|mts|mjs)$/.test(path) && !path.endsWith('.d.ts')
export const isBinary = (path: string): boolean => path.endsWith('.wasm')

export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
/** The folder that a path is in; empty for the project itself. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))
export const joinPath = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)

/** Whether `path` is in `folder`, at any depth. The project itself is the empty folder. */
export const isInside = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`)

/** All folders of the given files, each before what is in it. */
export function foldersOf(paths: Iterable<string>): string[] {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders.add(path.slice(0, at))
  }
  return [...folders].toSorted()
}

/** Why a project with the files `taken` cannot have one more at `path`, in words; undefined where it can. */
export function pathProblem(path: string, taken: readonly string[]): string | undefined {
  if (path.trim() === '') return 'Type a name.'
  if (path.length > longestPath) return `Use ${longestPath} characters at most.`
  const segments = path.split('/')
  if (path.startsWith('/')) return 'Leave out the / at the start: paths begin at the project.'
  if (path.endsWith('/')) return 'Add the name of a file after the last /.'
  for (const segment of segments) {
    const problem = segmentProblem(segment)
    if (problem !== undefined) return problem
  }
  if (!isProjectPath(path)) return 'This name cannot be used. Choose another one.'
  return collision(path, taken)
}

function segmentProblem(segment: string): string | undefined {
  if (segment === '') return 'Leave out one of the two slashes.'
  if (segment === '.' || segment === '..') return `Leave out ${segment}: paths begin at the project.`
  if (segment === '__proto__') return 'The name __proto__ is reserved. Choose another one.'
  if (segment !== segment.trim()) return 'Leave out the space at the start or end of a name.'
  const [found] = /[\\:*?"<>|]/.exec(segment) ?? []
  return found === undefined ? undefined : `Leave out ${found}: names cannot have it.`
}

/** Archives and many disks do not tell names apart that differ in case only. */
function collision(path: string, taken: readonly string[]): string | undefined {
  const wanted = path.toLowerCase()
  for (const each of taken) {
    const other = each.toLowerCase()
    if (other === wanted) return `${each} exists already. Choose another name.`
    if (other.startsWith(`${wanted}/`)) return `${each.slice(0, path.length)} is a folder. Choose another name.`
    if (wanted.startsWith(`${other}/`)) return `${each} is a file, and files cannot hold others.`
  }
  return undefined
}

/** `path`, or the nearest name to it that is free: `a.ts`, `a-2.ts`. */
export function freePath(path: string, taken: readonly string[]): string {
  const dot = baseOf(path).lastIndexOf('.')
  const end = dot > 0 ? path.length - baseOf(path).length + dot : path.length
  for (let count = 2; ; count++) {
    if (collision(path, taken) === undefined) return path
    const next = `${path.slice(0, end).replace(/-\d+$/, '')}-${count}${path.slice(end)}`
    if (collision(next, taken) === undefined || count > taken.length + 2) return next
  }
}

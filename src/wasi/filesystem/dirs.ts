import { isBase64 } from './base64.ts'

/**
 * What a directory holds, as the project has it: a text is a file, an object is a directory, and an object with nothing
 * but a text named `base64` is a file with those bytes.
 */
export interface Tree {
  readonly [name: string]: Tree | string
}

/** A preopened directory. Where its `readonly` is a boolean, that says whether guests may change it. */
export interface Preopen {
  readonly [name: string]: Tree | string | boolean
}

/** Preopened directories by the path under which guests find them. */
export type Dirs = Readonly<Record<string, Preopen>>

/** What the directories of a project may hold together. */
export const dirsLimits = {
  /** Files and directories. */
  entries: 10_000,
  depth: 64,
  /** Of all texts and of all bytes as Base64. */
  characters: 16 * 1024 * 1024,
} as const

const longestName = 255
const longestPath = 1024
const encoder = new TextEncoder()

/** Why no file or directory can have this name, in words; undefined where one can. */
export const nameProblem = (name: string): string | undefined => {
  if (name === '') return 'Type a name.'
  if (name === '.' || name === '..') return `Choose another name: ${name} has a meaning of its own.`
  // The names of an object's own machinery: harmless in our maps, not in everybody's.
  if (name === '__proto__') return 'The name __proto__ is reserved. Choose another one.'
  if (name.includes('/')) return 'Leave out the /: this is one name.'
  if (name.includes('\0') || /\p{Surrogate}/u.test(name)) return 'This name cannot be used. Choose another one.'
  if (encoder.encode(name).length > longestName) return `Use ${longestName} bytes at most.`
  return undefined
}

/** Why no directory can be opened for guests under this path, in words; undefined where one can. */
export const guestPathProblem = (path: string): string | undefined => {
  if (path === '') return 'Type the path under which programs find it, such as /data.'
  if (path === '__proto__') return 'The name __proto__ is reserved. Choose another one.'
  if (path.includes('\0') || /\p{Surrogate}/u.test(path)) return 'This path cannot be used. Choose another one.'
  return path.length > longestPath ? `Use ${longestPath} characters at most.` : undefined
}

export const isFile = (item: Tree | string): boolean =>
  typeof item === 'string' || (typeof item.base64 === 'string' && Object.keys(item).length === 1)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with the input, after the name of the field. */
class Wrong extends Error {}

interface Left {
  entries: number
  characters: number
}

const count = (text: string, left: Left): string => {
  left.characters -= text.length
  if (left.characters < 0) throw new Wrong('holds more than 16 MiB')
  return text
}

const item = (value: unknown, path: string, depth: number, left: Left): Tree | string => {
  if (--left.entries < 0) throw new Wrong(`has more than ${dirsLimits.entries} files and folders`)
  if (typeof value === 'string') return count(value, left)
  if (!isRecord(value)) throw new Wrong(`has at ${path} neither a text nor an object`)
  if (typeof value['base64'] === 'string' && Object.keys(value).length === 1) {
    if (!isBase64(value['base64'])) throw new Wrong(`has at ${path} what is not Base64`)
    return Object.assign(Object.create(null), { base64: count(value['base64'], left) })
  }
  if (depth >= dirsLimits.depth) throw new Wrong(`has folders more than ${dirsLimits.depth} deep`)
  const tree: Record<string, Tree | string> = Object.create(null)
  for (const [name, each] of Object.entries(value)) tree[name] = named(name, each, path, depth, left)
  return tree
}

const named = (name: string, value: unknown, path: string, depth: number, left: Left): Tree | string => {
  if (nameProblem(name) !== undefined) throw new Wrong(`has at ${path} a name that no file can have`)
  return item(value, `${path}/${name}`.slice(0, 200), depth + 1, left)
}

const preopen = (value: unknown, path: string, left: Left): Preopen => {
  if (!isRecord(value)) throw new Wrong(`has at ${path} no object`)
  const tree: Record<string, Tree | string | boolean> = Object.create(null)
  for (const [name, each] of Object.entries(value)) {
    tree[name] = name === 'readonly' && typeof each === 'boolean' ? each : named(name, each, path, 0, left)
  }
  return tree
}

/** Reads directories from outside. `problem`: what is wrong with them, after the name of the field. */
export const parseDirs = (input: unknown): { readonly dirs: Dirs } | { readonly problem: string } => {
  const left: Left = { ...dirsLimits }
  const dirs: Record<string, Preopen> = Object.create(null)
  try {
    if (!isRecord(input)) throw new Wrong('is not an object')
    for (const [path, value] of Object.entries(input)) {
      if (guestPathProblem(path) !== undefined || --left.entries < 0) throw new Wrong('has a path that cannot be used')
      dirs[path] = preopen(value, path.slice(0, 100), left)
    }
    return { dirs }
  } catch (thrown) {
    if (!(thrown instanceof Wrong)) throw thrown
    return { problem: thrown.message }
  }
}

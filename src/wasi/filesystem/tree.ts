import { fromBase64, toBase64 } from './base64.ts'
import { type Dirs, isFile, type Preopen, type Tree } from './dirs.ts'

/** Files and directories as they are worked with, between the project's JSON and a run. */
export type Node = Uint8Array | Folder
export interface Folder {
  readonly entries: ReadonlyMap<string, Node>
}
export interface PreopenFolder extends Folder {
  readonly readonly: boolean
}

const encoder = new TextEncoder()
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/**
 * What has been read of a project before, by its JSON. For who reads the same directories again and again, as they are
 * edited: a run must not have it, since it writes into the bytes.
 */
export type KnownNodes = WeakMap<object, Node>

const node = (item: Tree | string, known?: KnownNodes): Node => {
  if (typeof item === 'string') return encoder.encode(item)
  const before = known?.get(item)
  if (before !== undefined) return before
  const read =
    isFile(item) && typeof item.base64 === 'string' ? fromBase64(item.base64) : folder(Object.entries(item), known)
  known?.set(item, read)
  return read
}

/** A file or a folder that is in a preopen. */
export const readItem = (item: Tree | string): Node => node(item)

/** In the order of the names: that of a project's JSON hangs on who wrote it. */
const folder = (items: readonly [string, Tree | string][], known?: KnownNodes): Folder => ({
  entries: new Map(items.toSorted(byName).map(([name, item]) => [name, node(item, known)])),
})

export const readPreopen = (preopen: Preopen, known?: KnownNodes): PreopenFolder => {
  const items = Object.entries(preopen).flatMap(([name, item]): [string, Tree | string][] =>
    typeof item === 'boolean' ? [] : [[name, item]],
  )
  return { ...folder(items, known), readonly: preopen['readonly'] === true }
}

export const readDirs = (dirs: Dirs, known?: KnownNodes): ReadonlyMap<string, PreopenFolder> =>
  new Map(
    Object.entries(dirs)
      .toSorted(byName)
      .map(([path, preopen]) => [path, readPreopen(preopen, known)]),
  )

/** The text that the bytes are in UTF-8; undefined where they are none. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The same, for people: none that could only be read as bytes. */
export const plainTextOf = (bytes: Uint8Array): string | undefined => (bytes.includes(0) ? undefined : textOf(bytes))

/** A file with these bytes, whether they are text or not. */
export const base64File = (bytes: Uint8Array): Tree => Object.assign(Object.create(null), { base64: toBase64(bytes) })

export const writeItem = (node: Node): Tree | string =>
  node instanceof Uint8Array ? (textOf(node) ?? base64File(node)) : writeTree(node)

const writeTree = ({ entries }: Folder): Tree => {
  const tree: Record<string, Tree | string> = Object.create(null)
  for (const [name, each] of entries) tree[name] = writeItem(each)
  // A directory with one file named `base64` would be read as a file.
  const only = entries.size === 1 ? entries.get('base64') : undefined
  if (only instanceof Uint8Array) tree['base64'] = base64File(only)
  return tree
}

/** A preopen as the project has it; undefined where it cannot be had: read-only with a file named `readonly`. */
export const writePreopen = (preopen: PreopenFolder): Preopen | undefined => {
  const tree: Record<string, Tree | string | boolean> = Object.create(null)
  for (const [name, each] of preopen.entries) tree[name] = writeItem(each)
  if (preopen.readonly) {
    if ('readonly' in tree) return undefined
    tree['readonly'] = true
  }
  return tree
}

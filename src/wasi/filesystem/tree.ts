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

const node = (item: Tree | string): Node => {
  if (typeof item === 'string') return encoder.encode(item)
  return isFile(item) && typeof item.base64 === 'string' ? fromBase64(item.base64) : folder(Object.entries(item))
}

/** In the order of the names: that of a project's JSON hangs on who wrote it. */
const folder = (items: readonly [string, Tree | string][]): Folder => ({
  entries: new Map(items.toSorted(byName).map(([name, item]) => [name, node(item)])),
})

export const readPreopen = (preopen: Preopen): PreopenFolder => {
  const items = Object.entries(preopen).flatMap(([name, item]): [string, Tree | string][] =>
    typeof item === 'boolean' ? [] : [[name, item]],
  )
  return { ...folder(items), readonly: preopen['readonly'] === true }
}

export const readDirs = (dirs: Dirs): ReadonlyMap<string, PreopenFolder> =>
  new Map(
    Object.entries(dirs)
      .toSorted(byName)
      .map(([path, preopen]) => [path, readPreopen(preopen)]),
  )

/** The text that the bytes are in UTF-8; undefined where they are none. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const base64 = (bytes: Uint8Array): Tree => Object.assign(Object.create(null), { base64: toBase64(bytes) })

const writeItem = (node: Node): Tree | string =>
  node instanceof Uint8Array ? (textOf(node) ?? base64(node)) : writeTree(node)

const writeTree = ({ entries }: Folder): Tree => {
  const tree: Record<string, Tree | string> = Object.create(null)
  for (const [name, each] of entries) tree[name] = writeItem(each)
  // A directory with one file named `base64` would be read as a file.
  const only = entries.size === 1 ? entries.get('base64') : undefined
  if (only instanceof Uint8Array) tree['base64'] = base64(only)
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

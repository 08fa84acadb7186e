import { type Dirs, isFile, type Preopen, type Tree } from './dirs.ts'
import {
  base64File,
  type Folder,
  type Node,
  type PreopenFolder,
  readItem,
  readPreopen,
  writeItem,
  writePreopen,
} from './tree.ts'

/** Where something is among the directories of a project. */
export interface FilePlace {
  readonly preopen: string
  /** From the preopen on, without a slash at either end; empty for the preopen itself. */
  readonly path: string
}

const namesOf = (path: string): string[] => (path === '' ? [] : path.split('/'))
const isFolder = (node: Node | undefined): node is Folder => node !== undefined && !(node instanceof Uint8Array)

const preopenAt = (dirs: Dirs, path: string): PreopenFolder | undefined => {
  const preopen = Object.hasOwn(dirs, path) ? dirs[path] : undefined
  return preopen && readPreopen(preopen)
}

export const nodeIn = (folder: Folder | undefined, path: string): Node | undefined =>
  namesOf(path).reduce<Node | undefined>((node, name) => (isFolder(node) ? node.entries.get(name) : undefined), folder)

/** What a project has in a preopen, without reading what is around it. */
export const itemAt = (dirs: Dirs, { preopen, path }: FilePlace): Tree | string | undefined => {
  let at: Tree | string | boolean | undefined
  let inside: Preopen | undefined = Object.hasOwn(dirs, preopen) ? dirs[preopen] : undefined
  for (const name of namesOf(path)) {
    at = inside && Object.hasOwn(inside, name) ? inside[name] : undefined
    inside = typeof at === 'object' && !isFile(at) ? at : undefined
  }
  return typeof at === 'boolean' ? undefined : at
}

export const nodeAt = (dirs: Dirs, place: FilePlace): Node | undefined => {
  if (place.path === '') return preopenAt(dirs, place.preopen)
  const item = itemAt(dirs, place)
  return item === undefined ? undefined : readItem(item)
}

/** The folder with another node at the path, or without one; undefined where a file is in the way. */
export const withNode = (folder: Folder, path: string, node: Node | undefined): Folder | undefined =>
  withNames(folder, namesOf(path), node)

const withNames = (folder: Folder, [name, ...rest]: readonly string[], node: Node | undefined): Folder | undefined => {
  if (name === undefined) return isFolder(node) ? node : undefined
  const entries = new Map(folder.entries)
  const old = entries.get(name)
  let next = node
  if (rest.length > 0) {
    if (old === undefined && node === undefined) return folder
    if (old !== undefined && !isFolder(old)) return undefined
    next = withNames(old ?? { entries: new Map() }, rest, node)
    if (next === undefined) return undefined
  }
  if (next === undefined) entries.delete(name)
  else entries.set(name, next)
  return { entries }
}

/** Undefined where the file `readonly` is in a read-only preopen. */
export const withPreopen = (dirs: Dirs, path: string, folder: PreopenFolder): Dirs | undefined => {
  const preopen = writePreopen(folder)
  return preopen && Object.assign(Object.create(null), dirs, { [path]: preopen })
}

/**
 * The directories with a file or a folder put at the place, and the folders on the way to it; without a node: with
 * nothing there. Undefined where that cannot be: a file is in the way, or the file `readonly` in a read-only preopen.
 */
export const withFile = (dirs: Dirs, { preopen, path }: FilePlace, node: Node | undefined): Dirs | undefined => {
  if (path === '') {
    const rest: Record<string, Dirs[string]> = Object.assign(Object.create(null), dirs)
    if (node === undefined) delete rest[preopen]
    return isFolder(node) ? withPreopen(rest, preopen, { readonly: false, ...node }) : rest
  }
  const before = Object.hasOwn(dirs, preopen) ? dirs[preopen] : undefined
  const next = before && withItem(before, namesOf(path), node && writeItem(node))
  return next && Object.assign(Object.create(null), dirs, { [preopen]: next })
}

type Items<T> = Readonly<Record<string, T>>

/** Only the folders on the way are made anew: the others stay the objects that they were. */
const withItem = <T extends Tree | string | boolean>(
  inside: Items<T>,
  [name = '', ...rest]: readonly string[],
  item: Tree | string | undefined,
): Items<T | Tree | string> | undefined => {
  const old = Object.hasOwn(inside, name) ? inside[name] : undefined
  if (item === undefined && (old === undefined || typeof old === 'boolean')) return inside
  // The mark `readonly` is no file.
  if (typeof old === 'boolean') return undefined
  let next = item
  if (rest.length > 0) {
    if (old !== undefined && isFile(old)) return undefined
    const deeper = withItem<Tree | string>(typeof old === 'object' ? old : {}, rest, item)
    if (deeper === undefined) return undefined
    next = asFolder(deeper)
  }
  const items: Record<string, T | Tree | string> = Object.assign(Object.create(null), inside)
  if (next === undefined) delete items[name]
  else items[name] = next
  return items
}

/** A folder with one file named `base64` would be read as a file. */
const asFolder = (items: Tree): Tree => {
  const { base64 } = items
  if (typeof base64 !== 'string' || Object.keys(items).length > 1) return items
  return Object.assign(Object.create(null), { base64: base64File(new TextEncoder().encode(base64)) })
}

/** Undefined where a file `readonly` is in the way of the mark. */
export const withReadonly = (dirs: Dirs, preopen: string, readonly: boolean): Dirs | undefined => {
  const folder = preopenAt(dirs, preopen)
  return folder && withPreopen(dirs, preopen, { ...folder, readonly })
}

/** Files and folders in a node, itself included. */
export const countIn = (node: Node): number =>
  isFolder(node) ? [...node.entries.values()].reduce((sum, each) => sum + countIn(each), 1) : 1

/** Of all texts and of all bytes as Base64, which is what `dirsLimits` counts. */
export const charactersIn = (items: Dirs | Preopen): number =>
  Object.values(items).reduce<number>(
    (sum, each: Preopen | string | boolean) =>
      sum + (typeof each === 'string' ? each.length : typeof each === 'object' ? charactersIn(each) : 0),
    0,
  )

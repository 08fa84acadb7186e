import type { Dirs } from './dirs.ts'
import { type Folder, type Node, type PreopenFolder, readPreopen, writePreopen } from './tree.ts'

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

export const nodeAt = (dirs: Dirs, { preopen, path }: FilePlace): Node | undefined =>
  nodeIn(preopenAt(dirs, preopen), path)

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
  const before = preopenAt(dirs, preopen)
  if (path === '') {
    const rest: Record<string, Dirs[string]> = Object.assign(Object.create(null), dirs)
    if (node === undefined) delete rest[preopen]
    return isFolder(node) ? withPreopen(rest, preopen, { readonly: false, ...node }) : rest
  }
  const next = before && withNode(before, path, node)
  return next && withPreopen(dirs, preopen, { ...next, readonly: before.readonly })
}

/** Undefined where a file `readonly` is in the way of the mark. */
export const withReadonly = (dirs: Dirs, preopen: string, readonly: boolean): Dirs | undefined => {
  const folder = preopenAt(dirs, preopen)
  return folder && withPreopen(dirs, preopen, { ...folder, readonly })
}

/** Files and folders in a node, itself included. */
export const countIn = (node: Node): number =>
  isFolder(node) ? [...node.entries.values()].reduce((sum, each) => sum + countIn(each), 1) : 1

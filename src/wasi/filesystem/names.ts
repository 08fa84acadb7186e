import { refuse } from './errors.ts'
import { checkPath, type Place, resolve } from './resolve.ts'
import type { Directory, Entry, Volume } from './volume.ts'

/** What makes, moves and removes names. */

/** A directory as a descriptor gives it. */
export interface Base {
  readonly directory: Directory
  readonly mutable: boolean
}

/** types.wit: such operations "shall fail with read-only if they would otherwise succeed", so this is asked last. */
const writable = ({ mutable }: Base): void => {
  if (!mutable) refuse('read-only')
}

/** The directory and the name of a place that nothing is at. */
const free = ({ directory, name, entry, slash }: Place, kind: Entry['kind']): [Directory, string] => {
  if (entry) refuse('exist')
  if (slash && kind !== 'directory') refuse('no-entry')
  return directory ? [directory, name] : refuse('exist')
}

export const createDirectory = (volume: Volume, base: Base, path: string): void => {
  const [directory, name] = free(resolve(base.directory, path, 'never'), 'directory')
  writable(base)
  volume.insert(directory, name, volume.directory())
}

export const createLink = (volume: Volume, base: Base, target: string, path: string): void => {
  checkPath(target)
  const [directory, name] = free(resolve(base.directory, path, 'never'), 'symbolic-link')
  writable(base)
  volume.insert(directory, name, volume.link(target))
}

export const readLink = (base: Base, path: string): string => {
  const { entry } = resolve(base.directory, path, 'slash')
  if (!entry) return refuse('no-entry')
  return entry.kind === 'symbolic-link' ? entry.target : refuse('invalid')
}

/** `link-at` */
export const link = (volume: Volume, from: Base, oldPath: string, to: Base, newPath: string): void => {
  const { entry, slash } = resolve(from.directory, oldPath, 'never')
  if (!entry) return refuse('no-entry')
  if (entry.kind === 'directory') refuse('not-permitted')
  if (slash) refuse('not-directory')
  const [directory, name] = free(resolve(to.directory, newPath, 'never'), entry.kind)
  writable(from)
  writable(to)
  volume.insert(directory, name, entry)
}

export const removeDirectory = (volume: Volume, base: Base, path: string): void => {
  const { directory, name, entry, slash } = resolve(base.directory, path, 'never')
  if (!entry) return refuse('no-entry')
  // A slash leads through a link, possibly out of the base, but what it leads to is not what the name is of.
  if (entry.kind === 'symbolic-link' && slash) resolve(base.directory, path, 'always')
  if (entry.kind !== 'directory') return refuse('not-directory')
  if (!directory) return refuse('invalid')
  if (entry.entries.size > 0) refuse('not-empty')
  writable(base)
  volume.remove(directory, name, entry)
}

export const unlinkFile = (volume: Volume, base: Base, path: string): void => {
  const { directory, name, entry, slash } = resolve(base.directory, path, 'never')
  if (!entry) return refuse('no-entry')
  if (entry.kind === 'directory' || !directory) return refuse('is-directory')
  if (slash) refuse('not-directory')
  writable(base)
  volume.remove(directory, name, entry)
}

/** Whether `directory` is `of`, or in it at any depth. */
const isWithin = (directory: Directory | undefined, of: Entry): boolean => {
  for (let at = directory; at; at = at.parent) if (at === of) return true
  return false
}

/** `rename-at`: POSIX, rename(). */
export const rename = (volume: Volume, from: Base, oldPath: string, to: Base, newPath: string): void => {
  const old = resolve(from.directory, oldPath, 'never')
  const place = resolve(to.directory, newPath, 'never')
  const { entry } = old
  if (!entry) return refuse('no-entry')
  if (!old.directory || !place.directory) return refuse('invalid')
  if (entry.kind === 'directory') {
    if (isWithin(place.directory, entry)) refuse('invalid')
    if (place.entry && place.entry.kind !== 'directory') refuse('not-directory')
  } else {
    if (place.entry?.kind === 'directory') refuse('is-directory')
    if (old.slash || place.slash) refuse('not-directory')
  }
  if (place.entry?.kind === 'directory' && place.entry !== entry && place.entry.entries.size > 0) refuse('not-empty')
  writable(from)
  writable(to)
  // Two names of one object: "rename() shall return successfully and perform no other action".
  if (place.entry === entry) return
  if (place.directory.links === 0) refuse('no-entry')
  volume.admitRename(entry, old.name, place.name)
  // The object is held meanwhile: it has no name for a moment.
  volume.hold(entry)
  volume.remove(old.directory, old.name, entry)
  if (place.entry) volume.remove(place.directory, place.name, place.entry)
  volume.insert(place.directory, place.name, entry)
  volume.release(entry)
}

import { refuse } from './errors.ts'
import type { Directory, Entry } from './volume.ts'

/** Where a path leads. */
export interface Place {
  /** The directory that the last name is looked up in; none where the path ends in `.` or `..`. */
  readonly directory?: Directory
  readonly name: string
  /** What is there; undefined where the name is free. */
  readonly entry: Entry | undefined
  /** The path ends in a slash: it means a directory. */
  readonly slash: boolean
}

/**
 * Whether a symbolic link at the end is followed: `always`; `slash`: where a slash comes after it; `never`, by what makes
 * and removes names.
 */
export type Follow = 'always' | 'slash' | 'never'

/** As in Linux: NAME_MAX and PATH_MAX in bytes of UTF-8, and links that one path may lead through. */
const longestName = 255
const longestPath = 4096
const mostLinks = 40

const encoder = new TextEncoder()
const longer = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && encoder.encode(text).length > bytes)

/** What is wrong with a path wherever it is used, and with a link's text. */
export const checkPath = (path: string): void => {
  if (path === '') refuse('no-entry')
  if (path.includes('\0')) refuse('invalid')
  if (path.startsWith('/')) refuse('not-permitted')
  if (longer(path, longestPath)) refuse('name-too-long')
}

/** The names of a path, the first one last. */
const pending = (path: string): string[] =>
  path
    .split('/')
    .filter((name) => name !== '')
    .toReversed()

/**
 * Walks a path from a directory that it never leaves: types.wit, "if any step of resolving a path, including `..` and
 * symbolic link steps, reaches a directory outside of the base directory … the function fails with not-permitted".
 */
export const resolve = (base: Directory, path: string, follow: Follow): Place => {
  checkPath(path)
  const names = pending(path)
  /** From the base to where the walk has got to. */
  const walked: Directory[] = [base]
  let slash = path.endsWith('/')
  let links = 0
  for (;;) {
    const directory = walked.at(-1) ?? base
    const name = names.pop()
    // Only a link's text can have no name that is left, such as `./`.
    if (name === undefined) return { name: '.', entry: directory, slash }
    const last = names.length === 0
    if (name === '.' || name === '..') {
      if (name === '..' && walked.length === 1) refuse('not-permitted')
      if (name === '..') walked.pop()
      if (last) return { name, entry: walked.at(-1) ?? base, slash }
      continue
    }
    if (longer(name, longestName)) refuse('name-too-long')
    const entry = directory.entries.get(name)
    if (entry === undefined && !last) refuse('no-entry')
    if (entry?.kind === 'symbolic-link' && (!last || follow === 'always' || (follow === 'slash' && slash))) {
      if (++links > mostLinks) refuse('loop')
      checkPath(entry.target)
      if (last) slash ||= entry.target.endsWith('/')
      names.push(...pending(entry.target))
      continue
    }
    if (last) {
      if (slash && entry?.kind === 'regular-file') refuse('not-directory')
      return { directory, name, entry, slash }
    }
    if (entry?.kind !== 'directory') refuse('not-directory')
    else walked.push(entry)
  }
}

import { refuse } from './errors.ts'
import { checkPath, resolve } from './resolve.ts'
import type { Directory, Entry, RegularFile, Volume } from './volume.ts'

export interface PathFlags {
  readonly symlinkFollow?: boolean
}

export interface OpenFlags {
  readonly create?: boolean
  readonly directory?: boolean
  readonly exclusive?: boolean
  readonly truncate?: boolean
}

export interface DescriptorFlags {
  readonly read?: boolean
  readonly write?: boolean
  readonly fileIntegritySync?: boolean
  readonly dataIntegritySync?: boolean
  readonly requestedWriteSync?: boolean
  readonly mutateDirectory?: boolean
}

/** What a descriptor stands for. */
export interface Opened {
  readonly entry: Directory | RegularFile
  readonly flags: Required<DescriptorFlags>
  /**
   * Whether it, and what is opened through it, may be changed: that of the preopen. Not the flag `mutate-directory`: the
   * preview1 adapter never asks for it, and its programs change what is in the directories that they open.
   */
  readonly mutable: boolean
}

const flagsOf = (entry: Entry, asked: DescriptorFlags, write: boolean): Required<DescriptorFlags> => ({
  // A descriptor can always do something: without a flag it reads.
  read: entry.kind === 'directory' || asked.read === true || !write,
  write,
  fileIntegritySync: asked.fileIntegritySync === true,
  dataIntegritySync: asked.dataIntegritySync === true,
  requestedWriteSync: asked.requestedWriteSync === true,
  mutateDirectory: entry.kind === 'directory' && asked.mutateDirectory === true,
})

/** A preopen. */
export const opened = (root: Directory, mutable: boolean): Opened => ({
  entry: root,
  flags: flagsOf(root, { mutateDirectory: mutable }, false),
  mutable,
})

/** `open-at` */
export const open = (
  volume: Volume,
  base: Directory,
  mutable: boolean,
  pathFlags: PathFlags,
  path: string,
  how: OpenFlags,
  asked: DescriptorFlags,
): Opened => {
  checkPath(path)
  if (how.directory && (how.create || how.exclusive || how.truncate)) refuse('invalid')
  if (!mutable && (asked.write || asked.mutateDirectory || how.create || how.truncate)) refuse('read-only')
  const exclusive = how.create === true && how.exclusive === true
  const follow = exclusive ? 'never' : pathFlags.symlinkFollow ? 'always' : 'slash'
  const { directory, name, entry, slash } = resolve(base, path, follow)
  if (entry && exclusive) refuse('exist')
  const write = asked.write === true || how.create === true || how.truncate === true
  switch (entry?.kind) {
    case undefined: {
      if (!how.create || !directory) return refuse('no-entry')
      if (slash) refuse('is-directory')
      const made = volume.file()
      volume.insert(directory, name, made)
      return { entry: made, flags: flagsOf(made, asked, write), mutable }
    }
    case 'symbolic-link':
      return refuse(how.directory ? 'not-directory' : 'loop')
    case 'directory':
      if (write) refuse('is-directory')
      return { entry, flags: flagsOf(entry, asked, false), mutable }
    case 'regular-file':
      if (how.directory) refuse('not-directory')
      if (how.truncate && entry.content.size > 0) volume.resize(entry, 0n)
      return { entry, flags: flagsOf(entry, asked, write), mutable }
  }
}

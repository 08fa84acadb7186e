import type { HostContext } from '../context.ts'
import type { ServedInterface } from '../gate.ts'
import { type FileChanges, changesOf, type Preopened } from './changes.ts'
import { createDescriptors } from './descriptor.ts'
import type { ErrorCode } from './errors.ts'
import { FileFailure } from './file-streams.ts'
import { opened } from './open.ts'
import { type Folder, readDirs } from './tree.ts'
import { type Directory, Volume } from './volume.ts'

export interface Filesystem {
  readonly interfaces: Readonly<Record<string, ServedInterface>>
  /** 0 until the run changes something, and other than before once it may have changed something more. */
  readonly revision: number
  /** What the run has changed so far. */
  changes(): FileChanges
}

const fill = (volume: Volume, directory: Directory, folder: Folder): void => {
  for (const [name, node] of folder.entries) {
    const isFile = node instanceof Uint8Array
    const entry = isFile ? volume.file(node) : volume.directory()
    volume.insert(directory, name, entry)
    if (!isFile && entry.kind === 'directory') fill(volume, entry, node)
  }
}

/** wasi:filesystem: `preopens` and `types`, on a tree in memory that is the run's own. */
export const createFilesystem = ({ settings, time, io, memory }: HostContext): Filesystem => {
  const volume = new Volume(() => time.wall(time.peek()), memory)
  const preopens = [...readDirs(settings.dirs ?? {})].map(([path, start]): Preopened & { mutable: boolean } => {
    const root = volume.root()
    fill(volume, root, start)
    return { path, root, start, mutable: !start.readonly }
  })
  const began = volume.revision
  const { resources, descriptor } = createDescriptors(volume, io)
  return {
    get revision() {
      return volume.revision - began
    },
    changes: () => (volume.revision === began ? { changes: [], more: 0 } : changesOf(preopens)),
    interfaces: {
      'wasi:filesystem/preopens': {
        functions: {
          'get-directories': () => preopens.map(({ root, path, mutable }) => [descriptor(opened(root, mutable)), path]),
        },
      },
      'wasi:filesystem/types': {
        resources,
        functions: {
          'filesystem-error-code': (error: object): ErrorCode | undefined => {
            const cause = io.causeOf(error)
            return cause instanceof FileFailure ? cause.code : undefined
          },
        },
        refusal: () => 'not-permitted',
        infallible: ['[method]descriptor.is-same-object', 'filesystem-error-code'],
      },
    },
  }
}

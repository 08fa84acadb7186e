import type { Folder } from './tree.ts'
import type { Directory, Entry } from './volume.ts'

/** What a run did to one name, against the start of the run. */
export interface FileChange {
  /** The path of the preopen, and from there on; empty for the preopen itself. */
  readonly preopen: string
  readonly path: string
  /** `changed`: another content, or something of another kind. Of what was removed only the topmost is told. */
  readonly change: 'created' | 'changed' | 'removed'
  readonly kind: 'file' | 'directory' | 'link'
  /** Of a file that is there now. They are those of the file, and change with it. */
  readonly bytes?: Uint8Array
  /** Of a link that is there now. */
  readonly target?: string
}

export interface FileChanges {
  readonly changes: readonly FileChange[]
  /** Changes that are not told, because there are too many, or their path is too long. */
  readonly more: number
}

/** One preopened directory with what it held at the start. */
export interface Preopened {
  readonly path: string
  readonly root: Directory
  readonly start: Folder
}

const mostChanges = 1000
const longestPath = 4096

const kindOf = (entry: Entry): FileChange['kind'] =>
  entry.kind === 'directory' ? 'directory' : entry.kind === 'symbolic-link' ? 'link' : 'file'

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a === b || (a.length === b.length && a.every((byte, at) => byte === b[at]))

/** Walks without recursion: a guest may have made a tree of any depth. */
export const changesOf = (preopens: readonly Preopened[]): FileChanges => {
  const changes: FileChange[] = []
  let more = 0
  const told = (change: FileChange): void => {
    if (changes.length < mostChanges && change.path.length <= longestPath) changes.push(change)
    else more++
  }
  const now = (entry: Entry): Partial<FileChange> =>
    entry.kind === 'regular-file'
      ? { bytes: entry.content.view }
      : entry.kind === 'symbolic-link'
        ? { target: entry.target }
        : {}

  for (const { path: preopen, root, start } of preopens) {
    const pending: { readonly path: string; readonly now: Directory; readonly start: Folder | undefined }[] = [
      { path: '', now: root, start },
    ]
    for (let at = pending.pop(); at; at = pending.pop()) {
      const prefix = at.path === '' ? '' : `${at.path}/`
      for (const [name, entry] of at.now.entries) {
        const before = at.start?.entries.get(name)
        const path = prefix + name
        const isFolder = before !== undefined && !(before instanceof Uint8Array)
        const unchanged =
          entry.kind === 'directory'
            ? isFolder
            : before instanceof Uint8Array && entry.kind === 'regular-file' && same(entry.content.view, before)
        if (!unchanged) {
          told({ preopen, path, change: before ? 'changed' : 'created', kind: kindOf(entry), ...now(entry) })
        }
        if (entry.kind === 'directory') pending.push({ path, now: entry, start: isFolder ? before : undefined })
      }
      for (const [name, before] of at.start?.entries ?? []) {
        if (at.now.entries.has(name)) continue
        const kind = before instanceof Uint8Array ? 'file' : 'directory'
        told({ preopen, path: prefix + name, change: 'removed', kind })
      }
    }
  }
  return { changes, more }
}

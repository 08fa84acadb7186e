import type { FileChange } from '../../wasi/filesystem/changes.ts'
import type { WasiHost } from '../../wasi/host.ts'
import { caps } from '../protocol.ts'
import type { FileNote, WorldEvent } from '../world-events.ts'

/** FNV-1a, twice with 32 bits: tells files apart that are not shown. */
const digestOf = (bytes: Uint8Array): string => {
  let [a, b] = [0x811c9dc5, 0xcbf29ce4]
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193)
    b = Math.imul(b ^ byte, 0x01000197)
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}

/** What the page is told of the changes; the bytes are copies, since a view would take all of its buffer along. */
const notes = (changes: readonly FileChange[]): { changes: FileNote[]; left: number } => {
  let fileBytes: number = caps.fileBytes
  let text: number = caps.text
  const told: FileNote[] = []
  for (const { bytes, ...change } of changes) {
    text -= change.preopen.length + change.path.length + (change.target?.length ?? 0)
    if (text < 0) break
    if (bytes === undefined) told.push(change)
    else if (bytes.length > fileBytes) told.push({ ...change, size: bytes.length, digest: digestOf(bytes) })
    else {
      fileBytes -= bytes.length
      told.push({ ...change, size: bytes.length, bytes: bytes.slice() })
    }
  }
  return { changes: told, left: changes.length - told.length }
}

/** Tells of the changed files, all of them, where there may be another one since this was called last. */
export const fileEvents = (files: WasiHost['files'], tell: (event: WorldEvent) => void): (() => void) => {
  let revision = 0
  return () => {
    if (files.revision === revision) return
    revision = files.revision
    const { changes, more } = files.changes()
    const { changes: told, left } = notes(changes)
    tell({ kind: 'files', changes: told, more: more + left })
  }
}

import type { FileNote } from '../../../runner/runner.ts'
import type { FilePlace } from '../../../wasi/filesystem/edit.ts'
import type { Node, PreopenFolder } from '../../../wasi/filesystem/tree.ts'
import type { TreeRow } from '../../explorer/tree-rows.ts'

/** A line of the tree: a preopened directory, or something in one, as the project has it and as the last run left it. */
export interface WorldRow extends TreeRow, FilePlace {
  readonly kind: 'preopen' | 'folder' | 'file' | 'link'
  readonly readonly: boolean
  /** Of a file, in bytes. */
  readonly bytes?: number
  /** What the last run did to it, where nobody has decided on that yet. */
  readonly note?: FileNote
}

/** A preopen has a name of its own in the ids, which holds no slash. */
export const rowId = ({ preopen, path }: FilePlace): string => `${encodeURIComponent(preopen)}/${path}`

/** What is at a name: in the project, changed by the run, or both. */
interface Merged {
  node?: Node | undefined
  note?: FileNote
  readonly inside: Map<string, Merged>
}

const merged = (node: Node | undefined): Merged => ({
  node,
  inside: new Map(
    node && !(node instanceof Uint8Array) ? [...node.entries].map(([name, each]) => [name, merged(each)]) : [],
  ),
})

function mark(root: Merged, note: FileNote): void {
  let at = root
  for (const name of note.path.split('/')) {
    let next = at.inside.get(name)
    if (next === undefined) at.inside.set(name, (next = merged(undefined)))
    at = next
  }
  at.note = note
  // Nothing is in it any more: the folder says so for all that was.
  if (note.change === 'removed' || note.kind !== 'directory') at.inside.clear()
}

const isFolder = ({ node, note, inside }: Merged): boolean =>
  note === undefined || note.change === 'removed'
    ? inside.size > 0 || (node !== undefined && !(node instanceof Uint8Array))
    : note.kind === 'directory'

const byName = ([a, one]: [string, Merged], [b, other]: [string, Merged]): number =>
  Number(isFolder(other)) - Number(isFolder(one)) || a.localeCompare(b)

/** More are no tree that anybody reads, and would hold up the page. */
export const mostRows = 1000

/** The rows in sight, folders first, up to `mostRows` of them. */
export function worldRows(
  dirs: ReadonlyMap<string, PreopenFolder>,
  notes: readonly FileNote[],
  collapsed: ReadonlySet<string>,
): WorldRow[] {
  const rows: WorldRow[] = []

  function add(inside: ReadonlyMap<string, Merged>, above: FilePlace, level: number, readonly: boolean): void {
    const entries = [...inside].toSorted(byName)
    for (const [index, [name, each]] of entries.entries()) {
      if (rows.length >= mostRows) return
      const place = { preopen: above.preopen, path: above.path === '' ? name : `${above.path}/${name}` }
      const id = rowId(place)
      const folder = isFolder(each)
      const gone = each.note?.change === 'removed'
      const size = each.note?.size ?? (each.node instanceof Uint8Array ? each.node.length : undefined)
      const expanded = folder && !gone ? !collapsed.has(id) : undefined
      rows.push({
        ...place,
        id,
        name,
        level,
        position: index + 1,
        size: entries.length,
        readonly,
        kind: folder ? 'folder' : each.note?.kind === 'link' && !gone ? 'link' : 'file',
        ...(expanded !== undefined && { expanded }),
        ...(!folder && size !== undefined && { bytes: size }),
        ...(each.note && { note: each.note }),
      })
      if (expanded) add(each.inside, place, level + 1, readonly)
    }
  }

  for (const [index, [preopen, folder]] of [...dirs].entries()) {
    const root = merged(folder)
    for (const note of notes) if (note.preopen === preopen) mark(root, note)
    const place = { preopen, path: '' }
    const id = rowId(place)
    const expanded = !collapsed.has(id)
    const { readonly } = folder
    const common = { level: 1, position: index + 1, size: dirs.size }
    rows.push({ ...place, ...common, id, name: preopen, readonly, kind: 'preopen', expanded })
    if (expanded) add(root.inside, place, 2, readonly)
  }
  return rows
}

import { baseOf, folderOf, foldersOf, isBinary, isInside } from '../../project/paths.ts'

/** A line of a tree as it is drawn: trees are drawn as lists whose items know their level. */
export interface TreeRow {
  readonly id: string
  readonly name: string
  /** From 1. */
  readonly level: number
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number
  readonly size: number
  /** Absent where nothing can be inside. */
  readonly expanded?: boolean
}

export interface FileRow extends TreeRow {
  readonly kind: 'folder' | 'text' | 'binary'
  /** Files in a folder, at any depth. */
  readonly files: number
}

/** Files first, the main ones before the others, then folders: the files at the top are what a project is about. */
export function fileRows(
  paths: readonly string[],
  emptyFolders: readonly string[],
  { main, collapsed }: { readonly main: readonly string[]; readonly collapsed: ReadonlySet<string> },
): FileRow[] {
  const folders = foldersOf([...paths, ...emptyFolders.map((path) => `${path}/`)])
  const rows: FileRow[] = []
  const rank = (path: string): number => (main.includes(path) ? main.indexOf(path) : main.length)
  const byName = (a: string, b: string): number => rank(a) - rank(b) || baseOf(a).localeCompare(baseOf(b))

  function add(folder: string, level: number): void {
    const files = paths.filter((path) => folderOf(path) === folder).toSorted(byName)
    const inner = folders.filter((path) => folderOf(path) === folder).toSorted(byName)
    const size = files.length + inner.length
    for (const [index, path] of [...files, ...inner].entries()) {
      const row = { id: path, name: baseOf(path), level, position: index + 1, size }
      if (index < files.length) {
        rows.push({ ...row, kind: isBinary(path) ? 'binary' : 'text', files: 0 })
        continue
      }
      const expanded = !collapsed.has(path)
      rows.push({ ...row, kind: 'folder', expanded, files: paths.filter((each) => isInside(each, path)).length })
      if (expanded) add(path, level + 1)
    }
  }
  add('', 1)
  return rows
}

/** The row that a key moves to, as https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ has it; none where it stays. */
export function rowForKey(rows: readonly TreeRow[], current: string, key: string): TreeRow | undefined {
  const at = rows.findIndex((row) => row.id === current)
  const row = rows[at]
  switch (key) {
    case 'ArrowDown':
      return rows[at + 1]
    case 'ArrowUp':
      return rows[at - 1]
    case 'Home':
      return rows[0]
    case 'End':
      return rows.at(-1)
    case 'ArrowRight':
      return row?.expanded && (rows[at + 1]?.level ?? 0) > row.level ? rows[at + 1] : undefined
    case 'ArrowLeft':
      return row && rows.slice(0, at).findLast((each) => each.level < row.level)
    default:
      return undefined
  }
}

/** The next row whose name starts with what was typed; with one letter, the one after the current. */
export function rowForText(rows: readonly TreeRow[], current: string, text: string): TreeRow | undefined {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === current),
  )
  const from = text.length === 1 ? at + 1 : at
  const wanted = text.toLowerCase()
  return [...rows.slice(from), ...rows.slice(0, from)].find((row) => row.name.toLowerCase().startsWith(wanted))
}

import type { Dirs, Tree } from '../../wasi/filesystem/dirs.ts'
import { type FilePlace, itemAt } from '../../wasi/filesystem/edit.ts'
import { plainTextOf, readItem } from '../../wasi/filesystem/tree.ts'
import { isWorldFile, withMoved, type Tabs } from '../tabs.ts'

/** The name of the tab of a file: no path in a preopen has an empty segment, so that the last two slashes divide it. */
export const tabOf = ({ preopen, path }: FilePlace): string => `/${preopen}//${path}`

export function placeOf(tab: string): FilePlace {
  const at = tab.lastIndexOf('//')
  return { preopen: tab.slice(1, at), path: tab.slice(at + 2) }
}

/** Where what was at a place is now. */
export type MovePlace = (place: FilePlace) => FilePlace
export const stay: MovePlace = (place) => place

/** The tabs once the directories are these: files go along to another place, and the tabs of those close that are no text any more. */
export function tabsAfter(tabs: Tabs, dirs: Dirs = {}, move: MovePlace): Partial<Tabs> {
  const { open, closed } = tabs
  if (![...open.source, ...closed].some(isWorldFile)) return {}
  return withMoved(tabs, (tab) => {
    if (!isWorldFile(tab)) return tab
    const place = move(placeOf(tab))
    const item = itemAt(dirs, place)
    return item !== undefined && isText(item) ? tabOf(place) : undefined
  })
}

function isText(item: Tree | string): boolean {
  const node = typeof item === 'string' ? item : readItem(item)
  return typeof node === 'string' || (node instanceof Uint8Array && plainTextOf(node) !== undefined)
}

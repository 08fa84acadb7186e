import { isWit } from '../project/paths.ts'
import type { Project } from '../project/project.ts'
import { sourceFiles, witFiles } from './selectors.ts'
import type { State } from './state.ts'

/** Whether a tab is of a file of the simulated world. No path of a project begins with a slash. */
export const isWorldFile = (path: string): boolean => path[0] === '/'
/** The path of the file, as programs have it, or as the project has it. */
export const shownPath = (path: string): string => (isWorldFile(path) ? path.slice(1).replace(/\/+/g, '/') : path)

/** The two editors: WIT is on the left, everything else on the right. */
export type EditorGroup = 'wit' | 'source'
export const groupOf = (path: string): EditorGroup => (isWit(path) && !isWorldFile(path) ? 'wit' : 'source')

/** Files that are open in tabs, the one that each editor shows, and those that were closed, the latest last. */
export type Tabs = Pick<State, 'open' | 'active' | 'closed'>

/** More would hide each other; the explorer has the rest. */
const openAtFirst = 8
const rememberedClosed = 20

export function firstTabs(project: Project): Tabs {
  const wit = witFiles(project).filter((path) => !/(?:^|\/)deps\//.test(path))
  const source = sourceFiles(project)
  return {
    open: {
      wit: (wit.length > 0 ? wit : witFiles(project)).slice(0, openAtFirst),
      source: source.slice(0, openAtFirst),
    },
    active: { wit: wit[0] ?? witFiles(project)[0] ?? '', source: source[0] ?? '', last: 'source' },
    closed: [],
  }
}

/** With a tab for `path`; an editor that was empty shows it. */
export function withTab({ open, active, closed }: Tabs, path: string): Tabs {
  const group = groupOf(path)
  return {
    open: open[group].includes(path) ? open : { ...open, [group]: [...open[group], path] },
    active: active[group] === '' ? { ...active, [group]: path } : active,
    closed: closed.includes(path) ? closed.filter((each) => each !== path) : closed,
  }
}

/** The same, and its editor shows it. */
export function withShown(tabs: Tabs, path: string): Tabs {
  const group = groupOf(path)
  const next = withTab(tabs, path)
  return { ...next, active: { ...next.active, [group]: path, last: group } }
}

export function withClosed(tabs: Tabs, path: string): Tabs {
  const next = withMoved(tabs, (each) => (each === path ? undefined : each))
  return { ...next, closed: [...next.closed.filter((each) => each !== path), path].slice(-rememberedClosed) }
}

/** The file that was closed last, of those that are still there. */
export const lastClosed = ({ closed, project }: Pick<State, 'closed' | 'project'>): string | undefined =>
  closed.findLast((path) => isWorldFile(path) || Object.hasOwn(project.files, path))

/** After files got other names (`move` gives it) or were deleted (`move` gives undefined). */
export function withMoved(tabs: Tabs, move: (path: string) => string | undefined): Tabs {
  const open: Record<EditorGroup, string[]> = { wit: [], source: [] }
  for (const path of [...tabs.open.wit, ...tabs.open.source]) {
    const moved = move(path)
    if (moved !== undefined) open[groupOf(moved)].push(moved)
  }
  const active: Record<EditorGroup, string> = {
    wit: activeAfter(tabs, 'wit', move),
    source: activeAfter(tabs, 'source', move),
  }
  for (const group of ['wit', 'source'] as const) {
    // It went to the other editor, and people want to see where.
    const moved = tabs.active[group] === '' ? undefined : move(tabs.active[group])
    if (moved !== undefined && groupOf(moved) !== group) active[groupOf(moved)] = moved
    active[group] ||= open[group][0] ?? ''
  }
  const { last } = tabs.active
  const other: EditorGroup = last === 'wit' ? 'source' : 'wit'
  return {
    open,
    active: { ...active, last: active[last] === '' && active[other] !== '' ? other : last },
    closed: tabs.closed.flatMap((path) => move(path) ?? []),
  }
}

/** The file that was shown, else the one on its right, else the one on its left. */
function activeAfter({ open, active }: Tabs, group: EditorGroup, move: (path: string) => string | undefined): string {
  const at = open[group].indexOf(active[group])
  const nearest = [...open[group].slice(Math.max(at, 0)), ...open[group].slice(0, Math.max(at, 0)).toReversed()]
  for (const path of nearest) {
    const moved = move(path)
    if (moved !== undefined && groupOf(moved) === group) return moved
  }
  return ''
}

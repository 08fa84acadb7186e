import { folderOf, foldersOf, freePath, isBinary, isInside, isSource, isWit, pathProblem } from '../project/paths.ts'
import { defaultEntry, type Project } from '../project/project.ts'
import { changeProject, type Context } from './context.ts'
import { has, tooMany, withEntry, type Refusal } from './entries.ts'
import type { IncomingFile } from './incoming-files.ts'
import type { Notices } from './notices.ts'
import { projectPaths } from './selectors.ts'
import type { Diagnostic } from '../contract/fault.ts'
import type { State } from './state.ts'
import { groupOf, lastClosed, withClosed, withMoved, withShown, withTab } from './tabs.ts'
import type { Worlds } from './worlds.ts'

export interface Files {
  /** Makes a file and shows it. */
  createFile(path: string, text?: string): Refusal
  /** Makes a folder, which is there until the project is closed, and after that as long as it has files. */
  createFolder(path: string): Refusal
  /** Gives a file another name, in another folder where that has one. The entry of the project stays the entry. */
  renameFile(from: string, to: string): Refusal
  renameFolder(from: string, to: string): Refusal
  deleteFile(path: string): void
  deleteFolder(path: string): void
  /** Puts files from outside into a folder; of the same name, they replace what was there. */
  addFiles(files: readonly IncomingFile[], folder?: string): Promise<void>
  /** Shows a file in its editor. */
  showFile(path: string): void
  /** Takes a file out of its editor; the project keeps it. */
  closeFile(path: string): void
  /** Opens the file again that was closed last. */
  reopenFile(): void
}

type Move = (path: string) => string | undefined

export function createFiles(context: Context, worlds: Worlds, notices: Notices): Files {
  const { get, set } = context

  /** The rest of the state after files got other names or went away. `undefined`: the file is gone. */
  function follow(project: Project, move: Move): void {
    const { diagnostics, folders } = get()
    // A folder stays when its last file leaves.
    const left = projectPaths(get().project).filter((path) => move(path) !== path && folderOf(path) !== '')
    changeProject(context, project, {
      ...withMoved(get(), move),
      folders: [...new Set([...folders, ...left.map(folderOf)])],
      diagnostics: diagnosticsOf(project, diagnostics),
    })
  }

  function moveAll(move: (path: string) => string): Refusal {
    const { project } = get()
    const paths = projectPaths(project)
    const staying = paths.filter((path) => move(path) === path)
    for (const path of paths) {
      const to = move(path)
      const problem = to === path ? undefined : pathProblem(to, staying)
      if (problem !== undefined) return problem
    }
    const entry = project.entry ?? defaultEntry
    const moved = Object.hasOwn(project.files, entry) ? move(entry) : entry
    follow({ ...mapPaths(project, move), ...(moved !== entry && isSource(moved) && { entry: moved }) }, move)
    if (paths.some((path) => move(path) !== path && (isWit(path) || isWit(move(path))))) worlds.refreshSoon()
    return undefined
  }

  function remove(what: string, goes: (path: string) => boolean, folders: (path: string) => boolean): void {
    const before = get()
    const gone = projectPaths(before.project).filter(goes)
    follow(
      mapPaths(before.project, (path) => (goes(path) ? undefined : path)),
      (path) => (goes(path) ? undefined : path),
    )
    set({ folders: get().folders.filter((path) => !folders(path)) })
    if (gone.some(isWit)) worlds.refreshSoon()
    notices.say(what, {
      label: 'Undo',
      run: () => {
        bringBack(before, gone)
        set({ folders: [...new Set([...get().folders, ...before.folders.filter(folders)])] })
      },
    })
  }

  /** Puts files back as they were `before`. What has taken their names meanwhile keeps them. */
  function bringBack(before: State, gone: readonly string[]): void {
    let { project } = get()
    const back: { readonly from: string; readonly to: string }[] = []
    for (const from of gone) {
      const to = freePath(from, projectPaths(project))
      project = withEntry(project, to, before.project.files[from], before.project.binaries?.[from])
      back.push({ from, to })
    }
    let tabs = { open: get().open, active: get().active, closed: get().closed }
    for (const { from, to } of back) {
      const group = groupOf(from)
      if (before.active[group] === from) tabs = withShown(tabs, to)
      else if (before.open[group].includes(from)) tabs = withTab(tabs, to)
    }
    changeProject(context, project, { ...tabs, active: { ...tabs.active, last: before.active.last } })
    if (gone.some(isWit)) worlds.refreshSoon()
  }

  return {
    createFile(path, text = '') {
      const { project } = get()
      const paths = projectPaths(project)
      const problem = pathProblem(path, paths) ?? unwritable(path) ?? tooMany(paths.length + 1)
      if (problem !== undefined) return problem
      changeProject(context, withEntry(project, path, text), withShown(get(), path))
      if (isWit(path)) worlds.refreshSoon()
      return undefined
    },
    createFolder(path) {
      const { project, folders } = get()
      const problem = folderProblem(path, projectPaths(project), folders)
      if (problem === undefined) set({ folders: [...folders, path] })
      return problem
    },
    renameFile(from, to) {
      const { project } = get()
      if (from === to || !has(project, from)) return undefined
      const others = projectPaths(project).filter((path) => path !== from)
      return pathProblem(to, others) ?? unlike(from, to) ?? moveAll((path) => (path === from ? to : path))
    },
    renameFolder(from, to) {
      if (from === to) return undefined
      if (isInside(to, from)) return 'A folder cannot be moved into itself.'
      const { project, folders } = get()
      const others = (path: string): boolean => !isInside(path, from)
      const problem = folderProblem(
        to,
        projectPaths(project).filter(others),
        folders.filter((path) => others(path) && path !== from),
      )
      if (problem !== undefined) return problem
      const rename = (path: string): string =>
        path === from || isInside(path, from) ? to + path.slice(from.length) : path
      const refused = moveAll(rename)
      if (refused === undefined) {
        set({
          folders: [
            ...new Set([...get().folders.filter((path) => path !== from && others(path)), ...folders.map(rename), to]),
          ],
        })
      }
      return refused
    },
    deleteFile(path) {
      if (has(get().project, path))
        remove(
          `Deleted ${path}.`,
          (each) => each === path,
          () => false,
        )
    },
    deleteFolder(path) {
      const count = projectPaths(get().project).filter((each) => isInside(each, path)).length
      remove(
        `Deleted the folder ${path}${count === 0 ? '' : count === 1 ? ' with 1 file' : ` with ${count} files`}.`,
        (each) => isInside(each, path),
        (each) => each === path || isInside(each, path),
      )
    },
    async addFiles(files, folder = '') {
      const { opened } = get()
      const late = await import('./added-files.ts').catch(() => undefined)
      if (get().opened !== opened) return
      if (late) await late.addFiles(context, { worlds, notices }, files, folder)
      else notices.say('Nothing was added: a part of the page did not arrive. Try again.')
    },
    showFile(path) {
      const { project, open } = get()
      if (Object.hasOwn(project.files, path) || open.source.includes(path)) set(withShown(get(), path))
    },
    closeFile(path) {
      set(withClosed(get(), path))
    },
    reopenFile() {
      const path = lastClosed(get())
      if (path !== undefined) set(withShown(get(), path))
    },
  }
}

const unwritable = (path: string): Refusal =>
  isBinary(path) ? 'A .wasm file is added from the disk: drop it here, or use Add files.' : undefined

function unlike(from: string, to: string): Refusal {
  if (isBinary(from) === isBinary(to)) return undefined
  return isBinary(from)
    ? 'Keep the end .wasm: it is not text.'
    : 'A text file cannot end in .wasm. Choose another name.'
}

function folderProblem(path: string, paths: readonly string[], folders: readonly string[]): Refusal {
  const known = [...foldersOf(paths), ...folders].find((each) => each.toLowerCase() === path.toLowerCase())
  if (known !== undefined) return `${known} exists already. Choose another name.`
  return pathProblem(path, paths)
}

function mapPaths(project: Project, move: Move): Project {
  const { binaries: before, ...rest } = project
  const files = mapKeys(project.files, move)
  const binaries = mapKeys(before ?? {}, move)
  return { ...rest, files, ...(Object.keys(binaries).length > 0 && { binaries }) }
}

function mapKeys(map: Readonly<Record<string, string>>, move: Move): Record<string, string> {
  const mapped: Record<string, string> = Object.create(null)
  for (const [path, value] of Object.entries(map)) {
    const moved = move(path)
    if (moved !== undefined) mapped[moved] = value
  }
  return mapped
}

/** Without those whose place is in a file that is no longer there. */
function diagnosticsOf({ files }: Project, diagnostics: State['diagnostics']): State['diagnostics'] {
  const here = ({ place }: Diagnostic): boolean => place === undefined || Object.hasOwn(files, place.file)
  const { wit, world, types, source, run } = diagnostics
  return {
    wit: wit.filter(here),
    world: world.filter(here),
    types: types.filter(here),
    source: source.filter(here),
    run: run.filter(here),
  }
}

import type { FileNote, WorldEvent } from '../../runner/runner.ts'
import { type Dirs, dirsLimits, guestPathProblem, nameProblem, parseDirs } from '../../wasi/filesystem/dirs.ts'
import {
  charactersIn,
  countIn,
  type FilePlace,
  itemAt,
  nodeAt,
  nodeIn,
  withFile,
  withNode,
  withPreopen,
  withReadonly,
} from '../../wasi/filesystem/edit.ts'
import { type Folder, type Node, type PreopenFolder, readDirs } from '../../wasi/filesystem/tree.ts'
import type { Context } from '../context.ts'
import type { Refusal } from '../entries.ts'
import type { IncomingFile } from '../incoming-files.ts'
import type { NoticeActions } from '../notices.ts'
import { withShown } from '../tabs.ts'
import type { WorldSettings } from './settings.ts'
import type { ChangedFiles, SimulationState } from './state.ts'
import { tabOf, type MovePlace } from './world-tabs.ts'

/** What is done to the directories that runs start with. What cannot be done changes nothing and gives the reason. */
export interface WorldFiles {
  /** Opens one more directory for programs; gives the path under which they find it. */
  addPreopen(): string
  renamePreopen(from: string, to: string): Refusal
  setReadonly(preopen: string, readonly: boolean): void
  createFile(place: FilePlace, node: Node): Refusal
  rename(place: FilePlace, path: string): Refusal
  remove(place: FilePlace): void
  write(place: FilePlace, bytes: Uint8Array): void
  /** Shows a file in a tab of the editor. */
  open(place: FilePlace): void
  /** From outside, into a folder; into a new preopen where there is none. */
  addFiles(files: readonly IncomingFile[], folder: FilePlace | undefined): Promise<void>
  /** Takes what a run changed over into the project. */
  keep(notes: readonly FileNote[]): void
  /** Nobody is told of these changes any more. `more`: nor that there are so many others. */
  throwAway(notes: readonly FileNote[], more?: number): void
  save(name: string, bytes: Uint8Array): void
}

export const dirsOf = (get: Context['get']): Dirs => get().project.wasi?.dirs ?? {}
const nameOf = ({ preopen, path }: FilePlace): string =>
  path === '' ? preopen : `${preopen.replace(/\/$/, '')}/${path}`
const emptyFolder: Node = { entries: new Map() }
const largestFile = 8 * 1024 * 1024

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])

const sameNote = (a: FileNote, b: FileNote): boolean =>
  a.preopen === b.preopen &&
  a.path === b.path &&
  a.change === b.change &&
  a.kind === b.kind &&
  a.digest === b.digest &&
  a.target === b.target &&
  (a.bytes === b.bytes || (a.bytes !== undefined && b.bytes !== undefined && sameBytes(a.bytes, b.bytes)))

type Folders = ReadonlyMap<string, PreopenFolder>

/** Whether the project is by now as the run left it. */
const isKept = (folders: Folders, note: FileNote): boolean => {
  const node = nodeIn(folders.get(note.preopen), note.path)
  if (note.change === 'removed') return node === undefined
  if (note.kind === 'directory') return node !== undefined && !(node instanceof Uint8Array)
  return node instanceof Uint8Array && note.bytes !== undefined && sameBytes(node, note.bytes)
}

/** What a run changed and nobody has decided on yet. */
export const pendingChanges = (files: ChangedFiles | undefined, folders: Folders): readonly FileNote[] =>
  files?.changes.filter((note) => !files.thrownAway.some((each) => sameNote(each, note)) && !isKept(folders, note)) ??
  []

/** How many more there are that the run did not tell of. */
export const untoldChanges = (files: ChangedFiles | undefined): number =>
  files ? Math.max(0, files.more - files.thrownMore) : 0

/** Why nothing can be at this path, in words; undefined where something can. */
const pathProblem = (path: string): Refusal => {
  for (const name of path.replace(/\/$/, '').split('/')) {
    const problem = nameProblem(name)
    if (problem !== undefined) return name === '' && path !== '' ? 'Leave out one of the slashes.' : problem
  }
  return undefined
}

const inTheWay = 'A file is in the way, or the name is readonly in a read-only folder. Choose another name.'

const notKept = 'A project holds no links, and a run hands over 1 MiB of files at most.'

/** The folder with what the run did to one name; undefined where a project cannot have that. */
const withNote = (folder: PreopenFolder, note: FileNote): PreopenFolder | undefined => {
  const put = (at: Folder, node: Node | undefined): Folder | undefined => withNode(at, note.path, node)
  const node = note.kind === 'directory' ? emptyFolder : note.bytes
  if (note.change !== 'removed' && (node === undefined || pathProblem(note.path) !== undefined)) return undefined
  // What is of another kind than before is in the way of its successor.
  const cleared = note.change === 'created' ? folder : put(folder, undefined)
  const next = note.change === 'removed' ? cleared : cleared && put(cleared, node)
  return next && { ...next, readonly: folder.readonly }
}

export function createWorldFiles(
  { get, set, services }: Context,
  { setWasi }: WorldSettings,
  notices: Pick<NoticeActions, 'say'>,
  patch: (part: Partial<SimulationState>) => void,
): WorldFiles {
  const dirs = (): Dirs => dirsOf(get)

  /** `said`: tells of the change, which can then be taken back. */
  function change(next: Dirs | undefined, said?: string, move?: MovePlace): Refusal {
    if (next === undefined) return inTheWay
    const read = parseDirs(next)
    if ('problem' in read) return `The project would be too large: it ${read.problem}.`
    setWasi({ dirs: next }, said, move)
    return undefined
  }

  /** Where nobody waits for a reason, it is said. */
  function changeOrSay(next: Dirs | undefined, said?: string): void {
    const refused = change(next, said)
    if (refused !== undefined) notices.say(refused)
  }

  function move(from: FilePlace, to: FilePlace): Refusal {
    const node = nodeAt(dirs(), from)
    if (node === undefined) return `${nameOf(from)} is not there any more.`
    if (nodeAt(dirs(), to) !== undefined) return `${nameOf(to)} exists already. Choose another name.`
    if (from.path !== '' && to.path.startsWith(`${from.path}/`)) return 'A folder cannot be moved into itself.'
    const without = withFile(dirs(), from, undefined)
    return change(without && withFile(without, to, node), undefined, ({ preopen, path }) => {
      const isIn =
        preopen === from.preopen && (from.path === '' || path === from.path || path.startsWith(`${from.path}/`))
      return isIn ? { preopen: to.preopen, path: to.path + path.slice(from.path.length) } : { preopen, path }
    })
  }

  function addPreopen(): string {
    const taken = dirs()
    let path = '/data'
    for (let count = 2; Object.hasOwn(taken, path); count++) path = `/data-${count}`
    changeOrSay(withFile(taken, { preopen: path, path: '' }, emptyFolder))
    return path
  }

  return {
    addPreopen,
    renamePreopen: (from, to) => guestPathProblem(to) ?? move({ preopen: from, path: '' }, { preopen: to, path: '' }),
    setReadonly(preopen, readonly) {
      const next = withReadonly(dirs(), preopen, readonly)
      if (next) changeOrSay(next)
      else notices.say('Not read-only: rename the file called readonly first.')
    },
    createFile(place, node) {
      const path = place.path.replace(/\/$/, '')
      const problem = pathProblem(path)
      if (problem !== undefined) return problem
      if (nodeAt(dirs(), { ...place, path }) !== undefined)
        return `${nameOf({ ...place, path })} exists already. Choose another name.`
      return change(withFile(dirs(), { ...place, path }, node))
    },
    rename: (place, path) => pathProblem(path) ?? move(place, { ...place, path }),
    remove(place) {
      const node = nodeAt(dirs(), place)
      if (node === undefined) return
      const inside = countIn(node) - 1
      const contents = inside === 0 ? '' : ` with ${inside} ${inside === 1 ? 'entry' : 'entries'} in it`
      changeOrSay(withFile(dirs(), place, undefined), `Deleted ${nameOf(place)}${contents}.`)
    },
    write(place, bytes) {
      const next = withFile(dirs(), place, bytes)
      // With every key: of a text that fits, nothing else can be wrong.
      const isEdit =
        next !== undefined && typeof itemAt(next, place) === 'string' && itemAt(dirs(), place) !== undefined
      if (isEdit && charactersIn(next) <= dirsLimits.characters) setWasi({ dirs: next })
      else changeOrSay(next)
    },
    open: (place) => set(withShown(get(), tabOf(place))),
    async addFiles(files, folder) {
      const { opened } = get()
      const refused: string[] = []
      const read: { path: string; bytes: Uint8Array }[] = []
      for (const file of files.slice(0, dirsLimits.entries)) {
        const problem = pathProblem(file.path)
        const bytes =
          problem === undefined && file.size <= largestFile ? await file.read().catch(() => undefined) : undefined
        if (bytes) read.push({ path: file.path, bytes })
        else
          refused.push(
            `${file.path} was left out: ${file.size > largestFile ? 'it is larger than 8 MiB' : (problem ?? 'it could not be read')}.`,
          )
      }
      // Another project may be there by now.
      if (get().opened !== opened) return
      const into = folder ?? { preopen: Object.keys(dirs())[0] ?? addPreopen(), path: '' }
      let next: Dirs = dirs()
      for (const { path, bytes } of read) {
        const place = { ...into, path: into.path === '' ? path : `${into.path}/${path}` }
        const added = withFile(next, place, bytes)
        if (added) next = added
        else refused.push(`${nameOf(place)} was left out: a file is in the way.`)
      }
      const added = read.length === 1 ? (read[0]?.path ?? '') : `${read.length} files`
      if (read.length > 0) changeOrSay(next, `Added ${added} to ${nameOf(into)}.`)
      for (const each of refused.slice(0, 3)) notices.say(each)
    },
    keep(notes) {
      const folders = new Map(readDirs(dirs()))
      let kept = 0
      for (const note of notes) {
        const before = folders.get(note.preopen)
        const after = before && withNote(before, note)
        if (after === undefined) continue
        folders.set(note.preopen, after)
        kept++
      }
      const next = [...folders].reduce<Dirs | undefined>(
        (all, [path, folder]) => all && withPreopen(all, path, folder),
        {},
      )
      const left = notes.length - kept
      const said = kept === 1 && notes[0] ? `Kept ${nameOf(notes[0])}.` : `Kept ${kept} changes.`
      if (kept > 0) changeOrSay(next, said)
      if (left > 0) notices.say(`${left === 1 ? 'One change' : `${left} changes`} cannot be kept. ${notKept}`)
    },
    throwAway(notes, more = 0) {
      const { files } = get().simulation
      if (!files) return
      const before = files.thrownAway
      patch({ files: { ...files, thrownAway: [...before, ...notes], thrownMore: files.thrownMore + more } })
      const said =
        notes.length === 1 && more === 0
          ? `Threw away the change of ${nameOf(notes[0] ?? { preopen: '', path: '' })}.`
          : `Threw away ${notes.length + more} changes.`
      notices.say(said, {
        label: 'Undo',
        run: () => {
          const now = get().simulation.files
          if (!now) return
          const left = now.thrownAway.filter((each) => !notes.includes(each))
          patch({ files: { ...now, thrownAway: left, thrownMore: now.thrownMore - more } })
        },
      })
    },
    save: (name, bytes) => services.saveFile(name, bytes, 'application/octet-stream'),
  }
}

type FilesEvent = Extract<WorldEvent, { kind: 'files' }>

/** What the state has of it: the run tells of all its changes each time. */
export const filesOf = ({ changes, more }: FilesEvent, before: ChangedFiles | undefined): ChangedFiles => ({
  changes,
  more,
  thrownAway: before?.thrownAway ?? [],
  thrownMore: before?.thrownMore ?? 0,
})

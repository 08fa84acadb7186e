import type { Fault, Place } from '../contract/fault.ts'
import { projectLimits } from '../project/limits.ts'
import type { Project } from '../project/project.ts'
import { changeProject, type Context } from './context.ts'
import type { Files } from './files.ts'
import type { Notices } from './notices.ts'
import type { Openings } from './openings.ts'
import { namedCall } from './saved-calls.ts'
import { worldInput } from './selectors.ts'
import { ofProject, type State } from './state.ts'
import { firstTabs, withTab } from './tabs.ts'
import { isWit } from '../project/paths.ts'
import type { Worlds } from './worlds.ts'

export interface Projects {
  /** Opens a shipped example. Opening never runs. */
  openExample(id: string): void
  openProject(project: Project, example?: string): void
  /** Names the project; an empty name changes nothing. */
  renameProject(name: string): void
  editFile(path: string, text: string): void
  /** The project is somewhere else too by now: in a link, in a file. */
  markSaved(): void
  /** Shows a place in its editor and puts the cursor there; `explain` shows what is wrong there too. */
  goTo(place: Place, explain?: boolean): void
  setWorld(name: string): void
  /** Has the chosen world import an interface, `wasi:cli/stdout@0.2.12`, and says whether it does so now. */
  addImport(name: string, kind?: 'import' | 'export'): Promise<boolean>
  setCall(call: string): void
}

interface Neighbours {
  readonly files: Pick<Files, 'showFile'>
  readonly notices: Notices
  readonly openings: Openings
  /** Ends what runs of the project that is about to go. */
  readonly leave: () => void
}

/** `background`: for changes that the editor has drawn itself by then. */
export function createProjects(
  context: Context,
  background: Context,
  worlds: Worlds,
  { files, notices, openings, leave }: Neighbours,
): Projects {
  const { get, set, services } = context

  /** Opens a project in the place of another one, whose edits can be brought back. */
  function openProject(project: Project, example?: string): void {
    // Not all of the state: what is set aside may wait for long, and the output of a run is large.
    const { project: left, example: leftExample, open: tabs, active, folders, call, pristine, unsaved } = get()
    // A link in the address is not kept either: it goes with the project.
    const linked = !pristine && services.address.fragment() !== ''
    openings.begin()
    leave()
    notices.projectChanged()
    open(project, { example, pristine: example !== undefined })
    if (!unsaved && !linked) return
    notices.say(unsaved ? `Your edits of ${left.name} are set aside.` : `${left.name} is set aside.`, {
      label: unsaved ? 'Restore my edits' : 'Restore it',
      holdsWork: true,
      run() {
        openProject(left, leftExample)
        set({ open: tabs, active, folders, pristine: false, unsaved: true, call })
      },
    })
  }

  function open(project: Project, from: Pick<State, 'example' | 'pristine'>): void {
    set({
      ...ofProject,
      ...from,
      project,
      opened: get().opened + 1,
      revision: get().revision + 1,
      ...firstTabs(project),
      call: namedCall(project.calls?.[0] ?? '').call,
    })
    worlds.open()
  }

  function editFile(path: string, text: string): void {
    const { project } = get()
    if (project.files[path] === text) return
    const added = !Object.hasOwn(project.files, path)
    const texts: Record<string, string> = Object.assign(Object.create(null), project.files, { [path]: text })
    changeProject(background, { ...project, files: texts })
    if (added) set(withTab(get(), path))
    if (isWit(path)) worlds.refreshSoon()
  }

  return {
    openProject,
    openExample(id) {
      const project = services.loadExample(id)
      if (project instanceof Promise) {
        const isNewest = openings.begin()
        project.then(
          (loaded) => isNewest() && openProject(loaded, id),
          () => isNewest() && set({ arrival: { status: 'refused', from: 'example', fault: notLoaded } }),
        )
      } else if (project) openProject(project, id)
    },
    renameProject(text) {
      const { project } = get()
      const name = text.trim().slice(0, projectLimits.nameCharacters)
      // No run depends on the name.
      if (name !== '' && name !== project.name) set({ project: { ...project, name }, pristine: false, unsaved: true })
    },
    editFile,
    // Nothing on the page shows it: no reason to draw at once.
    markSaved: () => background.set({ unsaved: false }),
    goTo({ file, line, column }, explain = false) {
      files.showFile(file)
      set({
        shell: { ...get().shell, view: 'code' },
        reveal: { id: (get().reveal?.id ?? 0) + 1, file, line, column, explain },
      })
    },
    setWorld(name) {
      changeProject(context, { ...get().project, world: name })
      void worlds.refresh()
    },
    async addImport(name, kind = 'import') {
      const { project } = get()
      const { wit, world } = worldInput(get(), 'base')
      const edit =
        world === undefined ? undefined : await services.addImport(wit, world, name, kind).catch(() => undefined)
      if (get().project !== project) return false
      if (edit) editFile(edit.path, edit.text)
      else notices.say(`Nothing was changed. Write ${kind} ${name}; into the world.`)
      return edit !== undefined
    },
    setCall(call) {
      if (call !== get().call) set({ call })
    },
  }
}

const notLoaded: Fault = {
  stage: 'load',
  message: 'The example could not be loaded.',
  next: 'Check the connection and choose it again.',
}

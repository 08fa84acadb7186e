import type { Place } from '../contract/fault.ts'
import type { Project, ProjectWasi } from '../project/project.ts'
import type { Context } from './context.ts'
import { sourceFiles, witFiles } from './selectors.ts'
import { emptyOutput } from './output.ts'
import { noDiagnostics } from './state.ts'
import { isWit } from '../project/paths.ts'
import type { Worlds } from './worlds.ts'

export interface Projects {
  /** Opens a shipped example. Opening never runs. */
  openExample(id: string): void
  openProject(project: Project, example?: string): void
  editFile(path: string, text: string): void
  /** Shows a file in its editor. */
  showFile(path: string): void
  /** Shows a place in its editor and puts the cursor there. */
  goTo(place: Place): void
  setWorld(name: string): void
  setWasi(patch: Partial<ProjectWasi>): void
  setCall(call: string): void
}

/** `background`: for changes that the editor has drawn itself by then. */
export function createProjects(context: Context, background: Context, worlds: Worlds): Projects {
  const { get, set, services } = context

  function openProject(project: Project, example?: string): void {
    set({
      project,
      opened: get().opened + 1,
      example,
      pristine: example !== undefined,
      revision: get().revision + 1,
      active: { wit: witFiles(project)[0] ?? '', source: sourceFiles(project)[0] ?? '', last: 'source' },
      reveal: undefined,
      worlds: [],
      prepared: undefined,
      diagnostics: noDiagnostics,
      call: project.calls?.[0] ?? '',
      result: undefined,
      history: [],
      handles: [],
      output: emptyOutput,
      metrics: { phases: [] },
    })
    worlds.open()
  }

  function showFile(path: string): void {
    const { active, project } = get()
    if (!Object.hasOwn(project.files, path)) return
    set({ active: isWit(path) ? { ...active, wit: path, last: 'wit' } : { ...active, source: path, last: 'source' } })
  }

  /** A change that the next run has to take notice of. */
  const change = (project: Project, { set }: Context = context): void =>
    set({ project, revision: get().revision + 1, pristine: false })

  return {
    openProject,
    openExample(id) {
      const project = services.loadExample(id)
      if (project) openProject(project, id)
    },
    editFile(path, text) {
      const { project, active } = get()
      if (project.files[path] === text) return
      const files: Record<string, string> = Object.assign(Object.create(null), project.files, { [path]: text })
      change({ ...project, files }, background)
      if (active.wit === '' && isWit(path)) set({ active: { ...active, wit: path } })
      if (isWit(path)) worlds.refreshSoon()
    },
    showFile,
    goTo({ file, line, column }) {
      showFile(file)
      set({ reveal: { id: (get().reveal?.id ?? 0) + 1, file, line, column } })
    },
    setWorld(name) {
      change({ ...get().project, world: name })
      void worlds.refresh()
    },
    setWasi(patch) {
      const { project } = get()
      change({ ...project, wasi: { ...project.wasi, ...patch } })
    },
    setCall(call) {
      if (call !== get().call) set({ call })
    },
  }
}

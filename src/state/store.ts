import { createStore, type StoreApi } from 'zustand/vanilla'
import { createAutoRun } from './auto-run.ts'
import { createComponents, type Components } from './components.ts'
import { changeProject, setDiagnostics, type Context } from './context.ts'
import { createFiles, type Files } from './files.ts'
import type { Layout } from './layout.ts'
import { createNotices, type NoticeActions } from './notices.ts'
import { createOpenings } from './openings.ts'
import { parsePreferences, type Preferences } from './preferences.ts'
import { createProjects, type Projects } from './projects.ts'
import type { SaidOfWit } from './renamings.ts'
import { createRuns, type Runs } from './runs.ts'
import { createSavedCalls, type SavedCalls } from './saved-calls.ts'
import type { Services } from './services.ts'
import { boundedBurst, runLimits } from './selectors.ts'
import { lateSimulation } from './simulation/late.ts'
import type { Simulation } from './simulation/simulation.ts'
import { createSharing, type Sharing } from './sharing.ts'
import { initialState, type ShellState, type State } from './state.ts'
import { defaultSettings } from './settings.ts'
import { watchStore, type WatchedStore } from './view.ts'
import { createWorlds } from './worlds.ts'
import type { Diagnostic } from '../contract/fault.ts'

export interface Actions
  extends
    Projects,
    Files,
    Sharing,
    NoticeActions,
    SavedCalls,
    Omit<Runs, 'current' | 'abandon' | 'respond' | 'begin'>,
    Omit<Components, 'measureSoon' | 'cancel'> {
  /** What the project says about its WIT beside the files goes on to mean the same. */
  followRenaming(said: SaidOfWit): void
  /** What the editor's TypeScript service found. */
  showTypeProblems(items: readonly Diagnostic[]): void
  /** The editor is there: its types follow the WIT from now on. */
  followWorld(): void
  /** Gets to know the world for the form of the call, which may cost a download. Runs nothing. */
  prepareWorld(): Promise<void>
  /** Somebody is about to run: whatever can start early does. */
  warm(): void
  /** Builds and starts another instance without a call, and says whether it is there. */
  start(): Promise<boolean>
  /** Somebody saved: runs, where the settings say so. */
  saved(): void
  /** Keeps the figures of this run, so that those of the next ones are compared with them. */
  pinRun(): void
  unpinRun(): void
  /** How many calls the next measurement makes. */
  setBurstCount(count: number): void
  setLayout(patch: Partial<Layout>): void
  setShell(patch: Partial<ShellState>): void
  setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void
  resetSettings(): void
}

export interface Workbench {
  readonly store: StoreApi<State>
  /** The same store for whoever draws it. */
  readonly view: WatchedStore<State>['view']
  readonly laterView: WatchedStore<State>['laterView']
  readonly actions: Actions
  /** What would have a world import an interface. */
  readonly importEdit: Services['addImport']
  /** The verbs of the simulated world, once their code is there. */
  readonly simulation: () => Promise<Simulation>
}

/** The one store of the page, and the verbs that change it. */
export function createWorkbench(services: Services): Workbench {
  const store = createStore<State>()(() => ({
    ...initialState,
    preferences: parsePreferences(services.storage.read()),
  }))
  const context: Context = {
    services,
    get: () => store.getState(),
    set: (patch) => store.setState(patch),
    show: () => {},
  }
  const { view, laterView, setQuietly, drawSoon } = watchStore(store, services.schedule)
  const background: Context = { ...context, set: setQuietly, show: drawSoon }
  const worlds = createWorlds(background)
  const notices = createNotices(context)
  const simulation = lateSimulation({
    loud: context,
    quiet: background,
    notices,
    runs: () => ({ ...runs, begin }),
    respond: (number, request) => respond(number, request),
  })
  const { current, abandon, respond, begin, ...runs } = createRuns(background, worlds, simulation, () => cancel())
  const { measureSoon, cancel, ...components } = createComponents(background, current, notices)
  const files = createFiles(context, worlds, notices)
  const openings = createOpenings()
  const projects = createProjects(context, background, worlds, {
    files,
    notices,
    openings,
    leave() {
      autoRun.cancel()
      cancel()
      abandon()
    },
  })
  let warmed = false

  async function run(call?: string): ReturnType<Runs['run']> {
    autoRun.cancel()
    const entry = await runs.run(call)
    if (entry && entry.outcome.kind !== 'fault') measureSoon()
    return entry
  }
  const autoRun = createAutoRun(context, () => void run())

  function setPreferences(patch: Partial<Preferences>): void {
    const before = context.get()
    const preferences = { ...before.preferences, ...patch }
    const [was, is] = [runLimits(before), runLimits({ ...before, preferences })]
    // An instance keeps the limits that it was started with: another limit needs another one.
    const changed = was.memoryMiB !== is.memoryMiB || was.milliseconds !== is.milliseconds
    context.set({ preferences, ...(changed ? { revision: before.revision + 1 } : {}) })
    // What another tab has stored meanwhile stays, but for what changes here.
    const stored = services.storage.read()
    services.storage.write(JSON.stringify({ ...(stored === null ? preferences : parsePreferences(stored)), ...patch }))
  }

  const { projectOpened, ...sharing } = createSharing(context, { ...projects, ...files, notices, openings })
  store.subscribe(({ opened }, before) => opened !== before.opened && projectOpened())

  return {
    store,
    view,
    laterView,
    simulation: simulation.load,
    importEdit: services.addImport,
    actions: {
      ...projects,
      ...files,
      say: notices.say,
      dismiss: notices.dismiss,
      undo: notices.undo,
      ...createSavedCalls(context),
      followRenaming({ project, call }) {
        if (project === context.get().project) context.set({ call })
        else changeProject(context, project, { call })
        // The world is found by its new name from now on.
        worlds.refreshSoon()
      },
      ...runs,
      ...components,
      run,
      async start() {
        autoRun.cancel()
        cancel()
        const started = await current(new AbortController().signal)
        if (started?.ok) measureSoon()
        return started?.ok === true
      },
      stop() {
        autoRun.cancel()
        cancel()
        runs.stop()
      },
      editFile(path, text) {
        const { revision } = context.get()
        projects.editFile(path, text)
        if (context.get().revision !== revision) autoRun.edited()
      },
      ...sharing,
      showTypeProblems: (items) => setDiagnostics(context, 'types', items),
      followWorld: () => worlds.follow(),
      prepareWorld: () => worlds.prepare(),
      warm() {
        if (warmed) return
        warmed = true
        worlds.want()
        services.toolchain.warm()
        services.runner.warm()
      },
      saved: autoRun.saved,
      pinRun: () => context.set({ pinned: context.get().metrics }),
      unpinRun: () => context.set({ pinned: undefined }),
      setBurstCount: (count) => context.set({ burstCount: boundedBurst(count) }),
      setLayout: (patch) => setPreferences({ layout: { ...context.get().preferences.layout, ...patch } }),
      setShell: (patch) => context.set({ shell: { ...context.get().shell, ...patch } }),
      setPreference: (name, value) => setPreferences({ [name]: value }),
      resetSettings: () => setPreferences(defaultSettings),
    },
  }
}

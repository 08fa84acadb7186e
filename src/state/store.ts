import { createStore, type StoreApi } from 'zustand/vanilla'
import { createComponents, type Components } from './components.ts'
import { setDiagnostics, type Context } from './context.ts'
import { parsePreferences, type Preferences } from './preferences.ts'
import { createProjects, type Projects } from './projects.ts'
import { createRuns, type Runs } from './runs.ts'
import type { Services } from './services.ts'
import { initialState, type State } from './state.ts'
import { watchStore, type WatchedStore } from './view.ts'
import { createWorlds } from './worlds.ts'
import type { Diagnostic } from '../contract/fault.ts'

export interface Actions
  extends Projects, Omit<Runs, 'current' | 'abandon'>, Omit<Components, 'measureSoon' | 'cancel'> {
  /** What the editor's TypeScript service found. */
  showTypeProblems(items: readonly Diagnostic[]): void
  /** The editor is there: its types follow the WIT from now on. */
  followWorld(): void
  /** Somebody is about to run: whatever can start early does. */
  warm(): void
  setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void
}

export interface Workbench {
  readonly store: StoreApi<State>
  /** The same store for whoever draws it. */
  readonly view: WatchedStore<State>['view']
  readonly actions: Actions
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
  const { view, setQuietly, drawSoon } = watchStore(store, services.schedule)
  const background: Context = { ...context, set: setQuietly, show: drawSoon }
  const worlds = createWorlds(background)
  const { current, abandon, ...runs } = createRuns(background, worlds, () => cancel())
  const { measureSoon, cancel, ...components } = createComponents(background, current)
  const projects = createProjects(context, background, worlds)
  let warmed = false

  return {
    store,
    view,
    actions: {
      ...projects,
      ...runs,
      ...components,
      async run(call) {
        const entry = await runs.run(call)
        if (entry && entry.outcome.kind !== 'fault') measureSoon()
        return entry
      },
      stop() {
        cancel()
        runs.stop()
      },
      openExample(id) {
        cancel()
        abandon()
        projects.openExample(id)
      },
      openProject(project, example) {
        cancel()
        abandon()
        projects.openProject(project, example)
      },
      showTypeProblems: (items) => setDiagnostics(context, 'types', items),
      followWorld: () => worlds.follow(),
      warm() {
        if (warmed) return
        warmed = true
        services.toolchain.warm()
        services.runner.warm()
      },
      setPreference(name, value) {
        const preferences = { ...context.get().preferences, [name]: value }
        context.set({ preferences })
        services.storage.write(JSON.stringify(preferences))
      },
    },
  }
}

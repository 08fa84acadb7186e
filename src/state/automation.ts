import { parseProject } from '../project/parse.ts'
import type { CallEntry, RunStatus, State } from './state.ts'
import type { Workbench } from './store.ts'

/**
 * What scripts may do with the page: `window.__witcraft`. Tests, the benchmark and the headless driver use it; it can do
 * nothing that a user could not do with the mouse.
 */
export interface Automation {
  /** Replaces a file of the open project, as a paste would. */
  setFile(path: string, text: string): void
  /** What the Run button does; settles when the run has ended. `text`: the result as WAVE, or the fault's message. */
  run(): Promise<{ readonly ok: boolean; readonly text: string }>
  stop(): void
  /** Settles when the run is in the given state. */
  until(status: RunStatus): Promise<void>
  /** Opens a project that is given as its JSON, and throws where it is none. Does not run it. */
  openProject(project: unknown): void
  /** How many runs and calls have ended, with a result or with a fault. */
  endedRuns(): number
  getState(): State
}

export function createAutomation({ store, actions }: Workbench): Automation {
  return {
    setFile: (path, text) => actions.editFile(path, text),
    async run() {
      const entry = await actions.run()
      return entry ? summaryOf(entry) : { ok: false, text: 'A newer run took over.' }
    },
    stop: () => actions.stop(),
    until: (status) =>
      new Promise((resolve) => {
        if (store.getState().run.status === status) return resolve()
        const end = store.subscribe(({ run }) => {
          if (run.status !== status) return
          end()
          resolve()
        })
      }),
    openProject(input) {
      const project = parseProject(input)
      if (!project.ok) throw new Error(project.fault.message)
      actions.openProject(project.value)
    },
    endedRuns: () => store.getState().endedRuns,
    getState: () => store.getState(),
  }
}

function summaryOf({ outcome }: CallEntry): { ok: boolean; text: string } {
  switch (outcome.kind) {
    case 'value':
      return { ok: outcome.tag === 'ok', text: outcome.wave }
    case 'exit':
      return { ok: outcome.code === 0, text: String(outcome.code) }
    case 'burst':
      return { ok: true, text: String(outcome.report.p50) }
    case 'fault':
      return { ok: false, text: outcome.fault.message }
  }
}

import type { LinkTarget } from '../project/share/link.ts'
import type { BurstReport } from '../runner/runner.ts'
import type { CallEntry, RunStatus, State } from './state.ts'
import type { Workbench } from './store.ts'

/**
 * What scripts may do with the page: `window.__witcraft`. Tests, the benchmark and the headless driver use it; it can do
 * nothing that a user could not do with the mouse.
 */
export interface Automation {
  /** Replaces a file of the open project, as a paste would. */
  setFile(path: string, text: string): void
  /**
   * What the Run button does, with another call than the one in the call line where it is given. Settles when the run
   * has ended. `text`: the result as WAVE, or the fault's message.
   */
  run(call?: string): Promise<{ readonly ok: boolean; readonly text: string }>
  stop(): void
  /** Settles when the run is in the given state. */
  until(status: RunStatus): Promise<void>
  /** Opens a project that is given as its JSON, and throws where it is none. Does not run it. */
  openProject(project: unknown): Promise<void>
  /** The address that opens the open project as it is now, as the Share dialog gives it. */
  shareLink(target?: LinkTarget): Promise<string>
  /** Opens a fragment of such an address, and says whether there was a project in it. Does not run it. */
  openLink(hash: string): Promise<boolean>
  /** How many runs and calls have ended, with a result or with a fault. */
  endedRuns(): number
  /** Makes the call of the call line many times and gives the distribution of its times. */
  burst(count: number): Promise<BurstReport>
  /** Makes the component of the current run, for its size. There when its bytes are; what they are made of comes later. */
  measure(): Promise<void>
  /** The component of the current files, as Download gives it. */
  component(): Promise<Uint8Array>
  /** The state, and how much of the output is in it. */
  getState(): AutomationState
}

export type AutomationState = State & {
  readonly output: { readonly keptBytes: number; readonly droppedBytes: number }
}

export function createAutomation({ store, actions }: Workbench): Automation {
  return {
    setFile(path, text) {
      const { unsaved } = store.getState()
      actions.editFile(path, text)
      // A script can do it again; the question before leaving is for people.
      if (!unsaved) actions.markSaved()
    },
    async run(call) {
      const entry = await actions.run(call)
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
    async openProject(input) {
      const { parseProject } = await import('../project/exchange.ts')
      const project = parseProject(input)
      if (!project.ok) throw new Error(project.fault.message)
      actions.openProject(project.value)
    },
    async shareLink(target) {
      const link = await actions.shareLink(target)
      if (!link.ok) throw new Error(link.fault.message)
      return link.value
    },
    openLink: (hash) => actions.openLink(hash),
    endedRuns: () => store.getState().endedRuns,
    async burst(count) {
      const entry = await actions.burst(count)
      if (entry?.outcome.kind === 'burst') return entry.outcome.report
      throw new Error(entry ? summaryOf(entry).text : 'There was nothing to call.')
    },
    measure: () =>
      new Promise((resolve, reject) => {
        const before = store.getState().metrics.size
        const end = store.subscribe(({ metrics: { size } }) => {
          if (size === undefined || size === before) return
          end()
          resolve()
        })
        actions.measure().finally(end).then(resolve, reject)
      }),
    async component() {
      const made = await actions.component()
      if (!made.ok) throw new Error(made.fault.message)
      return made.value.bytes
    },
    getState() {
      const state = store.getState()
      const { output } = state
      return { ...state, output: { ...output, keptBytes: output.bytes, droppedBytes: output.dropped } }
    },
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

import type { Diagnostic, Fault } from '../contract/fault.ts'
import type { Services } from './services.ts'
import type { DiagnosticSource, State } from './state.ts'
import type { Project } from '../project/project.ts'
import type { Progress } from '../toolchain/toolchain.ts'

/** What the actions share: the state, and the services behind it. */
export interface Context {
  readonly services: Services
  get(): State
  set(patch: Partial<State>): void
  /** Has the changes so far drawn with the next frame, where they would wait longer otherwise. */
  show(): void
}

export function setDiagnostics(context: Context, source: DiagnosticSource, items: readonly Diagnostic[]): void {
  const { diagnostics } = context.get()
  if (items.length === 0 && diagnostics[source].length === 0) return
  context.set({ diagnostics: { ...diagnostics, [source]: items } })
}

/** A change that the next run has to take notice of, and that would be lost with the page. */
export function changeProject({ get, set }: Context, project: Project, rest: Partial<State> = {}): void {
  const { diagnostics, revision } = get()
  // What the last run found in a changed file, or in the project as a whole, may be mended now; the next run says it
  // again if not.
  const run = diagnostics.run.filter(
    ({ place }) => place && project.files[place.file] === get().project.files[place.file],
  )
  const mended = run.length === diagnostics.run.length ? undefined : { diagnostics: { ...diagnostics, run } }
  set({ ...mended, ...rest, project, revision: revision + 1, pristine: false, unsaved: true })
}

export const asError = (fault: Fault): Diagnostic => ({ ...fault, severity: 'error' })

export interface ShownProgress {
  show(progress: Progress): void
  /** Clears what was shown last, unless other work shows its own by then. */
  clear(): void
}

/** The progress of one kind of work, which may be abandoned at any time and has to take its words along. */
export function shownProgress({ get, set }: Context): ShownProgress {
  let shown: Progress | undefined
  return {
    show(progress) {
      shown = progress
      set({ progress })
    },
    clear() {
      if (shown !== undefined && get().progress === shown) set({ progress: undefined })
      shown = undefined
    },
  }
}

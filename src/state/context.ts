import type { Diagnostic, Fault } from '../contract/fault.ts'
import type { Services } from './services.ts'
import type { DiagnosticSource, State } from './state.ts'

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

export const asError = (fault: Fault): Diagnostic => ({ ...fault, severity: 'error' })

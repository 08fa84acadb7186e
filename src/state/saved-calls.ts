import type { Project } from '../project/project.ts'
import type { Context } from './context.ts'

export interface SavedCalls {
  /** Keeps a call with the project; one that it has already stays where it is. */
  saveCall(call: string): void
  removeSavedCall(call: string): void
  /** Moves a saved call up (-1) or down (1) in the list. The first one is chosen when the project opens. */
  moveSavedCall(call: string, step: -1 | 1): void
}

/** The calls that belong to the project. No run depends on them, so the instance stays what it was built of. */
export function createSavedCalls({ get, set }: Context): SavedCalls {
  const saved = (): readonly string[] => get().project.calls ?? []
  const keep = (calls: Project['calls']): void =>
    set({ project: { ...get().project, calls: calls ?? [] }, pristine: false, unsaved: true })
  return {
    saveCall(text) {
      const call = text.trim()
      if (call !== '' && !saved().includes(call)) keep([...saved(), call])
    },
    removeSavedCall(call) {
      if (saved().includes(call)) keep(saved().filter((each) => each !== call))
    },
    moveSavedCall(call, step) {
      const from = saved().indexOf(call)
      const to = from + step
      if (from < 0 || to < 0 || to >= saved().length) return
      keep(saved().toSpliced(from, 1).toSpliced(to, 0, call))
    },
  }
}

import type { Context } from './context.ts'

export interface SavedCalls {
  /** Keeps a call with the project; one that it has already stays where it is. */
  saveCall(call: string): void
  /** In the place of those that the project has. */
  keepCalls(calls: readonly string[]): void
}

export interface NamedCall {
  readonly call: string
  /** Empty where it has none. */
  readonly name: string
}

/**
 * A saved call's name is a comment behind it, which WAVE allows: `greet("Ada") // the usual`. Whatever reads the calls of
 * a project reads it as the same call. A name has no double quote, so that none is found inside of a string.
 */
export function namedCall(saved: string): NamedCall {
  const text = saved.trim()
  // Looked for from the end: it may be a link's, and as long as a link can be.
  const at = text.indexOf('//', Math.max(text.lastIndexOf('"'), text.lastIndexOf('\n')) + 1)
  const call = text.slice(0, Math.max(0, at)).trimEnd()
  return call === '' ? { call: text, name: '' } : { call, name: text.slice(at + 2).trim() }
}

/** The calls that belong to the project. No run depends on them, so the instance stays what it was built of. */
export function createSavedCalls({ get, set }: Context): SavedCalls {
  const keepCalls = (calls: readonly string[]): void =>
    set({ project: { ...get().project, calls }, pristine: false, unsaved: true })
  return {
    keepCalls,
    saveCall(text) {
      const call = text.trim()
      const saved = get().project.calls ?? []
      if (call !== '' && !saved.some((each) => namedCall(each).call === call)) keepCalls([...saved, call])
    },
  }
}

import type { Context } from './context.ts'

export interface SavedCalls {
  /** Keeps a call with the project; one that it has already stays where it is. */
  saveCall(call: string): void
  /** Gives a saved call a name, or takes it away with an empty one. */
  nameSavedCall(saved: string, name: string): void
  removeSavedCall(saved: string): void
  /** In the place of those that the project has. */
  keepCalls(calls: readonly string[]): void
  /** Moves a saved call up (-1) or down (1) in the list. The first one is chosen when the project opens. */
  moveSavedCall(saved: string, step: -1 | 1): void
}

export interface NamedCall {
  readonly call: string
  /** Empty where it has none. */
  readonly name: string
}

const longestName = 80

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

function withName(call: string, wanted: string): string {
  const name = wanted.replaceAll('"', '’').replaceAll(/\s+/g, ' ').trim().slice(0, longestName)
  return name === '' ? call : `${call} // ${name}`
}

/** The calls that belong to the project. No run depends on them, so the instance stays what it was built of. */
export function createSavedCalls({ get, set }: Context): SavedCalls {
  const saved = (): readonly string[] => get().project.calls ?? []
  const keep = (calls: readonly string[]): void =>
    set({ project: { ...get().project, calls }, pristine: false, unsaved: true })
  return {
    keepCalls: keep,
    saveCall(text) {
      const call = text.trim()
      if (call !== '' && !saved().some((each) => namedCall(each).call === call)) keep([...saved(), call])
    },
    nameSavedCall(text, name) {
      const at = saved().indexOf(text)
      const named = withName(namedCall(text).call, name)
      if (at >= 0 && named !== text) keep(saved().with(at, named))
    },
    removeSavedCall(text) {
      if (saved().includes(text)) keep(saved().filter((each) => each !== text))
    },
    moveSavedCall(text, step) {
      const from = saved().indexOf(text)
      const to = from + step
      if (from < 0 || to < 0 || to >= saved().length) return
      keep(saved().toSpliced(from, 1).toSpliced(to, 0, text))
    },
  }
}

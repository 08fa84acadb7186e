import type { Context } from './context.ts'

/** Long enough that nobody runs a word half typed. Milliseconds. */
const pause = 700

export interface AutoRun {
  /** A file was edited: runs it after a pause, where the settings say so. */
  edited(): void
  /** Somebody saved. */
  saved(): void
  /** Whatever was about to run does not: somebody ran, stopped, or opened another project. */
  cancel(): void
}

/** Runs that nobody pressed a button for. */
export function createAutoRun({ get }: Context, run: () => void): AutoRun {
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = (): void => clearTimeout(timer)
  return {
    edited() {
      cancel()
      if (get().preferences.runOn !== 'edit') return
      timer = setTimeout(() => {
        const { preferences, diagnostics } = get()
        // A world that does not parse is one that is being written.
        if (preferences.runOn === 'edit' && diagnostics.wit.every((each) => each.severity !== 'error')) run()
      }, pause)
    },
    saved() {
      if (get().preferences.runOn === 'demand') return
      cancel()
      run()
    },
    cancel,
  }
}

import type { Diagnostic } from '../../contract/fault.ts'
import type { Workbench } from '../../state/store.ts'

/** A keystroke that is followed by another one within this time is not worth a question. Milliseconds. */
const pause = 500

/**
 * Says after each pause in typing what the world wants of the project's entry and does not get, in the words of a run.
 * TypeScript's worker is asked, so that typing waits for nothing.
 */
export function watchExports({ store }: Workbench, onProblems: (problems: readonly Diagnostic[]) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function check(): Promise<void> {
    const question = ++asked
    // It knows the engine's side of a world, which the editor need not wait for.
    const { exportProblems } = await import('./export-problems.ts')
    const problems = question === asked ? await exportProblems(store.getState()) : []
    if (question === asked) onProblems(problems)
  }
  function soon(): void {
    clearTimeout(timer)
    // An answer that is on its way is about what is there no more.
    asked++
    // What ends the worker in between is a change of the world, which asks again.
    timer = setTimeout(() => void check().catch(() => {}), pause)
  }

  store.subscribe((state, before) => {
    if (state.opened !== before.opened) onProblems([])
    if (state.project !== before.project || state.prepared !== before.prepared) soon()
  })
  soon()
}

import { defaultEntry } from '../../../project/project.ts'
import { worldInput, worldKey } from '../../../state/selectors.ts'
import type { State } from '../../../state/state.ts'
import type { Workbench } from '../../../state/store.ts'
import { pathOf, uriOf } from '../models.ts'
import { monaco } from '../monaco.ts'
import { guestWorker } from '../typescript-client.ts'
import type { Question } from './export-problems.ts'
import type { ExportProblem } from './with-exports.ts'

/** A keystroke that is followed by another one within this time is not worth a question. Milliseconds. */
const pause = 500
/** After the page opened: what it opens with is seldom wrong, and the editor comes first. Milliseconds. */
const headStart = 2500

/**
 * Says after each pause in typing what the world wants of the project's entry and does not get. TypeScript's worker is
 * asked, so that typing waits for nothing.
 */
export function watchExports({ store }: Workbench, onProblems: (problems: readonly ExportProblem[]) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const openedAt = performance.now()

  async function check(): Promise<void> {
    const question = ++asked
    const problems = await problemsOf(store.getState())
    if (question === asked) onProblems(problems)
  }
  function soon(): void {
    clearTimeout(timer)
    // An answer that is on its way is about what is there no more.
    asked++
    // Before the first file of code there is no worker.
    const rest = headStart - (performance.now() - openedAt)
    timer = setTimeout(() => void check().catch(() => {}), Math.max(pause, rest))
  }

  store.subscribe((state, before) => {
    if (state.opened !== before.opened) onProblems([])
    if (state.project !== before.project || state.prepared !== before.prepared) soon()
  })
  soon()
}

async function problemsOf(state: State): Promise<readonly ExportProblem[]> {
  const { prepared, project } = state
  const entry = project.entry ?? defaultEntry
  const uri = uriOf(entry)
  const { files } = project
  // Of a WIT with mistakes there is no world: what is known is an older one, which nobody wants any more.
  if (prepared?.key !== worldKey(worldInput(state, 'base'))) return []
  if (files[entry] === undefined || monaco.editor.getModel(uri)?.getLanguageId() !== 'typescript') return []
  // It knows the engine's side of a world, for which the editor need not wait.
  const { exportProblems } = await import('./export-problems.ts')
  const ask: Question['ask'] = async (wanted) =>
    (await (await guestWorker(uri)).checkExports(uri.toString(), wanted)) ?? []
  return exportProblems({ world: prepared.world, entry, files, ask, pathOf: (file) => pathOf(monaco.Uri.parse(file)) })
}

import type { World } from '../../component/types.ts'
import type { Diagnostic } from '../../contract/fault.ts'
import { defaultEntry } from '../../project/project.ts'
import type { State } from '../../state/state.ts'
import type { Workbench } from '../../state/store.ts'
import { exportTable } from '../../toolchain/engines/quickjs/binding/export-table.ts'
import { planWorld } from '../../toolchain/engines/quickjs/binding/plan.ts'
import type { QuickJsBinding } from '../../toolchain/engines/quickjs/control.ts'
import { exportFault } from '../../toolchain/engines/quickjs/export-fault.ts'
import { isFit } from './check-exports.ts'
import { uriOf } from './models.ts'
import { monaco, typescript } from './monaco.ts'

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
    const problems = await exportProblems(store.getState())
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

type Expected = QuickJsBinding['exports']

let table: { readonly world: World; readonly expected: Expected } | undefined
function expectedOf(world: World): Expected {
  if (table?.world !== world) {
    const plan = planWorld(world)
    table = { world, expected: plan.ok ? exportTable(plan.value).entries : [] }
  }
  return table.expected
}

async function exportProblems({ prepared, project }: State): Promise<Diagnostic[]> {
  const entry = project.entry ?? defaultEntry
  const uri = uriOf(entry)
  const text = project.files[entry]
  if (!prepared || text === undefined || monaco.editor.getModel(uri)?.getLanguageId() !== 'typescript') return []
  const expected = expectedOf(prepared.world)
  // What functions are called on shows in its functions.
  const wanted = expected.filter(({ receiver }) => receiver === undefined)
  const worker: unknown = await (await typescript.getTypeScriptWorker())(uri)
  const fits = await askWorker(
    worker,
    uri.toString(),
    wanted.map(({ path }) => path),
  )
  const unfit = wanted.flatMap(({ path, label, hint }, index) => {
    const fit = fits[index]
    return fit === undefined || fit === 'fits' ? [] : [{ path, label, hint, missing: fit === 'missing' }]
  })
  if (unfit.length === 0) return []
  const names = expected.map(({ path: [name = ''] }) => name)
  return [{ ...exportFault({ entry, modules: { [entry]: text } }, unfit, names), severity: 'error' }]
}

/** Monaco hands every method on to the worker, of which its types know only its own. */
async function askWorker(worker: unknown, file: string, paths: readonly (readonly string[])[]) {
  const ask: unknown = typeof worker === 'object' && worker !== null ? Reflect.get(worker, 'checkExports') : undefined
  const answer: unknown = typeof ask === 'function' ? await ask(file, paths) : undefined
  return Array.isArray(answer) ? answer.filter(isFit) : []
}

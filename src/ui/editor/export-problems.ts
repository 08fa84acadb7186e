import type { World } from '../../component/types.ts'
import type { Diagnostic } from '../../contract/fault.ts'
import { defaultEntry } from '../../project/project.ts'
import type { State } from '../../state/state.ts'
import { exportTable } from '../../toolchain/engines/quickjs/binding/export-table.ts'
import { planWorld } from '../../toolchain/engines/quickjs/binding/plan.ts'
import type { QuickJsBinding } from '../../toolchain/engines/quickjs/control.ts'
import { exportFault } from '../../toolchain/engines/quickjs/export-fault.ts'
import { isFit } from './check-exports.ts'
import { uriOf } from './models.ts'
import { monaco, typescript } from './monaco.ts'

type Expected = QuickJsBinding['exports']

let table: { readonly world: World; readonly expected: Expected } | undefined
function expectedOf(world: World): Expected {
  if (table?.world !== world) {
    const plan = planWorld(world)
    table = { world, expected: plan.ok ? exportTable(plan.value).entries : [] }
  }
  return table.expected
}

/** What the world wants of the project's entry and does not get, in the words of a run. */
export async function exportProblems({ prepared, project }: State): Promise<Diagnostic[]> {
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

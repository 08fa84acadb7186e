import type { World } from '../../component/types.ts'
import type { Diagnostic } from '../../contract/fault.ts'
import { exportTable } from '../../toolchain/engines/quickjs/binding/export-table.ts'
import { planWorld } from '../../toolchain/engines/quickjs/binding/plan.ts'
import type { QuickJsBinding } from '../../toolchain/engines/quickjs/control.ts'
import { exportFault } from '../../toolchain/engines/quickjs/export-fault.ts'
import type { Fit } from './check-exports.ts'

type Expected = QuickJsBinding['exports']

let table: { readonly world: World; readonly expected: Expected } | undefined
function expectedOf(world: World): Expected {
  if (table?.world !== world) {
    const plan = planWorld(world)
    table = { world, expected: plan.ok ? exportTable(plan.value).entries : [] }
  }
  return table.expected
}

/**
 * What the world wants of the project's entry and does not get, in the words of a run. `ask` says of each path what the
 * entry has there.
 */
export async function exportProblems(
  world: World,
  entry: string,
  text: string,
  ask: (paths: readonly (readonly string[])[]) => Promise<readonly Fit[]>,
): Promise<Diagnostic[]> {
  const expected = expectedOf(world)
  // What functions are called on shows in its functions.
  const wanted = expected.filter(({ receiver }) => receiver === undefined)
  const fits = await ask(wanted.map(({ path }) => path))
  const unfit = wanted.flatMap(({ path, label, hint }, index) => {
    const fit = fits[index]
    return fit === undefined || fit === 'fits' ? [] : [{ path, label, hint, missing: fit === 'missing' }]
  })
  if (unfit.length === 0) return []
  const names = expected.map(({ path: [name = ''] }) => name)
  return [{ ...exportFault({ entry, modules: { [entry]: text } }, unfit, names), severity: 'error' }]
}

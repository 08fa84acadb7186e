import { fail } from '../../contract/fault.ts'
import type { Outcome } from '../../contract/fault.ts'
import { checkWit } from '../../wit/check.ts'
import type { BuiltinPackages } from '../wit/builtin.ts'
import { assembleWit, neededBuiltins } from '../wit/source.ts'
import type { AssembledWit } from '../wit/source.ts'

/**
 * The project's WIT as one text for jco. Our own checker knows the place of a mistake and jco's tools do not, so it has
 * the first word.
 */
export function checkAndAssemble(
  wit: Readonly<Record<string, string>>,
  world: string | undefined,
  builtin: BuiltinPackages,
): Outcome<AssembledWit> {
  const error = checkWit(wit, neededBuiltins(wit, builtin)).find(({ severity }) => severity === 'error')
  if (error === undefined) return assembleWit(wit, world, builtin)
  const { severity: _severity, ...fault } = error
  return fail(fault)
}

import { camelCase } from '../../../../component/host-conventions.ts'
import type { ValueType } from '../../../../component/types.ts'
import { isBindable } from './names.ts'
import type { PlannedFunction } from './plan.ts'
import type { TypePrinter } from './type-printer.ts'

/** How a planned function is written in TypeScript: here for hints, for declarations, and for what is compared with them. */

/** The name itself where something can be declared under it. */
export const bindable = (name: string): string => (isBindable(name) ? name : `${name}_`)

/** What JavaScript returns: of a result that is thrown in part, the other part. */
export const returnedType = ({ result, throws }: Pick<PlannedFunction, 'result' | 'throws'>): ValueType | undefined =>
  throws && result?.kind === 'result' ? result.ok : result

/** `from`: the first parameter that is written, after those that are called on. */
export function parameterList({ parameters }: PlannedFunction, printer: TypePrinter, from = 0): string {
  const list = parameters.slice(from).map(({ name, type }) => `${bindable(camelCase(name))}: ${printer.text(type)}`)
  return `(${list.join(', ')})`
}

export function signature(planned: PlannedFunction, printer: TypePrinter, from = 0): string {
  const returned = returnedType(planned)
  return `${parameterList(planned, printer, from)}: ${returned ? printer.text(returned) : 'void'}`
}

import { type Code, type CoreFunction, i32, leave } from './emitter.ts'
import type { Mode } from './layout.ts'

/** What the lowering functions have in common. */

export const done = i32.const(0)
export const failed: Code = [i32.const(1), leave]

export const parametersOf = (made: CoreFunction): { value: Code; address: Code } => ({
  value: made.parameter(0).get,
  address: made.parameter(1).get,
})

/** Address and length of a string or list. */
export const storeSpan = (address: Code, start: Code, length: Code, mode: Mode): Code => [
  [address, start, i32.store()],
  [address, length, i32.store(mode === 'flat' ? 8 : 4)],
]

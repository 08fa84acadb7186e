import type { BorrowType, OwnType, ResourceType, ValueType } from '../../../../component/types.ts'
import type { Code } from './emitter.ts'
import type { Glue } from './glue.ts'
import type { Mode } from './layout.ts'
import type { TypeKeys } from './type-key.ts'

/** The conversions between JavaScript values and the canonical ABI: two functions for each type and layout. */
export interface Conversions {
  readonly glue: Glue
  readonly keys: TypeKeys
  /** Call: (address) -> JSValue */
  load(type: ValueType, mode: Mode): Code
  /** Call: (JSValue, address) -> 0, or 1 with an exception pending */
  store(type: ValueType, mode: Mode): Code
  /** An i32 handle (or the representation of a borrowed resource of the guest's own) to an object. */
  liftHandle(type: OwnType | BorrowType, handle: Code): Code
  resourceIndex(resource: ResourceType): number
}

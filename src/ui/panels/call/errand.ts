import { createContext } from 'react'
import type { ResourceType } from '../../../component/types.ts'

/** A call that is left for a moment, to make a resource that it takes. */
export interface Errand {
  readonly resource: ResourceType
  /** The call that waits. */
  readonly call: string
  /** The handles that were there before. */
  readonly known: ReadonlySet<number>
  /** Goes back to the call, with the handle in the field that asked for it. */
  readonly resume: (handle: number) => void
}

/** Leaves the call that is shown for its constructor's. */
export const ErrandContext = createContext<(errand: Errand) => void>(() => {})

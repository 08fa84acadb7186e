import { createContext } from 'react'
import type { ResourceType } from '../../../component/types.ts'

/** A call that is left for a moment, to make a resource that it takes. */
export interface Departure {
  readonly resource: ResourceType
  /** The export that makes it. */
  readonly maker: string
  /** The call that waits. */
  readonly call: string
  /** The handles that were there before. */
  readonly known: ReadonlySet<number>
  /** Goes back to the call, with the handle in the field that asked for it. */
  readonly resume: (handle: number) => void
}

/** One that is under way. */
export interface Errand extends Departure {
  /** The run whose instance has those handles. */
  readonly instance: number
  /** What that call was made for itself. */
  readonly outer: Errand | undefined
}

/** Leaves the call that is shown for its constructor's. */
export const ErrandContext = createContext<(errand: Departure) => void>(() => {})

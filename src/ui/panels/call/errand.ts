import { createContext } from 'react'
import type { ResourceType } from '../../../component/types.ts'
import type { CallableExport } from './call-model.ts'

/** Leaves the call that is shown for one that makes a resource which it takes. */
export interface Departure {
  readonly resource: ResourceType
  readonly maker: CallableExport
  /** Goes back to the call, with the handle in the field that asked for it. */
  readonly resume: (handle: number) => void
}

/** One that is under way. */
export interface Errand extends Departure {
  /** The call that waits. */
  readonly call: string
  /** The handles that were there before, and the run whose instance has them. */
  readonly known: ReadonlySet<number>
  readonly instance: number
  /** What that call was made for itself. */
  readonly outer: Errand | undefined
}

export const ErrandContext = createContext<(departure: Departure) => void>(() => {})

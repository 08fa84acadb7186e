import { createStore } from 'zustand/vanilla'
import type { Place } from '../contract/fault.ts'

/** A place where the code of the project reaches out of the component. */
export interface HostUse {
  /** `console.log`; of an import the interface as it is written. */
  readonly what: string
  readonly kind: 'feature' | 'import'
  /** Any one of these interfaces will do, without versions. */
  readonly needs: readonly string[]
  readonly place: Place
}

/** As far as the editor has found out by now; of another project nothing. */
export const usesStore = createStore<{ readonly opened: number; readonly uses: readonly HostUse[] }>()(() => ({
  opened: -1,
  uses: [],
}))

import type { WaitState } from '../wasi/waiting.ts'
import type { TraceNews } from './trace-entry.ts'

/** What the simulated world of a run tells the page, as it happens. */
export type WorldEvent =
  /** The guest waits from now on; without a state it goes on. `instant`: the run's time in nanoseconds. */
  | {
      readonly kind: 'wait'
      readonly instant: bigint
      /** Milliseconds of waiting in the request under way, which its time limit does not count. */
      readonly waited: number
      readonly state?: WaitState
    }
  | ({ readonly kind: 'trace' } & TraceNews)

import { CannotWait, HostTrap } from './signals.ts'
import type { Time } from './time.ts'

/** What a guest can wait for. */
export interface Condition {
  ready(): boolean
  /** The instant of the monotonic clock, in nanoseconds, at which time alone makes it ready; undefined where none does. */
  deadline?(): bigint | undefined
  /** What has to come from outside, where something may still come: `input on stdin`. */
  awaits?(): string | undefined
}

/** Of functions that block: a promise only in a run that can wait for the outside. */
export type Awaitable<T> = T | Promise<T>

/** The condition of what never blocks. */
export const always: Condition = { ready: () => true }

/** What a guest waits for, for those who can end the waiting. */
export interface WaitState {
  /** From outside, in words; none twice. */
  readonly awaits: readonly string[]
  /** The first instant of the monotonic clock that ends the waiting, in nanoseconds. */
  readonly until?: bigint
}

/** A run that can wait for the outside has this; it needs a browser that can suspend WebAssembly (JSPI). */
export interface Interaction {
  /** Whether bytes may still be added to standard input while the program runs. */
  readonly openStdin: boolean
  /** Whether what runs now can be suspended: a constructor and a destructor cannot. */
  mayWait(): boolean
  /** Calls `done` after so many milliseconds; gives what cancels that. */
  after(milliseconds: number, done: () => void): () => void
  /** The guest waits from now on, or goes on (undefined). */
  onWait(state: WaitState | undefined): void
}

export interface Waiting {
  /**
   * Waits until one of the conditions holds: undefined where that is so by now, else a promise, which only a run with an
   * `Interaction` gives. Throws where nothing can make one of them hold.
   */
  until(conditions: readonly Condition[]): Promise<void> | undefined
  /** Something came from outside: whoever waits looks again. */
  wake(): void
}

/** Does `then` once one of the conditions holds. */
export const once = <T>(waiting: Waiting, conditions: readonly Condition[], then: () => Awaitable<T>): Awaitable<T> => {
  const pending = waiting.until(conditions)
  return pending === undefined ? then() : pending.then(then)
}

const isDefined = <T>(value: T | undefined): value is T => value !== undefined
const earlier = (a: bigint | undefined, b: bigint): bigint => (a === undefined || b < a ? b : a)

export const createWaiting = (time: Time, interaction?: Interaction): Waiting => {
  /** Those who wait: more than one where an instance waits for another. */
  const sleepers = new Set<() => void>()
  const holds = (conditions: readonly Condition[]): boolean => conditions.some((condition) => condition.ready())
  const first = (conditions: readonly Condition[]): bigint | undefined =>
    conditions
      .map((condition) => condition.deadline?.())
      .filter(isDefined)
      .reduce<bigint | undefined>(earlier, undefined)

  /** Until somebody wakes it, or the instant has come by itself. */
  const pause = (until: bigint | undefined, { after }: Interaction): Promise<void> =>
    new Promise((done) => {
      const wake = (): void => {
        sleepers.delete(wake)
        cancel?.()
        done()
      }
      const cancel = until === undefined ? undefined : after(time.millisecondsTo(until), wake)
      sleepers.add(wake)
    })

  const waitOutside = async (conditions: readonly Condition[], outside: Interaction): Promise<void> => {
    try {
      while (!holds(conditions)) {
        const until = first(conditions)
        const awaits = [...new Set(conditions.map((condition) => condition.awaits?.()).filter(isDefined))]
        if (until === undefined && awaits.length === 0) throw new HostTrap(inVain)
        if (until !== undefined && time.mode === 'auto') time.jumpTo(until)
        else {
          outside.onWait({ awaits, ...(until !== undefined && { until }) })
          await pause(time.mode === 'real' ? until : undefined, outside)
        }
      }
    } finally {
      outside.onWait(undefined)
    }
  }

  return {
    until: (conditions) => {
      while (!holds(conditions)) {
        const until = first(conditions)
        if (interaction && (until === undefined || time.mode !== 'auto')) {
          if (!interaction.mayWait()) throw new CannotWait('here')
          return waitOutside(conditions, interaction)
        }
        if (until === undefined) throw new HostTrap(inVain)
        if (time.mode === 'frozen') throw new CannotWait('frozen')
        // In real time a synchronous import has nothing to wait on; the time limit of the run bounds the loop.
        if (time.mode === 'auto') time.jumpTo(until)
        else time.passTo(until)
      }
      return undefined
    },
    wake: () => {
      for (const wake of sleepers) wake()
    },
  }
}

const inVain = 'The component waits for something that can never happen'

import type { Awaitable } from '../../wasi/waiting.ts'
import type { WaitReports } from './wait-reports.ts'

export interface GuestRequestsOptions {
  readonly waits: Pick<WaitReports, 'begin' | 'waited'>
  /** Milliseconds. */
  readonly now: () => number
  /** A request begins, and ends. */
  readonly begin: () => void
  readonly end: () => void
}

/** How the page's requests of a component are made: one after the other. */
export interface GuestRequests {
  /** Whether what runs was called through glue that gives a promise: constructors and destructors are not. */
  mayWait: boolean
  /** One that is over when `work` returns. */
  atOnce<T>(work: () => T): T
  /**
   * Calls an export, and says what came of it once it has ended; `ms`: milliseconds without those that it waited. What is
   * no function is called through glue that gives no promise.
   */
  ending<T, R = unknown>(
    isFunction: boolean,
    target: () => Awaitable<R>,
    returned: (value: R, ms: number) => T,
    thrown: (error: unknown, ms: number) => T,
  ): Awaitable<T>
}

export const createGuestRequests = ({ waits, now, begin, end }: GuestRequestsOptions): GuestRequests => {
  const requests: GuestRequests = {
    mayWait: false,
    atOnce: (work) => {
      begin()
      try {
        return work()
      } finally {
        end()
      }
    },
    ending: (isFunction, target, returned, thrown) => {
      waits.begin()
      begin()
      const from = now()
      const over = <T, V>(then: (value: V, ms: number) => T, value: V): T => {
        const ms = Math.max(0, now() - from - waits.waited)
        requests.mayWait = false
        end()
        return then(value, ms)
      }
      try {
        requests.mayWait = isFunction
        const value = target()
        if (!(value instanceof Promise)) return over(returned, value)
        return value.then(
          (settled) => over(returned, settled),
          (error: unknown) => over(thrown, error),
        )
      } catch (error) {
        return over(thrown, error)
      }
    },
  }
  return requests
}

import type { WaitState } from '../../wasi/waiting.ts'

export interface WaitReportsOptions {
  /** Milliseconds. */
  readonly now: () => number
  /** Calls `done` after so many milliseconds; gives what cancels that. */
  readonly after: (milliseconds: number, done: () => void) => () => void
  /** `waited`: milliseconds that the guest has waited in the request under way. */
  readonly post: (waited: number, state: WaitState | undefined) => void
}

export interface WaitReports {
  /** A request begins. */
  begin(): void
  /** Milliseconds that the guest has waited since then. */
  readonly waited: number
  /** The guest waits for this from now on, or goes on. */
  tell(state: WaitState | undefined): void
}

/** A shorter wait is not told of one by one: nobody can do anything about it. */
const leastTold = 10
/** So much time of waits that were not told of is told in the end, since it is not for the time limit. */
const mostUntold = 50

/** Tells the page when the guest waits, without a message for each of a thousand short waits. */
export const createWaitReports = ({ now, after, post }: WaitReportsOptions): WaitReports => {
  let waited = 0
  /** Of `waited`, what the page knows of. */
  let known = 0
  let since: number | undefined
  let state: WaitState | undefined
  let told = false
  let cancel: (() => void) | undefined

  const say = (): void => {
    told = true
    post(waited, state)
  }
  return {
    begin: () => {
      // What the page knows of is of the request before.
      if (known > 0) post(0, undefined)
      waited = 0
      known = 0
    },
    get waited() {
      return waited
    },
    tell: (next) => {
      state = next
      if (next !== undefined) {
        if (told) return say()
        since ??= now()
        cancel ??= after(leastTold, say)
        return
      }
      cancel?.()
      cancel = undefined
      if (since !== undefined) waited += now() - since
      since = undefined
      if (!told && waited - known < mostUntold) return
      told = false
      known = waited
      post(waited, undefined)
    },
  }
}

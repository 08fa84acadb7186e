import { HostTrap } from '../signals.ts'
import { once, type Awaitable, type Condition, type Waiting } from '../waiting.ts'

/** Live ones. More is no program but an attack: a pollable costs the host more memory than the guest. */
export const mostPollables = 1 << 17

export interface Pollable {
  ready(): boolean
  block(): Awaitable<void>
}

/** wasi:io/poll, made anew for each run. */
export const createPoll = (waiting: Waiting) => {
  let pollables = 0
  let conditionOf: (pollable: PollableResource) => Condition
  class PollableResource implements Pollable {
    #condition: Condition
    #dropped = false
    constructor(condition: Condition) {
      if (pollables >= mostPollables) throw new HostTrap(`The component holds ${pollables} pollables: drop some`)
      pollables++
      this.#condition = condition
    }
    ready(): boolean {
      return this.#condition.ready()
    }
    block(): Awaitable<void> {
      return waiting.until([this.#condition])
    }
    [Symbol.dispose](): void {
      if (!this.#dropped) pollables--
      this.#dropped = true
    }
    static {
      conditionOf = (pollable) => pollable.#condition
    }
  }
  const poll = (list: readonly PollableResource[]): Awaitable<Uint32Array> => {
    // poll.wit: "This function traps if either: the list is empty, …"
    if (list.length === 0) throw new HostTrap('wasi:io/poll#poll got an empty list')
    const conditions = list.map(conditionOf)
    return once(waiting, conditions, () =>
      Uint32Array.from(conditions.flatMap((condition, index) => (condition.ready() ? [index] : []))),
    )
  }
  return { Pollable: PollableResource, poll }
}

/** Bytes of which so many may be held at once. */
export class Budget {
  readonly limit: number
  #held = 0

  constructor(limit: number) {
    this.limit = limit
  }

  get free(): number {
    return this.limit - this.#held
  }
  /** Holds so many more, where there is room for them. */
  take(bytes: number): boolean {
    if (bytes > this.free) return false
    this.#held += bytes
    return true
  }
  give(bytes: number): void {
    this.#held -= bytes
  }
}

/** What one resource holds of a budget. */
export class Share {
  readonly #budget: Budget
  #bytes = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  get bytes(): number {
    return this.#bytes
  }
  /** Holds so many from now on; false where there is no room for them: then all stays as it was. */
  set(bytes: number): boolean {
    const more = bytes - this.#bytes
    if (more > 0 && !this.#budget.take(more)) return false
    if (more < 0) this.#budget.give(-more)
    this.#bytes = bytes
    return true
  }
  release(): void {
    this.set(0)
  }
}

/**
 * Memory of the machine that the host holds for the guest of one run, whatever the guest makes it hold: files, names,
 * messages, what is on the way between sockets. Far more than programs need, and far less than a browser's tab has.
 */
export const mostMemory = 128 << 20

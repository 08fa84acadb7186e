/**
 * What the host throws through a component. A value that is not an `Error` becomes the `err` payload of a function that
 * returns a `result`; an `Error` ends the instance. These are the errors with a meaning of their own.
 */

/** The component broke a rule of an interface, or waits for what cannot happen. The instance is dead. */
export class HostTrap extends Error {
  override readonly name = 'HostTrap'
}

/** The policy refused a call of a function that has no way to say so. The instance is dead. */
export class Denied extends Error {
  override readonly name = 'Denied'
  readonly call: string
  constructor(call: string) {
    super(`The policy denies ${call}`)
    this.call = call
  }
}

/** The guest would have to be suspended where that cannot be. */
export class CannotWait extends HostTrap {
  /** `frozen`: nobody can move the clock of this run. `here`: not in a constructor or a destructor. */
  readonly reason: 'frozen' | 'here'
  constructor(reason: 'frozen' | 'here') {
    super(reason === 'frozen' ? 'it waits for a clock that is frozen' : 'it waits where nothing can be suspended')
    this.reason = reason
  }
}

/** A call of an interface of WASI that the host does not have, and whose answer is not made up. The instance is dead. */
export class Unserved extends Error {
  override readonly name = 'Unserved'
  readonly call: string
  constructor(call: string) {
    super(`Nothing provides ${call}`)
    this.call = call
  }
}

/** `wasi:cli/exit`: the program ends with this status. Not a failure. */
export class Exit extends Error {
  override readonly name = 'Exit'
  readonly code: number
  constructor(code: number) {
    super(`exit with status ${code}`)
    this.code = code
  }
}

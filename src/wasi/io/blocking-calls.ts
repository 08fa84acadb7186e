/** A function that may wait for the outside, by its name in JavaScript. */
interface BlockingCall {
  /** Without version. */
  readonly interface: string
  /** The class that has it as a method; absent for a function of the interface. */
  readonly resource?: string
  readonly name: string
  /** A value of its result type. */
  readonly sample: () => unknown
}

const nothing = (): undefined => undefined
const ofPollable = { interface: 'wasi:io/poll', resource: 'Pollable' }
const ofInput = { interface: 'wasi:io/streams', resource: 'InputStream' }
const ofOutput = { interface: 'wasi:io/streams', resource: 'OutputStream' }

/** The functions that may wait for the outside, by their names in JavaScript: the guest has to be suspended there. */
export const blockingCalls: readonly BlockingCall[] = [
  { interface: 'wasi:io/poll', name: 'poll', sample: () => new Uint32Array() },
  { ...ofPollable, name: 'block', sample: nothing },
  { ...ofInput, name: 'blockingRead', sample: () => new Uint8Array() },
  { ...ofInput, name: 'blockingSkip', sample: () => 0n },
  { ...ofOutput, name: 'blockingWriteAndFlush', sample: nothing },
  { ...ofOutput, name: 'blockingFlush', sample: nothing },
  { ...ofOutput, name: 'blockingWriteZeroesAndFlush', sample: nothing },
  { ...ofOutput, name: 'blockingSplice', sample: () => 0n },
]

import type { TextError } from './text-error.ts'

/** What stands where a value is to come: text that is none yet, as it was typed. Printed as it is. */
export class Unfinished {
  /** As it stands in the field, and in WAVE. */
  readonly typed: string
  readonly wave: string
  /** Why it is no value; offsets count from the start of `wave`. */
  readonly error: TextError

  constructor(typed: string, wave: string, error: TextError) {
    this.typed = typed
    this.wave = wave
    this.error = error
  }
}

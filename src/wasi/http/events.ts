import type { Field } from './message.ts'

/** What happens to the requests that a component makes. Instants are nanoseconds of the run's clock. */
export type HttpEvent =
  /** `route`: the place of the one that answers in the list; none: nothing answers, and the request is denied. */
  | {
      readonly type: 'sent'
      readonly id: number
      readonly at: bigint
      readonly method: string
      readonly url: string
      readonly fields: readonly Field[]
      readonly route?: number
    }
  /** The request's body is complete, or will never be. */
  | { readonly type: 'request-body'; readonly id: number; readonly size: number; readonly start: Uint8Array }
  /** The component took the head of the response, which arrived then. */
  | {
      readonly type: 'answered'
      readonly id: number
      readonly at: bigint
      readonly status: number
      readonly fields: readonly Field[]
    }
  /** The end of the response came, it failed, or was given up; `why`: in words, where the code does not say it. */
  | {
      readonly type: 'ended'
      readonly id: number
      readonly at: bigint
      readonly size: number
      readonly start: Uint8Array
      readonly error?: string
      readonly why?: string
    }

/** Bytes of a body that events carry. */
export const bodyStart = 16_384

/** The beginning of what passes, and how much it is. */
export class Glimpse {
  size = 0
  #parts: Uint8Array[] = []
  #kept = 0
  add(bytes: Uint8Array): void {
    this.size += bytes.length
    const part = bytes.slice(0, bodyStart - this.#kept)
    this.#kept += part.length
    if (part.length > 0) this.#parts.push(part)
  }
  get start(): Uint8Array {
    const all = new Uint8Array(this.#kept)
    let at = 0
    for (const part of this.#parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  }
}

import type { ByteSource } from '../io/byte-streams.ts'
import type { Time } from '../time.ts'
import type { Condition } from '../waiting.ts'
import { type ErrorCode, streamFailure } from './error-code.ts'
import type { Field } from './message.ts'

/** How a body ended: with trailers or none, or with an error. */
export type BodyEnd =
  | { readonly ok: true; readonly trailers: readonly Field[] | undefined }
  /** `why`: in words, for those who look at it from outside. */
  | { readonly ok: false; readonly code: ErrorCode; readonly why?: string }

/** A body on its way to the guest: bytes that arrive at instants of the run's clock, and their end. */
export interface Inlet {
  readonly source: ByteSource
  /** Ready when the whole body has arrived, read or not. */
  readonly end: Condition
  ended(): BodyEnd | undefined
  /** `at`: when it arrives; never before what was told earlier. */
  push(bytes: Uint8Array, at: bigint): void
  finish(end: BodyEnd, at: bigint): void
}

export const frozenStep = 'a step of the frozen clock'

/** The condition that an instant has come; `undefined` while nobody knows when. */
export const instantReached = (time: Time, at: () => bigint | undefined): Condition => {
  const due = (instant: bigint | undefined): boolean => instant !== undefined && time.peek() >= instant
  return {
    ready: () => due(at()),
    deadline: at,
    awaits: () => {
      const instant = at()
      return instant !== undefined && time.mode === 'frozen' && !due(instant) ? frozenStep : undefined
    },
  }
}

export interface InletOptions {
  /** The guest has come to the end, which arrived then. */
  readonly onEnd?: (end: BodyEnd, at: bigint) => void
}

export const createInlet = (time: Time, { onEnd }: InletOptions = {}): Inlet => {
  const chunks: { bytes: Uint8Array; readonly at: bigint }[] = []
  let last: { readonly end: BodyEnd; readonly at: bigint } | undefined
  let told = 0n
  let failed = false
  let seen = false
  const inOrder = (at: bigint): bigint => (told = at > told ? at : told)
  const due = (at: bigint): boolean => time.peek() >= at
  const see = (): BodyEnd | undefined => {
    if (last === undefined || !due(last.at)) return undefined
    if (!seen) onEnd?.(last.end, last.at)
    seen = true
    return last.end
  }
  return {
    source: {
      ...instantReached(time, () => chunks[0]?.at ?? last?.at),
      take: (length) => {
        const first = chunks[0]
        if (first === undefined) {
          const end = see()
          if (end === undefined) return new Uint8Array()
          if (end.ok || failed) return 'closed'
          failed = true
          throw streamFailure(end.code)
        }
        if (!due(first.at)) return new Uint8Array()
        const part = first.bytes.slice(0, length)
        if (part.length === first.bytes.length) chunks.shift()
        else first.bytes = first.bytes.subarray(part.length)
        return part
      },
    },
    end: instantReached(time, () => last?.at),
    ended: see,
    push: (bytes, at) => {
      if (last === undefined && bytes.length > 0) chunks.push({ bytes, at: inOrder(at) })
    },
    finish: (end, at) => {
      last ??= { end, at: inOrder(at) }
    },
  }
}

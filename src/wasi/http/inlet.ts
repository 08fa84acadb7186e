import { type Budget, Share } from '../budget.ts'
import { ByteQueue } from '../io/byte-queue.ts'
import type { ByteSource } from '../io/byte-streams.ts'
import type { Time } from '../time.ts'
import type { Condition } from '../waiting.ts'
import { type ErrorCode, outOfMemory, streamFailure } from './error-code.ts'
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
  /** The bytes are the inlet's own. `at`: when they arrive; never before what was told earlier. */
  push(bytes: Uint8Array, at: bigint): void
  finish(end: BodyEnd, at: bigint): void
  /** The guest can get at nothing of it any more. */
  drop(): void
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
  /** The guest has come to the end, which arrived then, or has given it up before that. Told once. */
  readonly onEnd?: (end: BodyEnd | 'given up', at: bigint) => void
  /** What the bytes are held of; none: somebody else holds them anyway. */
  readonly memory?: Budget
}

/** Bytes that arrive at one instant, as far as they were not taken yet. */
interface Arrival {
  readonly at: bigint
  size: number
}

/** What an arrival takes beside its bytes: about so much. */
const arrivalCost = 64

export const createInlet = (time: Time, { onEnd, memory }: InletOptions = {}): Inlet => {
  const queue = new ByteQueue()
  const share = memory && new Share(memory)
  let arrivals: Arrival[] = []
  /** Those before it were taken. */
  let next = 0
  let last: { readonly end: BodyEnd; readonly at: bigint } | undefined
  let told = 0n
  let failed = false
  let seen = false
  let dropped = false
  const inOrder = (at: bigint): bigint => (told = at > told ? at : told)
  const due = (at: bigint): boolean => time.peek() >= at
  const hold = (more: number): boolean =>
    share?.set(queue.size + more + arrivalCost * (arrivals.length - next + 1)) ?? true
  const see = (): BodyEnd | undefined => {
    if (last === undefined || !due(last.at)) return undefined
    if (!seen) onEnd?.(last.end, last.at)
    seen = true
    return last.end
  }
  const atEnd = (): Uint8Array | 'closed' => {
    const end = see()
    if (end === undefined) return new Uint8Array()
    if (end.ok || failed) return 'closed'
    failed = true
    throw streamFailure(end.code)
  }
  const finish = (end: BodyEnd, at: bigint): void => {
    last ??= { end, at: inOrder(at) }
  }
  return {
    source: {
      ...instantReached(time, () => arrivals[next]?.at ?? last?.at),
      take: (length) => {
        const first = arrivals[next]
        if (first === undefined) return atEnd()
        if (!due(first.at)) return new Uint8Array()
        const part = queue.take(Math.min(length, first.size))
        first.size -= part.length
        if (first.size === 0) next++
        // Now and then, so that each is moved about once.
        if (next > 64 && 2 * next > arrivals.length) {
          arrivals = arrivals.slice(next)
          next = 0
        }
        hold(0)
        return part
      },
    },
    end: instantReached(time, () => last?.at),
    ended: see,
    push: (bytes, at) => {
      if (last !== undefined || dropped || bytes.length === 0) return
      const instant = inOrder(at)
      if (!hold(bytes.length)) return finish({ ok: false, code: outOfMemory }, instant)
      const before = arrivals.length > next ? arrivals.at(-1) : undefined
      if (before?.at === instant) before.size += bytes.length
      else arrivals.push({ at: instant, size: bytes.length })
      queue.push(bytes, true)
    },
    finish,
    drop: () => {
      if (dropped) return
      dropped = true
      queue.clear()
      arrivals = []
      next = 0
      share?.release()
      if (seen || see() !== undefined) return
      seen = true
      onEnd?.('given up', time.peek())
    },
  }
}

import { ByteQueue } from './io/byte-queue.ts'
import type { ByteSource } from './io/byte-streams.ts'

/** Standard input: one sequence of bytes, whoever reads it. */
export interface Stdin {
  readonly source: ByteSource
  push(bytes: Uint8Array): void
  end(): void
}

/** `open`: more may be pushed after what is there at the start. */
export const createStdin = (text: string, open: boolean): Stdin => {
  const queue = new ByteQueue()
  let ended = !open
  queue.push(new TextEncoder().encode(text), true)
  return {
    source: {
      ready: () => ended || queue.size > 0,
      awaits: () => (ended ? undefined : 'input on stdin'),
      take: (length) => (queue.size === 0 && ended ? 'closed' : queue.take(length)),
    },
    push: (bytes) => {
      if (!ended) queue.push(bytes)
    },
    end: () => {
      ended = true
    },
  }
}

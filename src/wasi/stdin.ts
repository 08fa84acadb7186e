import type { ByteSource } from './io/byte-streams.ts'

/** Standard input: one sequence of bytes, whoever reads it. */
export interface Stdin {
  readonly source: ByteSource
  push(bytes: Uint8Array): void
  end(): void
}

/** `open`: more may be pushed after what is there at the start. */
export const createStdin = (text: string, open: boolean): Stdin => {
  const chunks: Uint8Array[] = []
  let ended = !open
  const push = (bytes: Uint8Array): void => {
    if (!ended && bytes.length > 0) chunks.push(bytes)
  }
  const start = new TextEncoder().encode(text)
  if (start.length > 0) chunks.push(start)
  return {
    source: {
      ready: () => ended || chunks.length > 0,
      awaits: () => (ended ? undefined : 'input on stdin'),
      take: (length) => {
        const first = chunks[0]
        if (first === undefined) return ended ? 'closed' : new Uint8Array()
        const part = first.slice(0, length)
        if (part.length === first.length) chunks.shift()
        else chunks[0] = first.subarray(part.length)
        return part
      },
    },
    push,
    end: () => {
      ended = true
    },
  }
}

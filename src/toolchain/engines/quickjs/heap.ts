/**
 * The engine's heap as its allocator lays it out (dlmalloc of wasi-libc): chunks one after the other, each with its size
 * and two flags in the second word. What was freed keeps its content; a snapshot would carry it along.
 */

const sizeMask = ~7
const inUse = 2
/** A free chunk links to others in its first words. */
const links = 32
const smallestChunk = 16

/**
 * Zeroes what free chunks hold beyond their links. `start` is the first chunk. Leaves everything as it is where the
 * chunks do not add up.
 */
export function scrubHeap(memory: WebAssembly.Memory, start: number): void {
  const bytes = new Uint8Array(memory.buffer)
  const view = new DataView(memory.buffer)
  const free: [from: number, to: number][] = []
  let at = start
  while (at + 8 <= bytes.length) {
    const head = view.getUint32(at + 4, true)
    const size = (head & sizeMask) >>> 0
    if (size < smallestChunk || at + size > bytes.length) return
    // The last word of a free chunk repeats its size.
    if ((head & inUse) === 0 && size > 2 * links) free.push([at + links, at + size - 4])
    at += size
  }
  for (const [from, to] of free) bytes.fill(0, from, to)
}

/** The first chunk of the heap, by the address of the first allocation of all. */
export const heapStart = (firstAllocation: number): number => firstAllocation - 8

/**
 * The engine's heap as its allocator lays it out (dlmalloc of wasi-libc): chunks one after the other, each with its size
 * and two flags in the second word. What was freed keeps its content; a snapshot would carry it along.
 */

const sizeMask = ~7
const inUse = 2
/** A free chunk links to others in its first words. */
const links = 32
const smallestChunk = 16

/** Chunk by chunk from the one at `heap`. Says whether they add up to the end of the heap. */
export function eachChunk(
  memory: WebAssembly.Memory,
  heap: number,
  visit: (start: number, end: number, isFree: boolean) => void,
): boolean {
  const view = new DataView(memory.buffer)
  let at = heap
  while (at + 8 <= view.byteLength) {
    const head = view.getUint32(at + 4, true)
    const size = (head & sizeMask) >>> 0
    if (size < smallestChunk || at + size > view.byteLength) return false
    visit(at, at + size, (head & inUse) === 0)
    at += size
  }
  return true
}

/**
 * Zeroes what free chunks hold beyond their links; their size stands once more behind their end. Leaves everything as it
 * is where the chunks do not add up.
 */
export function scrubHeap(memory: WebAssembly.Memory, heap: number): void {
  const free: [from: number, to: number][] = []
  const isWhole = eachChunk(memory, heap, (start, end, isFree) => {
    if (isFree && end - start > 2 * links) free.push([start + links, end])
  })
  if (!isWhole) return
  const bytes = new Uint8Array(memory.buffer)
  for (const [from, to] of free) bytes.fill(0, from, to)
}

/** The first chunk of the heap, by the address of the first allocation of all. */
export const heapStart = (firstAllocation: number): number => firstAllocation - 8

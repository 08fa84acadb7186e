import { eachChunk } from './heap.ts'
import type { Machine } from './machine.ts'

/** Larger blocks come from the allocator below, each by itself. Bytes. */
const largestBlock = 512
const step = 4

/**
 * Zeroes the free blocks of the engine's arenas: small blocks are cut from chunks of a few KiB, one size each, and a
 * block that was freed keeps its content while its arena is in use. Every free block of a size is taken, zeroed and given
 * back in turn, which leaves the lists of free blocks as they were. `heap` is the first chunk of the heap. The engine's
 * stack is used: what is below its pointer is no part of the state that is kept after this.
 */
export function scrubArenas(machine: Machine, heap: number): void {
  const runtime = machine.call('qjs_get_runtime_ptr')
  const isInUse = chunksInUse(machine.memory, heap)
  let last = 0
  // The largest size of an arena comes first, so that nothing of its blocks is left out.
  for (let size = largestBlock; size > 0; size -= step) {
    const taken: number[] = []
    let block = machine.call('js_malloc_rt', runtime, size) >>> 0
    // The same block as for the size before comes from the same arena.
    const isKnown = block === last
    last = block
    while (block !== 0) {
      taken.push(block)
      // Of this size no block was free: an arena was made for it, and goes with it.
      if (isKnown || !isInUse(block)) break
      machine.bytes.fill(0, block, block + size)
      block = machine.call('js_malloc_rt', runtime, size) >>> 0
    }
    for (const each of taken.toReversed()) machine.call('js_free_rt', runtime, each)
  }
}

/** Tells of an address whether it is in a chunk that is in use now. */
function chunksInUse(memory: WebAssembly.Memory, heap: number): (address: number) => boolean {
  const starts: number[] = []
  const ends: number[] = []
  eachChunk(memory, heap, (start, end, isFree) => {
    if (isFree) return
    starts.push(start)
    ends.push(end)
  })
  return (address) => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= address) low = middle + 1
      else high = middle
    }
    return address < (ends[low - 1] ?? 0)
  }
}

import type { Fault } from '../../../contract/fault.ts'
import { ownFrames, placeInStack } from './thrown.ts'

/** What ends top-level code that asks for too much: time, memory or stack. */

const mebibyte = 1 << 20
const page = 65536
/** Of the engine's memory, what its stack, its static data and the allocator itself take: not counted by its limit. */
const outsideHeap = 2 * mebibyte

/** Bytes that the engine may allocate in a memory of so many pages. */
export const heapLimit = (memoryPages: number): number => Math.max(memoryPages * page - outsideHeap, mebibyte)

/** Whether there is hardly any memory left to grow into. */
export const isFull = (memory: WebAssembly.Memory, memoryPages: number): boolean =>
  memory.buffer.byteLength / page >= memoryPages - 16

type IsOwnFile = (file: string) => boolean

function located(stack: string, isOwnFile: IsOwnFile): Pick<Fault, 'place' | 'detail'> {
  const place = placeInStack(stack, isOwnFile)
  const detail = ownFrames(stack)
  return { ...(place && { place }), ...(detail !== '' && { detail }) }
}

export const interruptFault = (stack: string, isOwnFile: IsOwnFile): Fault => ({
  stage: 'guest-init',
  message: 'The top-level code ran for too long and was interrupted.',
  next: 'End the loop, or move the work into an export.',
  ...located(stack, isOwnFile),
})

export const memoryFault = (memoryPages: number, stack: string, isOwnFile: IsOwnFile): Fault => ({
  stage: 'guest-init',
  message: `The top-level code needs more than the ${Math.floor((memoryPages * page) / mebibyte)} MiB of memory that the engine may have.`,
  next: 'Keep less in memory at a time, or raise the memory limit.',
  ...located(stack, isOwnFile),
})

export const stackFault = (stack: string, isOwnFile: IsOwnFile): Fault => ({
  stage: 'guest-init',
  message: 'The top-level code used up the stack: it recurses too deeply.',
  next: 'End the recursion earlier, or use a loop.',
  ...located(stack, isOwnFile),
})

/** For a trap that none of the others explains. */
export const trapFault = (reason: string): Fault => ({
  stage: 'guest-init',
  message: `The engine stopped: ${reason}.`,
  next: 'Make the top-level code do less; what it did last ended the engine.',
})

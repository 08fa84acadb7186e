import { expect, it } from 'vitest'
import { scrubHeap } from './heap.ts'

/** A heap of chunks: size and whether in use; content is 0xaa throughout. */
function heapOf(chunks: readonly (readonly [size: number, used: boolean])[]): {
  memory: WebAssembly.Memory
  at: number[]
} {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const view = new DataView(memory.buffer)
  const at: number[] = []
  let address = 1024
  for (const [size, used] of chunks) {
    at.push(address)
    new Uint8Array(memory.buffer).fill(0xaa, address, address + size)
    view.setUint32(address + 4, size | (used ? 3 : 1), true)
    address += size
  }
  return { memory, at }
}

it('zeroes what free chunks hold beyond their links', () => {
  const rest = 65536 - 1024 - 512 - 256 - 64
  const { memory, at } = heapOf([
    [512, true],
    [256, false],
    [64, false],
    [rest, true],
  ])
  scrubHeap(memory, 1024)
  const bytes = new Uint8Array(memory.buffer)
  const content = (i: number, from: number, to: number): Set<number> =>
    new Set(bytes.slice((at[i] ?? 0) + from, (at[i] ?? 0) + to))
  expect(content(0, 8, 512)).toEqual(new Set([0xaa]))
  expect(content(1, 8, 32)).toEqual(new Set([0xaa]))
  expect(content(1, 32, 256)).toEqual(new Set([0]))
  expect(content(2, 8, 64)).toEqual(new Set([0xaa]))
  expect(content(3, 8, rest)).toEqual(new Set([0xaa]))
})

it('touches nothing where the chunks do not add up', () => {
  for (const last of [3, 0, 0xffff_fff8]) {
    const { memory } = heapOf([
      [256, false],
      [128, true],
    ])
    new DataView(memory.buffer).setUint32(1024 + 256 + 128 + 4, last, true)
    const before = new Uint8Array(memory.buffer).slice()
    scrubHeap(memory, 1024)
    expect(Buffer.compare(new Uint8Array(memory.buffer), before)).toBe(0)
  }
})

const blockSize = 4096

/** Bytes in the order in which they came. Short ones share a block, so that a byte costs about a byte. */
export class ByteQueue {
  #blocks: Uint8Array[] = []
  /** Where the first block begins and the last one ends. */
  #start = 0
  #end = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  /** `own`: they are the queue's from now on, and large ones are not copied. */
  push(bytes: Uint8Array, own = false): void {
    if (own && bytes.length >= blockSize) this.#adopt(bytes)
    else this.#copy(bytes)
    this.#size += bytes.length
  }

  #adopt(bytes: Uint8Array): void {
    const last = this.#blocks.pop()
    // All blocks but the last one are full.
    if (last) this.#blocks.push(last.subarray(0, this.#end))
    this.#blocks.push(bytes)
    this.#end = bytes.length
  }

  #copy(bytes: Uint8Array): void {
    let rest = bytes
    while (rest.length > 0) {
      let block = this.#blocks.at(-1)
      if (block === undefined || this.#end === block.length) {
        block = new Uint8Array(Math.max(blockSize, rest.length))
        this.#blocks.push(block)
        this.#end = 0
      }
      const part = rest.subarray(0, block.length - this.#end)
      block.set(part, this.#end)
      this.#end += part.length
      rest = rest.subarray(part.length)
    }
  }

  /** Up to `length` of them. */
  take(length: number): Uint8Array {
    const out = new Uint8Array(Math.min(length, this.#size))
    let at = 0
    while (at < out.length) {
      const block = this.#blocks[0] ?? new Uint8Array()
      const last = this.#blocks.length === 1
      const part = block.subarray(this.#start, Math.min(last ? this.#end : block.length, this.#start + out.length - at))
      out.set(part, at)
      at += part.length
      this.#start += part.length
      if (this.#start === block.length || (last && this.#start === this.#end)) {
        this.#blocks.shift()
        this.#start = 0
        if (last) this.#end = 0
      }
    }
    this.#size -= out.length
    return out
  }

  clear(): void {
    this.#blocks = []
    this.#start = this.#end = this.#size = 0
  }
}

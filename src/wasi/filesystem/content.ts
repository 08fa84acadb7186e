import { refuse } from './errors.ts'

/** What counts the bytes of all files together. */
interface Room {
  /** Throws where there is no room for so many more. */
  take(bytes: number): void
  give(bytes: number): void
}

/** No file gets larger, however much room there is: 1 TiB. */
const largestFile = 1n << 40n
/** POSIX has offsets as signed numbers of 64 bits. */
const offsets = 1n << 63n

/** The bytes of a file. They are copied when the file is first written to, and their room at least doubles as it grows. */
export class Content {
  #bytes: Uint8Array
  #size: number
  #own = false

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#size = bytes.length
  }

  get size(): number {
    return this.#size
  }

  /** What is there now; changes with the file. */
  get view(): Uint8Array {
    return this.#bytes.length === this.#size ? this.#bytes : this.#bytes.subarray(0, this.#size)
  }

  read(offset: bigint, length: bigint): Uint8Array {
    if (offset >= offsets) refuse('invalid')
    if (offset >= BigInt(this.#size)) return new Uint8Array()
    const from = Number(offset)
    const left = this.#size - from
    return this.#bytes.slice(from, from + (length > BigInt(left) ? left : Number(length)))
  }

  write(offset: bigint, bytes: Uint8Array, room: Room): void {
    const end = offset + BigInt(bytes.length)
    if (end > largestFile) refuse('file-too-large')
    this.#fit(Math.max(Number(end), this.#size), room)
    this.#bytes.set(bytes, Number(offset))
  }

  resize(size: bigint, room: Room): void {
    if (size > largestFile) refuse('file-too-large')
    this.#fit(Number(size), room)
  }

  /** Past its size there are only zeros. */
  #fit(size: number, room: Room): void {
    if (size > this.#size) room.take(size - this.#size)
    else room.give(this.#size - size)
    if (!this.#own || size > this.#bytes.length) {
      const bytes = new Uint8Array(size > this.#size ? Math.max(size, 2 * this.#size) : size)
      bytes.set(this.#bytes.subarray(0, Math.min(this.#size, size)))
      this.#bytes = bytes
      this.#own = true
    } else if (size < this.#size) this.#bytes.fill(0, size, this.#size)
    this.#size = size
  }
}

import { type Budget, Share } from '../budget.ts'
import { refuse } from './errors.ts'

/** Where all files are. */
export interface Store {
  /** What the files hold, as the guest sees it. */
  readonly disk: Budget
  /** What that takes of the machine. */
  readonly memory: Budget
}

/** No file gets larger, however much room there is: 1 TiB. */
const largestFile = 1n << 40n
/** POSIX has offsets as signed numbers of 64 bits. */
const offsets = 1n << 63n
/** Bytes beyond its size that a file has room for at most. */
const mostSpare = 4 << 20
/** Room that is kept however small the file gets. */
const leastRoom = 4096

/** The bytes of a file. They are copied when the file is first written to, and their room grows in steps. */
export class Content {
  readonly #store: Store
  readonly #share: Share
  #bytes: Uint8Array
  #size: number
  #own = false

  /** The bytes stay those of the caller until the file is written to. */
  constructor(bytes: Uint8Array, store: Store) {
    if (!store.disk.take(bytes.length)) refuse('insufficient-space')
    this.#store = store
    this.#share = new Share(store.memory)
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

  write(offset: bigint, bytes: Uint8Array): void {
    const end = offset + BigInt(bytes.length)
    if (end > largestFile) refuse('file-too-large')
    this.#fit(Math.max(Number(end), this.#size))
    this.#bytes.set(bytes, Number(offset))
  }

  resize(size: bigint): void {
    if (size > largestFile) refuse('file-too-large')
    this.#fit(Number(size))
  }

  /** Nobody can get at it any more. */
  free(): void {
    this.#store.disk.give(this.#size)
    this.#share.release()
  }

  #fit(size: number): void {
    const { disk } = this.#store
    if (size - this.#size > disk.free) refuse('insufficient-space')
    this.#makeRoom(size)
    disk.take(size - this.#size)
    this.#size = size
  }

  /** Past its size there are only zeros. */
  #makeRoom(size: number): void {
    const room = this.#bytes.length
    if (this.#own && size <= room && (size > room / 4 || room <= leastRoom)) {
      if (size < this.#size) this.#bytes.fill(0, size, this.#size)
      return
    }
    const wanted = size > this.#size ? Math.max(size, this.#size + Math.min(this.#size, mostSpare)) : size
    const next = this.#share.set(wanted) ? wanted : this.#share.set(size) ? size : refuse('insufficient-memory')
    const bytes = new Uint8Array(next)
    bytes.set(this.#bytes.subarray(0, Math.min(this.#size, size)))
    this.#bytes = bytes
    this.#own = true
  }
}

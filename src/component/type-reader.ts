import { BinaryReader } from '../wasm/reader.ts'

/** Something in a component type that is not understood. Offsets count from the start of the component. */
export class UnknownEncoding extends Error {
  readonly offset: number
  readonly what: string

  constructor(offset: number, what: string) {
    super(`At byte ${offset} of the component type: ${what}.`)
    this.name = 'UnknownEncoding'
    this.offset = offset
    this.what = what
  }
}

/** The compound forms of the component binary format. */
export class TypeReader extends BinaryReader {
  vector<T>(read: () => T): T[] {
    const start = this.offset
    const count = this.u32()
    // Every element takes at least one byte: a greater count is refused before it costs anything.
    if (count > this.end - this.offset) throw new UnknownEncoding(start, 'a vector is longer than what is left')
    return Array.from({ length: count }, read)
  }

  optional<T>(read: () => T): T | undefined {
    const start = this.offset
    const present = this.u8()
    if (present > 1) throw new UnknownEncoding(start, `${present} where 0 or 1 says whether a part is there`)
    return present === 1 ? read() : undefined
  }
}

import { BinaryReader, MalformedBinary } from './reader.ts'
import { customSection } from './sections.ts'

/** What a side module says about itself in its section `dylink.0`. */
export interface Dylink {
  /** Bytes of memory for its data. */
  readonly memorySize: number
  /** Its data's alignment in bytes. */
  readonly memoryAlignment: number
  /** Elements of the table for its functions. */
  readonly tableSize: number
  readonly tableAlignment: number
  /** The libraries that it expects to be there. */
  readonly needed: readonly string[]
}

/** The facts of a side module; undefined where the module is not one. */
export function readDylink(bytes: Uint8Array): Dylink | undefined {
  const content = customSection(bytes, 'dylink.0')
  if (content === undefined) return undefined
  const reader = new BinaryReader(content)
  let sizes = { memorySize: 0, memoryAlignment: 1, tableSize: 0, tableAlignment: 1 }
  const needed: string[] = []
  const power = (): number => {
    const at = reader.offset
    const exponent = reader.u32()
    if (exponent > 16) throw new MalformedBinary(at, 'alignment over 64 KiB')
    return 1 << exponent
  }
  while (!reader.atEnd) {
    const kind = reader.u8()
    const size = reader.u32()
    const start = reader.offset
    if (kind === 1) {
      const [memorySize, memoryAlignment, tableSize, tableAlignment] = [reader.u32(), power(), reader.u32(), power()]
      sizes = { memorySize, memoryAlignment, tableSize, tableAlignment }
    } else if (kind === 2) {
      for (let count = reader.u32(); count > 0; count--) needed.push(reader.name())
    } else {
      reader.bytes(size)
    }
    if (reader.offset !== start + size) throw new MalformedBinary(start, 'subsection of another size')
  }
  return { ...sizes, needed }
}

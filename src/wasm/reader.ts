/** The bytes are not what the format says they are, or use something that this reader does not know. */
export class MalformedBinary extends Error {
  /** Where in the bytes that were read, counted from their beginning. */
  readonly offset: number

  constructor(offset: number, what: string) {
    super(`${what} at offset 0x${offset.toString(16)}`)
    this.name = 'MalformedBinary'
    this.offset = offset
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A stretch of the bytes that were read: `start` inclusive, `end` exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Reads the values of the binary format one after the other. Every read is checked against `end` and against the
 * value's own limits (core specification, 5.2 Values): what does not fit throws `MalformedBinary`.
 */
export class BinaryReader {
  readonly source: Uint8Array
  readonly end: number
  offset: number

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    if (end > bytes.length || offset > end || offset < 0)
      throw new MalformedBinary(offset, 'range outside of the bytes')
    this.source = bytes
    this.offset = offset
    this.end = end
  }

  get atEnd(): boolean {
    return this.offset >= this.end
  }

  u8(): number {
    const byte = this.offset < this.end ? this.source[this.offset] : undefined
    if (byte === undefined) throw new MalformedBinary(this.offset, 'unexpected end')
    this.offset++
    return byte
  }

  /** The next byte without taking it. */
  peek(): number {
    const byte = this.u8()
    this.offset--
    return byte
  }

  u32(): number {
    const start = this.offset
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.u8()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    const last = this.u8()
    if (last > 0x0f) throw new MalformedBinary(start, 'number over 32 bits')
    return (value | (last << 28)) >>> 0
  }

  u64(): bigint {
    const start = this.offset
    let value = 0n
    for (let shift = 0n; shift < 63n; shift += 7n) {
      const byte = this.u8()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    const last = this.u8()
    if (last > 0x01) throw new MalformedBinary(start, 'number over 64 bits')
    return value | (BigInt(last) << 63n)
  }

  s32(): number {
    const start = this.offset
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.u8()
      value |= (byte & 0x7f) << shift
      // The sign is bit 6 of the last byte.
      if (byte < 0x80) return (value << (25 - shift)) >> (25 - shift)
    }
    const last = this.u8()
    // Four bits are left for the value; the other three must repeat the sign.
    if (last > 0x07 && (last < 0x78 || last > 0x7f)) throw new MalformedBinary(start, 'number over 32 bits')
    return value | (last << 28)
  }

  /** A signed number of 33 bits: block types and heap types. */
  s33(): number {
    const start = this.offset
    const value = this.s64()
    if (value !== BigInt.asIntN(33, value) || this.offset - start > 5) {
      throw new MalformedBinary(start, 'number over 33 bits')
    }
    return Number(value)
  }

  s64(): bigint {
    const start = this.offset
    let value = 0n
    for (let shift = 0n; shift < 63n; shift += 7n) {
      const byte = this.u8()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(Number(shift) + 7, value)
    }
    const last = this.u8()
    if (last !== 0 && last !== 0x7f) throw new MalformedBinary(start, 'number over 64 bits')
    return BigInt.asIntN(64, value | (BigInt(last) << 63n))
  }

  /** A vector of UTF-8 bytes as text; bytes that are not UTF-8 are refused. */
  name(): string {
    const length = this.u32()
    const start = this.offset
    const bytes = this.bytes(length)
    try {
      return utf8.decode(bytes)
    } catch {
      throw new MalformedBinary(start, 'name that is not UTF-8')
    }
  }

  /** The next `length` bytes: a view, not a copy. */
  bytes(length: number): Uint8Array {
    if (length > this.end - this.offset) throw new MalformedBinary(this.offset, 'unexpected end')
    const start = this.offset
    this.offset += length
    return this.source.subarray(start, this.offset)
  }

  /** Goes past one LEB128 number of at most 64 bits, of whatever sign. */
  skipLeb(): void {
    const start = this.offset
    while (this.u8() >= 0x80) {
      if (this.offset - start >= 10) throw new MalformedBinary(start, 'number over 64 bits')
    }
  }

  /** Goes past a constant expression and says where it stands, its final `end` included. */
  constExpr(): Range {
    const start = this.offset
    for (;;) {
      const at = this.offset
      const opcode = this.u8()
      switch (opcode) {
        case 0x0b: // end
          return { start, end: this.offset }
        case 0x41: // i32.const
          this.s32()
          break
        case 0x42: // i64.const
          this.s64()
          break
        case 0x43: // f32.const
          this.bytes(4)
          break
        case 0x44: // f64.const
          this.bytes(8)
          break
        case 0x23: // global.get
        case 0xd2: // ref.func
          this.u32()
          break
        case 0xd0: // ref.null
          this.s33()
          break
        case 0x6a: // i32.add, i32.sub, i32.mul
        case 0x6b:
        case 0x6c:
        case 0x7c: // i64.add, i64.sub, i64.mul
        case 0x7d:
        case 0x7e:
          break
        case 0xfb:
          this.#aggregateConstant(at)
          break
        case 0xfd: // v128.const
          if (this.u32() !== 12) throw new MalformedBinary(at, 'instruction that is not constant')
          this.bytes(16)
          break
        default:
          throw new MalformedBinary(at, `instruction 0x${opcode.toString(16)} that is not constant`)
      }
    }
  }

  #aggregateConstant(at: number): void {
    switch (this.u32()) {
      case 0x00: // struct.new, struct.new_default, array.new, array.new_default
      case 0x01:
      case 0x06:
      case 0x07:
        this.u32()
        return
      case 0x08: // array.new_fixed
        this.u32()
        this.u32()
        return
      case 0x1a: // any.convert_extern, extern.convert_any, ref.i31
      case 0x1b:
      case 0x1c:
        return
      default:
        throw new MalformedBinary(at, 'instruction that is not constant')
    }
  }
}

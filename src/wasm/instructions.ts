import { BinaryReader, MalformedBinary } from './reader.ts'

/** What an index in an instruction points into. `blockType` is the index of a type, written as a signed number. */
export type IndexSpace = 'type' | 'blockType' | 'function' | 'global' | 'table' | 'memory' | 'data' | 'element'

export interface BodyVisitor {
  /** Every instruction; `sub` is what follows the prefix of those that have one, 0 otherwise. */
  instruction?(opcode: number, sub: number, offset: number): void
  /** Every index but those of locals and labels, with the place where it stands. */
  index?(space: IndexSpace, value: number, start: number, end: number): void
}

/** What follows an opcode (core specification, 5.4 Instructions). */
type Immediate =
  | IndexSpace
  | 'block' // a block type
  | 'local' // an index of a local or a label
  | 'labels' // those of br_table
  | 'memarg'
  | 'lane'
  | 'i32'
  | 'i64'
  | 'bytes4'
  | 'bytes8'
  | 'bytes16'
  | 'valueTypes'
  | 'heapType'

const none: readonly Immediate[] = []

/** By opcode; undefined is unknown. Exceptions, typed function references, aggregates and atomics are not here. */
const immediates: (readonly Immediate[] | undefined)[] = []

function define(first: number, last: number, ...following: Immediate[]): void {
  for (let opcode = first; opcode <= last; opcode++) immediates[opcode] = following
}

define(0x00, 0x01) // unreachable, nop
define(0x02, 0x04, 'block') // block, loop, if
define(0x05, 0x05) // else
define(0x0b, 0x0b) // end
define(0x0c, 0x0d, 'local') // br, br_if
define(0x0e, 0x0e, 'labels') // br_table
define(0x0f, 0x0f) // return
define(0x10, 0x10, 'function') // call
define(0x11, 0x11, 'type', 'table') // call_indirect
define(0x12, 0x12, 'function') // return_call
define(0x13, 0x13, 'type', 'table') // return_call_indirect
define(0x1a, 0x1b) // drop, select
define(0x1c, 0x1c, 'valueTypes') // select with types
define(0x20, 0x22, 'local') // local.get, local.set, local.tee
define(0x23, 0x24, 'global') // global.get, global.set
define(0x25, 0x26, 'table') // table.get, table.set
define(0x28, 0x3e, 'memarg') // loads and stores
define(0x3f, 0x40, 'memory') // memory.size, memory.grow
define(0x41, 0x41, 'i32')
define(0x42, 0x42, 'i64')
define(0x43, 0x43, 'bytes4') // f32.const
define(0x44, 0x44, 'bytes8') // f64.const
define(0x45, 0xc4) // numeric instructions
define(0xd0, 0xd0, 'heapType') // ref.null
define(0xd1, 0xd1) // ref.is_null
define(0xd2, 0xd2, 'function') // ref.func

const bulk: readonly (readonly Immediate[])[] = [
  ...Array.from({ length: 8 }, () => none), // saturating conversions
  ['data', 'memory'], // memory.init
  ['data'], // data.drop
  ['memory', 'memory'], // memory.copy
  ['memory'], // memory.fill
  ['element', 'table'], // table.init
  ['element'], // elem.drop
  ['table', 'table'], // table.copy
  ['table'], // table.grow
  ['table'], // table.size
  ['table'], // table.fill
]

function vectorImmediates(sub: number): readonly Immediate[] | undefined {
  if (sub <= 11) return ['memarg'] // v128.load and its kin, v128.store
  if (sub <= 13) return ['bytes16'] // v128.const, i8x16.shuffle
  if (sub >= 21 && sub <= 34) return ['lane'] // extract_lane, replace_lane
  if (sub >= 84 && sub <= 91) return ['memarg', 'lane'] // load and store of a lane
  if (sub === 92 || sub === 93) return ['memarg'] // v128.load32_zero, v128.load64_zero
  return sub <= 0x113 ? none : undefined // up to the last of the relaxed instructions
}

function immediatesOf(opcode: number, sub: number): readonly Immediate[] | undefined {
  if (opcode === 0xfc) return bulk[sub]
  return opcode === 0xfd ? vectorImmediates(sub) : immediates[opcode]
}

/**
 * Walks one function body: the locals, then every instruction up to the `end` that closes the function, which must be
 * where `reader` ends. An instruction that is not known throws `MalformedBinary` with its offset.
 */
export function walkBody(reader: BinaryReader, visitor: BodyVisitor): void {
  for (let groups = reader.u32(); groups > 0; groups--) {
    reader.u32()
    readPlainType(reader)
  }
  // How many `end` are still to come.
  let open = 1
  while (open > 0) {
    const at = reader.offset
    const opcode = reader.u8()
    const sub = opcode === 0xfc || opcode === 0xfd ? reader.u32() : 0
    const following = immediatesOf(opcode, sub)
    if (following === undefined) {
      throw new MalformedBinary(at, `unknown instruction 0x${opcode.toString(16)} ${sub}`)
    }
    visitor.instruction?.(opcode, sub, at)
    if (opcode === 0x0b) open--
    else if (opcode >= 0x02 && opcode <= 0x04) open++
    for (const immediate of following) readImmediate(reader, immediate, visitor)
  }
  if (!reader.atEnd) throw new MalformedBinary(reader.offset, 'instructions after the end of a function')
}

function readImmediate(reader: BinaryReader, immediate: Immediate, visitor: BodyVisitor): void {
  switch (immediate) {
    case 'block':
      readBlockType(reader, visitor)
      return
    case 'local':
      reader.u32()
      return
    case 'labels':
      for (let count = reader.u32(); count > 0; count--) reader.u32()
      reader.u32()
      return
    case 'memarg':
      readMemoryArgument(reader, visitor)
      return
    case 'lane':
      reader.u8()
      return
    case 'i32':
      reader.s32()
      return
    case 'i64':
      reader.s64()
      return
    case 'bytes4':
      reader.bytes(4)
      return
    case 'bytes8':
      reader.bytes(8)
      return
    case 'bytes16':
      reader.bytes(16)
      return
    case 'valueTypes':
      for (let count = reader.u32(); count > 0; count--) readPlainType(reader)
      return
    case 'heapType':
      readPlainType(reader)
      return
    default: {
      const start = reader.offset
      const value = reader.u32()
      visitor.index?.(immediate, value, start, reader.offset)
    }
  }
}

/** A block type is nothing (0x40), a value type, or the index of a type as a signed number of 33 bits. */
function readBlockType(reader: BinaryReader, visitor: BodyVisitor): void {
  const start = reader.offset
  const next = reader.peek()
  if (next === 0x40) {
    reader.u8()
    return
  }
  if (next > 0x40 && next < 0x80) {
    readPlainType(reader)
    return
  }
  const value = reader.s33()
  if (value < 0) throw new MalformedBinary(start, 'unknown block type')
  visitor.index?.('blockType', value, start, reader.offset)
}

/** Alignment and offset; bit 6 of the alignment announces a memory of its own. */
function readMemoryArgument(reader: BinaryReader, visitor: BodyVisitor): void {
  const alignment = reader.u32()
  if (alignment & 0x40) readImmediate(reader, 'memory', visitor)
  reader.skipLeb()
}

/** A type of one byte. Those that point into the type section are not known here. */
function readPlainType(reader: BinaryReader): void {
  const at = reader.offset
  const type = reader.u8()
  if (type < 0x69 || type > 0x7f) throw new MalformedBinary(at, 'type that is not plain')
}

/** Calls `visit` with a reader for each function body of a code section's content. */
export function eachBody(reader: BinaryReader, visit: (body: BinaryReader, index: number) => void): void {
  const count = reader.u32()
  for (let index = 0; index < count; index++) {
    const size = reader.u32()
    const start = reader.offset
    reader.bytes(size)
    visit(new BinaryReader(reader.source, start, reader.offset), index)
  }
  if (!reader.atEnd) throw new MalformedBinary(reader.offset, 'section is longer than its content')
}

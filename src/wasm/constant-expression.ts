import { BinaryReader, MalformedBinary, type Range } from './reader.ts'

/** What an index points to. Indices come from the binary, so there may be nothing. */
export function at<T>(list: readonly (T | undefined)[], index: number, what: string): T {
  const found = list[index]
  if (found === undefined) throw new MalformedBinary(0, `index ${index} of no ${what}`)
  return found
}

/** The value of a constant expression of 32-bit numbers, with the values of globals as far as they are known. */
export function evaluateI32(
  bytes: Uint8Array,
  { start, end }: Range,
  globals: readonly (number | undefined)[],
): number {
  const reader = new BinaryReader(bytes, start, end)
  const stack: number[] = []
  const take = (): number => {
    const value = stack.pop()
    if (value === undefined) throw new MalformedBinary(reader.offset, 'constant expression without operands')
    return value
  }
  for (;;) {
    const opcode = reader.u8()
    if (opcode === 0x0b) return take()
    if (opcode === 0x41) stack.push(reader.s32())
    else if (opcode === 0x23) stack.push(at(globals, reader.u32(), 'known global'))
    else if (opcode === 0x6a || opcode === 0x6b) {
      const right = take()
      stack.push((take() + (opcode === 0x6a ? right : -right)) | 0)
    } else throw new MalformedBinary(reader.offset - 1, `instruction 0x${opcode.toString(16)} in a constant of 32 bits`)
  }
}

/** What the writers put together: views into an existing binary, or freshly encoded bytes. */
export type Bytes = Uint8Array | readonly number[]

const utf8 = new TextEncoder()

/** Unsigned LEB128 of a whole number from 0 to 2^53 - 1. */
export function uleb(n: number): number[] {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`${n} is not an unsigned number`)
  const bytes: number[] = []
  putUleb(bytes, n, 0)
  return bytes
}

/** Signed LEB128 of the low 32 bits of `n`, so that addresses over 2^31 may be given as they are. */
export function sleb(n: number): number[] {
  const bytes: number[] = []
  putSleb(bytes, n, 0)
  return bytes
}

/** How many bytes `uleb` takes. */
export function ulebLength(n: number): number {
  let length = 1
  for (let rest = n; rest > 0x7f; rest = Math.floor(rest / 0x80)) length++
  return length
}

/** How many bytes `sleb` takes. */
export function slebLength(n: number): number {
  let length = 1
  for (let rest = n | 0; rest > 0x3f || rest < -0x40; rest >>= 7) length++
  return length
}

/** Writes what `uleb` gives to `offset` and says where it ends. */
export function putUleb(whole: Uint8Array | number[], n: number, offset: number): number {
  let at = offset
  let rest = n
  while (rest > 0x7f) {
    whole[at++] = (rest % 0x80) | 0x80
    rest = Math.floor(rest / 0x80)
  }
  whole[at++] = rest
  return at
}

/** The same for `sleb`. */
export function putSleb(whole: Uint8Array | number[], n: number, offset: number): number {
  let at = offset
  let rest = n | 0
  while (rest > 0x3f || rest < -0x40) {
    whole[at++] = (rest & 0x7f) | 0x80
    rest >>= 7
  }
  whole[at++] = rest & 0x7f
  return at
}

/** Signed LEB128 of the low 64 bits of `n`. */
export function sleb64(n: bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt.asIntN(64, n)
  while (rest > 0x3fn || rest < -0x40n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest & 0x7fn))
  return bytes
}

/** A name: the length in bytes, then UTF-8. */
export function name(text: string): number[] {
  const bytes = utf8.encode(text)
  return [...uleb(bytes.length), ...bytes]
}

export function lengthOf(parts: readonly Bytes[]): number {
  let length = 0
  for (const part of parts) length += part.length
  return length
}

/** Copies `part` to `offset` and says where it ends. Byte by byte for numbers: `set` is slow with short lists. */
export function put(whole: Uint8Array, part: Bytes, offset: number): number {
  if (part instanceof Uint8Array) {
    whole.set(part, offset)
    return offset + part.length
  }
  let at = offset
  for (const byte of part) whole[at++] = byte
  return at
}

export function concat(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(lengthOf(parts))
  let offset = 0
  for (const part of parts) offset = put(whole, part, offset)
  return whole
}

/** A section: its id, the size of `parts` together, then `parts`. */
export function section(id: number, parts: readonly Bytes[]): Bytes[] {
  return [[id, ...uleb(lengthOf(parts))], ...parts]
}

/** A section whose content is a vector. */
export function vectorSection(id: number, items: readonly Bytes[]): Bytes[] {
  return section(id, [uleb(items.length), ...items])
}

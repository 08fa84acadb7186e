/**
 * A hash that grows with what is put in, two lanes of 32 bits with the mixing steps of MurmurHash3 (Appleby, 2011). For
 * telling runs apart, not for keeping anything safe.
 */
export interface Digest {
  /** Any number; of one that is no integer of 32 bits the bits of its double. */
  number(value: number): void
  /** Up to 64 bits. */
  bigint(value: bigint): void
  text(value: string): void
  bytes(value: Uint8Array): void
  /** The first lane, as it is by now: an unsigned integer of 32 bits. */
  readonly word: number
  /** 16 hexadecimal digits. */
  readonly hex: string
}

const { imul } = Math
const hexOf = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
/** Makes every bit of the input count for every bit of the output. */
const finished = (lane: number): number => {
  let mixed = lane
  mixed = imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

export const createDigest = (): Digest => {
  let first = 0x2f0b4a27
  let second = 0x5b8d3c91
  const double = new Float64Array(1)
  const long = new BigUint64Array(double.buffer)
  const words = new Uint32Array(double.buffer)

  const word = (value: number): void => {
    const mixed = imul(value, 0xcc9e2d51)
    first ^= imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
    first = (imul((first << 13) | (first >>> 19), 5) + 0xe6546b64) | 0
    second = (imul(second ^ value, 0x9e3779b1) + first) | 0
    second ^= second >>> 15
  }
  const pair = (): void => {
    word(words[0] ?? 0)
    word(words[1] ?? 0)
  }

  return {
    number: (value) => {
      if ((value | 0) === value) return word(value)
      double[0] = value
      pair()
    },
    bigint: (value) => {
      long[0] = BigInt.asUintN(64, value)
      pair()
    },
    text: (value) => {
      const { length } = value
      word(length)
      let at = 0
      for (; at + 1 < length; at += 2) word(value.charCodeAt(at) | (value.charCodeAt(at + 1) << 16))
      if (at < length) word(value.charCodeAt(at))
    },
    bytes: (value) => {
      const { length } = value
      word(length)
      let at = 0
      for (; at + 3 < length; at += 4) {
        word(
          (value[at] ?? 0) | ((value[at + 1] ?? 0) << 8) | ((value[at + 2] ?? 0) << 16) | ((value[at + 3] ?? 0) << 24),
        )
      }
      for (; at < length; at++) word(value[at] ?? 0)
    },
    get word() {
      return finished(first) >>> 0
    },
    get hex() {
      return hexOf(finished(first)) + hexOf(finished(second))
    },
  }
}

export const digestOf = (bytes: Uint8Array): string => {
  const digest = createDigest()
  digest.bytes(bytes)
  return digest.hex
}

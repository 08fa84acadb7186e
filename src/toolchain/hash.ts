/** SHA-256 in lower-case hexadecimal. The browser's own where the page may use it: not on plain HTTP from another machine. */
export async function sha256(input: Uint8Array | string): Promise<string> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : new Uint8Array(input)
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  return hex(subtle === undefined ? sha256Here(bytes) : new Uint8Array(await subtle.digest('SHA-256', bytes)))
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The first 32 bits of the fractional parts of the roots of the first primes: FIPS 180-4, section 4.2.2. */
function fractions(count: number, root: number): Uint32Array {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false
    if (prime) found.push((candidate ** (1 / root) % 1) * 2 ** 32)
  }
  return Uint32Array.from(found)
}

/** FIPS 180-4, section 6.2. */
export function sha256Here(bytes: Uint8Array): Uint8Array {
  const constants = fractions(64, 3)
  const state = fractions(8, 2)
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n)
  const words = new Uint32Array(64)
  const word = (index: number) => words[index] ?? 0
  const rotate = (value: number, by: number) => (value >>> by) | (value << (32 - by))
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(block + 4 * i)
    for (let i = 16; i < 64; i++) {
      const a = word(i - 15)
      const b = word(i - 2)
      const first = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
      const second = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
      words[i] = word(i - 16) + first + word(i - 7) + second
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
    for (let i = 0; i < 64; i++) {
      const choice = (e & f) ^ (~e & g)
      const majority = (a & b) ^ (a & c) ^ (b & c)
      const first = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + choice + (constants[i] ?? 0) + word(i)
      const second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
    }
    for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + value
  }
  const result = new DataView(new ArrayBuffer(32))
  for (const [index, value] of state.entries()) result.setUint32(4 * index, value)
  return new Uint8Array(result.buffer)
}

/**
 * `Math.random` and `crypto`, through `wasi:random`. The generator is xoshiro128** (Blackman and Vigna, public domain),
 * seeded at its first use after the component was built, so that a snapshot does not fix what it gives.
 */
export const randomSource = String.raw`(runtime) => {
  const { services, missing, failure } = runtime
  const { imul } = Math
  let a, b, c, d
  let seeded = false
  runtime.onReady(() => {
    seeded = false
  })

  // splitmix32 spreads a seed over the state.
  const seed = (state) => {
    const next = () => {
      state = (state + 0x9e3779b9) | 0
      let z = state ^ (state >>> 16)
      z = imul(z, 0x21f0aaad)
      z ^= z >>> 15
      z = imul(z, 0x735a2d97)
      return z ^ (z >>> 15)
    }
    return [next(), next(), next(), next()]
  }
  const mix = (low, high) => {
    const x = seed(low)
    const y = seed(~high)
    a = x[0] ^ y[1]
    b = x[1] ^ y[2]
    c = x[2] ^ y[3]
    d = x[3] ^ y[0]
    if ((a | b | c | d) === 0) a = 1
    seeded = true
  }
  const start = (from) => {
    if (runtime.host) {
      runtime.host.warn('random')
      mix(0x57697463, 0x72616674)
      return
    }
    let word
    if (services.randomU64) word = services.randomU64()
    else if (services.insecureU64) word = services.insecureU64()
    else if (services.insecureSeed) word = services.insecureSeed()[0]
    else throw missing('Math.random', 'is seeded from', 'random/random', from)
    mix(Number(BigInt.asIntN(32, word)), Number(BigInt.asIntN(32, word >> 32n)))
  }
  const next = () => {
    const x = imul(b, 5)
    const result = imul((x << 7) | (x >>> 25), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = (d << 11) | (d >>> 21)
    return result
  }
  const { random } = {
    random() {
      if (!seeded) start(random)
      return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992
    },
  }
  runtime.define(Math, { random })

  const typedArrayTag = Object.getOwnPropertyDescriptor(
    Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag,
  ).get
  const tagOf = Function.prototype.call.bind(typedArrayTag)
  const bytes = (count, what, from) => {
    if (runtime.host) {
      throw failure(
        TypeError, what + ' cannot be called while the component is being built; move the call into an export', from,
      )
    }
    if (!services.randomBytes) throw missing(what, 'reads', 'random/random', from)
    return services.randomBytes(BigInt(count))
  }
  const quota = 65536
  class Crypto {
    getRandomValues(array) {
      const tag = ArrayBuffer.isView(array) ? tagOf(array) : undefined
      if (tag === undefined || tag.startsWith('Float')) {
        throw new DOMException('crypto.getRandomValues takes an array of integers', 'TypeMismatchError')
      }
      if (array.byteLength > quota) {
        const message = 'crypto.getRandomValues gives at most ' + quota + ' bytes at a time'
        throw new DOMException(message, 'QuotaExceededError')
      }
      const into = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
      into.set(bytes(into.length, 'crypto.getRandomValues', this.getRandomValues))
      return array
    }
    // https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
    randomUUID() {
      const uuid = bytes(16, 'crypto.randomUUID', this.randomUUID)
      let text = ''
      for (let i = 0; i < 16; i++) {
        const byte = i === 6 ? (uuid[i] & 15) | 64 : i === 8 ? (uuid[i] & 63) | 128 : uuid[i]
        text += (i === 4 || i === 6 || i === 8 || i === 10 ? '-' : '') + (byte + 256).toString(16).slice(1)
      }
      return text
    }
  }
  runtime.tag(Crypto.prototype, 'Crypto')
  runtime.define(globalThis, { crypto: new Crypto() })
}`

import type { Entropy, HostContext } from './context.ts'
import type { ServedInterface } from './gate.ts'
import { HostTrap } from './signals.ts'

/** More than any guest's memory has room for beside itself. */
const mostBytes = 64n << 20n

/** SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
export const splitMix64 = (seed: bigint): (() => bigint) => {
  let state = BigInt.asUintN(64, seed)
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n)
    let mixed = state
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n)
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn)
    return mixed ^ (mixed >> 31n)
  }
}

/** Bytes that are taken from the machine at once: each request of it costs far more than the bytes. */
const blockBytes = 1024

const wordsOf = (entropy: Entropy): (() => bigint) => {
  const block = new Uint8Array(blockBytes)
  const view = new DataView(block.buffer)
  let at = blockBytes
  return () => {
    if (at === blockBytes) {
      entropy(block)
      at = 0
    }
    const word = view.getBigUint64(at, true)
    // What was given out is nobody else's.
    block.fill(0, at, (at += 8))
    return word
  }
}

/** wasi:random: `random`, `insecure` and `insecure-seed`, all from one seeded sequence unless the setting is `real`. */
export const random = ({ settings, surroundings }: HostContext): Record<string, ServedInterface> => {
  const { random: setting } = settings
  const word =
    setting === 'real' ? wordsOf(surroundings.entropy.bind(surroundings)) : splitMix64(BigInt(setting?.seed ?? 0))
  const take = (length: bigint): Uint8Array => {
    if (length > mostBytes) throw new HostTrap(`wasi:random was asked for ${length} bytes; it gives up to ${mostBytes}`)
    const size = Number(length)
    const bytes = new Uint8Array(Math.ceil(size / 8) * 8)
    if (setting === 'real' && size >= blockBytes) {
      surroundings.entropy(bytes)
      return bytes.subarray(0, size)
    }
    const view = new DataView(bytes.buffer)
    for (let at = 0; at < size; at += 8) view.setBigUint64(at, word(), true)
    return bytes.subarray(0, size)
  }
  // `insecure-seed` is about to become a value, which a program has once: asked again, it is the same.
  let seed: readonly [bigint, bigint] | undefined
  const insecureSeed = (): [bigint, bigint] => {
    seed ??= [word(), word()]
    return [...seed]
  }
  return {
    'wasi:random/random': { functions: { 'get-random-bytes': take, 'get-random-u64': word } },
    'wasi:random/insecure': { functions: { 'get-insecure-random-bytes': take, 'get-insecure-random-u64': word } },
    'wasi:random/insecure-seed': { functions: { 'insecure-seed': insecureSeed } },
  }
}

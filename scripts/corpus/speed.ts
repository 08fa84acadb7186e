/** Rows 8 and 9: how long the front end takes. */
import type { Builtin } from '../../src/wit/packages.ts'
import { mutate } from './agreement.ts'
import { everyText, randomFrom, wasi, type Row } from './files.ts'
import { checkWit, resolveWit } from '../../src/wit/check.ts'
import { completionsAt } from '../../src/wit/complete.ts'
import { hoverAt } from '../../src/wit/hover.ts'
import { highlightWit } from '../../src/wit/highlight.ts'
import { outline } from '../../src/wit/outline.ts'
import { parseWit } from '../../src/wit/parse.ts'
import { SymbolIndex } from '../../src/wit/symbols.ts'

/** Everything that is done with a text while it is typed. */
const everything = (text: string): void => {
  const { file } = parseWit(text)
  outline(file, text)
  highlightWit(text)
  checkWit({ 'a.wit': text })
}

/** Every prefix up to this length; of what is longer, ends that are spread over the rest. */
const everyPrefixUpTo = 400
const prefixesBeyond = 60

const prefixes = (length: number): number[] => {
  const ends = Array.from({ length: Math.min(length, everyPrefixUpTo) + 1 }, (_, end) => end)
  const rest = length - everyPrefixUpTo
  if (rest > 0)
    for (let index = 1; index <= prefixesBeyond; index += 1)
      ends.push(everyPrefixUpTo + Math.ceil((rest * index) / prefixesBeyond))
  return ends
}

export const milliseconds = (work: () => void): number => {
  const started = performance.now()
  work()
  return performance.now() - started
}

const percentile = (samples: readonly number[], share: number): number =>
  samples.toSorted((a, b) => a - b)[Math.ceil(share * samples.length) - 1] ?? NaN

const most = 50

export interface Robustness {
  /** All prefixes of all files, which takes minutes. */
  readonly every: boolean
  /** Of each file. */
  readonly mutations: number
  readonly seed: number
}

export const robustnessRow = ({ every, mutations, seed }: Robustness): Row => {
  const details: string[] = []
  let [threw, slowest] = [0, 0]
  const tried = { prefixes: 0, mutations: 0 }
  const attempt = (text: string, what: string): void => {
    try {
      // A pause of the machine or of the collector is not the text's: what is slow is slow three times.
      let taken = milliseconds(() => everything(text))
      for (let again = 1; again <= 2 && taken > most; again += 1)
        taken = Math.min(
          taken,
          milliseconds(() => everything(`${text}${' '.repeat(again)}`)),
        )
      slowest = Math.max(slowest, taken)
      if (taken > most) details.push(`${what}: ${taken.toFixed(1)} ms`)
    } catch (error) {
      threw += 1
      details.push(`${what}: ${String(error)}`)
    }
  }
  const texts = everyText()
  for (const [index, { name, text }] of texts.entries()) {
    const ends = every ? Array.from({ length: text.length + 1 }, (_, at) => at) : prefixes(text.length)
    for (const end of ends) attempt(text.slice(0, end), `${name} up to ${end}`)
    tried.prefixes += ends.length
    for (let round = 0; round < mutations; round += 1) {
      const own = seed + index * mutations + round
      const random = randomFrom(own)
      let changed = mutate(text, random)
      // One mistake after the other, as they come while somebody types.
      for (let more = round % 4; more > 0; more -= 1) changed = mutate(changed, random)
      attempt(changed, `${name}, mutation of seed ${own}`)
    }
    tried.mutations += mutations
  }
  return {
    id: 8,
    requirement: `every prefix and ${mutations} mutations of every file${every ? '' : ' (--every: all prefixes; here a part)'}`,
    target: `no throw, under ${most} ms each`,
    reached: `${tried.prefixes} prefixes and ${tried.mutations} mutations of ${texts.length} files: ${threw} throws, the slowest ${slowest.toFixed(1)} ms`,
    ok: threw === 0 && slowest < most,
    details,
  }
}

export interface Latencies {
  readonly diagnostics: readonly number[]
  readonly completion: readonly number[]
  readonly hover: readonly number[]
  /** What comes before the first question about a text: it is resolved, and its names are collected. */
  readonly reading: readonly number[]
}

/** An edit in the middle of the root's largest file, and what an editor asks for after it. Milliseconds each. */
export const latencies = (
  files: Readonly<Record<string, string>>,
  edited: string,
  rounds: number,
  builtins: readonly Builtin[] = [],
): Latencies => {
  const text = files[edited] ?? ''
  const at = text.indexOf('func(', text.length / 2)
  const samples: { [K in keyof Latencies]: number[] } = { diagnostics: [], completion: [], hover: [], reading: [] }
  for (let round = 0; round < rounds; round += 1) {
    // As if it were typed: a text that nobody has seen before.
    const changed = `${text.slice(0, at)}func(round-${round}: u8, ${text.slice(at + 5)}`
    const now = { ...files, [edited]: changed }
    samples.diagnostics.push(milliseconds(() => checkWit(now, builtins)))
    const started = performance.now()
    const index = new SymbolIndex(resolveWit(now, builtins))
    samples.reading.push(performance.now() - started)
    samples.completion.push(milliseconds(() => completionsAt(index, edited, at + 5)))
    samples.hover.push(milliseconds(() => hoverAt(index, edited, at - 3)))
  }
  return samples
}

export const latencyRow = (): Row => {
  const http = wasi().find(({ name }) => name === 'wasi/0.2.12/http')
  const files = http?.files ?? {}
  latencies(files, 'types.wit', 20)
  const found = latencies(files, 'types.wit', 60)
  const shown = (samples: readonly number[]): string =>
    `${percentile(samples, 0.5).toFixed(2)} ms (p95 ${percentile(samples, 0.95).toFixed(2)})`
  return {
    id: 9,
    requirement: 'latency on wasi:http',
    target: 'diagnostics 10 ms, completion and hover 5 ms; new guest types: npm run bench',
    reached: `diagnostics ${shown(found.diagnostics)}, completion ${shown(found.completion)}, hover ${shown(found.hover)}, both after reading the text once, ${shown(found.reading)}`,
    ok:
      percentile(found.diagnostics, 0.5) <= 10 &&
      percentile(found.completion, 0.5) <= 5 &&
      percentile(found.hover, 0.5) <= 5,
    details: [],
  }
}

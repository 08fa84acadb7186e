import type { RunInput, Surroundings } from './context.ts'
import type { TraceListener } from './trace.ts'

/**
 * All that came into a run from outside, with its place among the calls across the boundary, and a hash over the calls up
 * to each: enough to have the run once more, and to say where it goes another way. Structured-cloneable, and flat where
 * there may be much of it.
 */
export interface Recording {
  /** `at`: entries of the trace by then. `waiting`: while the call of that number waited. */
  readonly inputs: readonly { readonly at: number; readonly waiting: boolean; readonly input: RunInput }[]
  /** Of `clock: real`: what each reading of the machine's clock gave, and the number of the entry that had begun by then. */
  readonly readings: { readonly at: Uint32Array; readonly values: BigInt64Array }
  /** Its calendar. */
  readonly today: readonly number[]
  /** Of `random: real`, one after the other. */
  readonly entropy: Uint8Array
  readonly names: readonly string[]
  /** For each of the first entries the index of its name, and the hash of all that crossed by its end. */
  readonly calls: Uint32Array
  readonly total: number
  readonly hash: string
}

/** Where a replay went another way: the number of the entry, and what was called. `undefined`: nothing more. */
export interface Divergence {
  readonly number: number
  readonly expected: string | undefined
  readonly got: string | undefined
}

export interface ReplayReport {
  /** Entries that were held against the recording. */
  readonly compared: number
  readonly divergence?: Divergence
}

/** What stands between a host and its surroundings. */
export interface RunKeeper {
  around(surroundings: Surroundings): Surroundings
  readonly listener: TraceListener
  /** Hands an input on to the host, or not. */
  input(input: RunInput): void
  /** Looks at the host at a moment that is no part of the run: a reading of the clock meanwhile is none of its own. */
  aside<T>(work: () => T): T
}

/**
 * A run that takes in more, or has more names, cannot be replayed. One that makes more calls can: of those beyond only
 * the hash over all of them is compared. `bytes`: of all that comes from outside but the clock, each item with `perItem`
 * for itself.
 */
export const recordingBounds = {
  calls: 100_000,
  readings: 1 << 18,
  names: 4096,
  /** UTF-16 code units. */
  name: 4096,
  namesText: 1 << 20,
  bytes: 4 << 20,
  perItem: 256,
} as const

export const inputBytes = (input: RunInput): number =>
  recordingBounds.perItem + (input.kind === 'stdin' ? input.bytes.length : 0)

export interface Recorder extends RunKeeper {
  /** Why the run cannot be replayed. Nothing of it is kept from then on. */
  readonly obstacle: string | undefined
  spoil(obstacle: string): void
  /** Counts bytes that are recorded elsewhere; false where there is no room for them. */
  hold(bytes: number): boolean
  /** Undefined where there is an obstacle. */
  recording(trace: { readonly total: number; readonly hash: string }): Recording | undefined
}

interface Taken {
  readonly inputs: Recording['inputs'][number][]
  readonly readAt: number[]
  readonly readings: bigint[]
  readonly today: number[]
  readonly entropy: Uint8Array[]
  readonly names: Map<string, number>
  readonly hashes: number[]
}

const nothingTaken = (): Taken => ({
  inputs: [],
  readAt: [],
  readings: [],
  today: [],
  entropy: [],
  names: new Map(),
  hashes: [],
})

/** `pass`: what takes the inputs. */
export const createRecorder = (pass: (input: RunInput) => void): Recorder => {
  let taken = nothingTaken()
  let at = 0
  let waiting = false
  let isAside = false
  let bytes = 0
  let namesText = 0
  let obstacle: string | undefined
  const spoil = (why: string): void => {
    obstacle ??= why
    taken = nothingTaken()
  }
  const hold = (more: number): boolean => {
    if (obstacle !== undefined) return false
    bytes += more
    if (bytes > recordingBounds.bytes) spoil('It was given too much to be recorded.')
    return obstacle === undefined
  }
  const nameIndex = (name: string): number => {
    const { names } = taken
    let index = names.get(name)
    if (index !== undefined) return index
    namesText += name.length
    if (
      names.size >= recordingBounds.names ||
      namesText > recordingBounds.namesText ||
      name.length > recordingBounds.name
    )
      spoil('It has too many functions to be recorded.')
    else names.set(name, (index = names.size))
    return index ?? 0
  }

  return {
    around: (surroundings) => {
      const { interaction } = surroundings
      return {
        ...surroundings,
        monotonic: (from) => {
          const value = surroundings.monotonic(from)
          if (isAside || obstacle !== undefined) return value
          if (taken.readings.length >= recordingBounds.readings) spoil('It reads the clock too often to be recorded.')
          else {
            taken.readAt.push(at)
            taken.readings.push(value)
          }
          return value
        },
        today: () => {
          const value = surroundings.today()
          taken.today.push(value)
          return value
        },
        entropy: (into) => {
          surroundings.entropy(into)
          if (hold(into.length)) taken.entropy.push(into.slice())
        },
        ...(interaction && {
          interaction: {
            ...interaction,
            onWait: (state) => {
              waiting = state !== undefined
              interaction.onWait(state)
            },
          },
        }),
      }
    },
    listener: {
      began: (number, name) => {
        at = number
        if (number > recordingBounds.calls || obstacle !== undefined) return
        const index = nameIndex(name)
        if (obstacle === undefined) taken.hashes.push(index, 0)
      },
      ended: (number, _, state) => {
        const place = (number - 1) * 2 + 1
        if (place < taken.hashes.length) taken.hashes[place] = state
      },
    },
    input: (input) => {
      if (hold(inputBytes(input))) taken.inputs.push({ at, waiting, input })
      pass(input)
    },
    aside: (work) => {
      isAside = true
      try {
        return work()
      } finally {
        isAside = false
      }
    },
    get obstacle() {
      return obstacle
    },
    spoil,
    hold,
    recording: ({ total, hash }) =>
      obstacle === undefined
        ? {
            inputs: [...taken.inputs],
            readings: { at: Uint32Array.from(taken.readAt), values: BigInt64Array.from(taken.readings) },
            today: [...taken.today],
            entropy: joined(taken.entropy),
            names: [...taken.names.keys()],
            calls: Uint32Array.from(taken.hashes),
            total,
            hash,
          }
        : undefined,
  }
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export interface Replay extends RunKeeper {
  readonly report: ReplayReport
}

/** Nanoseconds. */
const unrecordedStep = 1_000_000n

/** Gives a run what was recorded, at the same places, and nothing else. */
export const createReplay = (recording: Recording, pass: (input: RunInput) => void): Replay => {
  const { inputs, readings, today, entropy, names, calls } = recording
  let at = 0
  let nextReading = 0
  let lastReading = readings.values[0] ?? 0n
  let isAside = false
  let nextInput = 0
  let nextToday = 0
  let nextEntropy = 0
  let compared = 0
  let divergence: Divergence | undefined

  const differs = (number: number, got: string): void => {
    divergence ??= { number, expected: names[calls[(number - 1) * 2] ?? -1], got }
  }
  const isKept = (number: number): boolean => number * 2 <= calls.length
  /** The input that the call under way waited for, where it did. */
  const awaited = (): RunInput | undefined => {
    const next = inputs[nextInput]
    return next?.waiting && next.at === at ? next.input : undefined
  }

  return {
    around: (surroundings) => {
      const { interaction } = surroundings
      return {
        ...surroundings,
        monotonic: (from = 0n) => {
          if (isAside) return lastReading
          // It tells whoever computes for too long.
          surroundings.monotonic()
          const recorded = readings.at[nextReading] === at ? readings.values[nextReading++] : undefined
          // Where the run goes another way it reads what was not recorded, and may wait for the time to pass.
          lastReading = recorded ?? (from > lastReading ? from : lastReading + unrecordedStep)
          return lastReading
        },
        today: () => today[nextToday++] ?? today.at(-1) ?? 0,
        entropy: (into) => {
          into.fill(0)
          into.set(entropy.subarray(nextEntropy, nextEntropy + into.length))
          nextEntropy += into.length
        },
        ...(interaction && {
          interaction: {
            ...interaction,
            // Time has passed in the readings, and need not pass again.
            after: (_, done) => (awaited() === undefined ? interaction.after(0, done) : () => {}),
            onWait: (state) => {
              interaction.onWait(state)
              if (state === undefined || awaited() === undefined) return
              queueMicrotask(() => {
                const input = awaited()
                if (input === undefined) return
                nextInput++
                pass(input)
              })
            },
          },
        }),
      }
    },
    listener: {
      began: (number, name) => {
        for (let next = inputs[nextInput]; next && next.at < number; next = inputs[++nextInput]) pass(next.input)
        at = number
        while ((readings.at[nextReading] ?? number) < number) nextReading++
        if (number > recording.total || (isKept(number) && names[calls[(number - 1) * 2] ?? -1] !== name)) {
          differs(number, name)
        }
      },
      ended: (number, name, state) => {
        if (!isKept(number)) return
        compared++
        if (calls[(number - 1) * 2 + 1] !== state) differs(number, name)
      },
    },
    // What comes from outside meanwhile is no part of it.
    input: (input) => {
      if (at >= recording.total) pass(input)
    },
    aside: (work) => {
      isAside = true
      try {
        return work()
      } finally {
        isAside = false
      }
    },
    get report() {
      return { compared, ...(divergence && { divergence }) }
    },
  }
}

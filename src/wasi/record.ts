import type { RunInput, Surroundings } from './context.ts'
import type { TraceListener } from './trace.ts'

/**
 * All that came into a run from outside, with its place among the calls across the boundary, and a hash over the calls up
 * to each: enough to have the run once more, and to say where it goes another way. Structured-cloneable.
 */
export interface Recording {
  /** `at`: entries of the trace by then. `waiting`: while the call of that number waited. */
  readonly inputs: readonly { readonly at: number; readonly waiting: boolean; readonly input: RunInput }[]
  /** Of `clock: real`: the readings of the machine's clock since the entry `at` began, of many the first ones and the last. */
  readonly readings: readonly { readonly at: number; readonly values: readonly bigint[] }[]
  /** Its calendar. */
  readonly today: readonly number[]
  /** Of `random: real`. */
  readonly entropy: readonly Uint8Array[]
  readonly names: readonly string[]
  /** For each entry the index of its name, and the hash of all that crossed by its end. */
  readonly calls: Uint32Array
  readonly total: number
  readonly hash: string
  /** Why it cannot be replayed. */
  readonly obstacle?: string
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
}

/** Of each kind; a run that goes beyond is not one to replay. */
export const recordingBounds = { calls: 100_000, inputs: 10_000, readings: 50_000, bytes: 4 << 20 } as const
/** Readings kept of one call: a loop that waits for the clock reads it again and again, and needs the last. */
const firstReadings = 7

export interface Recorder extends RunKeeper {
  /** The run did what no replay can do again. */
  spoil(obstacle: string): void
  recording(trace: { readonly total: number; readonly hash: string }): Recording
}

/** `pass`: what takes the inputs. */
export const createRecorder = (pass: (input: RunInput) => void): Recorder => {
  const inputs: Recording['inputs'][number][] = []
  const readings: { at: number; values: bigint[] }[] = []
  const today: number[] = []
  const entropy: Uint8Array[] = []
  const names = new Map<string, number>()
  const hashes: number[] = []
  let at = 0
  let waiting = false
  let bytes = 0
  let obstacle: string | undefined
  const spoil = (why: string): void => void (obstacle ??= why)

  return {
    around: (surroundings) => {
      const { interaction } = surroundings
      return {
        ...surroundings,
        monotonic: () => {
          const value = surroundings.monotonic()
          const last = readings.at(-1)
          if (last?.at !== at) {
            if (readings.length < recordingBounds.readings) readings.push({ at, values: [value] })
            else spoil('It reads the clock too often to be recorded.')
          } else if (last.values.length <= firstReadings) last.values.push(value)
          else last.values[firstReadings] = value
          return value
        },
        today: () => {
          const value = surroundings.today()
          today.push(value)
          return value
        },
        entropy: (into) => {
          surroundings.entropy(into)
          bytes += into.length
          if (bytes > recordingBounds.bytes || entropy.length >= recordingBounds.readings) {
            return spoil('It takes too many random bytes of the machine to be recorded.')
          }
          entropy.push(into.slice())
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
        if (number > recordingBounds.calls) return
        let index = names.get(name)
        if (index === undefined) names.set(name, (index = names.size))
        hashes.push(index, 0)
      },
      ended: (number, _, state) => {
        if (number <= recordingBounds.calls) hashes[(number - 1) * 2 + 1] = state
      },
    },
    input: (input) => {
      if (input.kind === 'stdin') bytes += input.bytes.length
      if (inputs.length < recordingBounds.inputs && bytes <= recordingBounds.bytes) inputs.push({ at, waiting, input })
      else spoil('It was given too much while it ran to be recorded.')
      pass(input)
    },
    spoil,
    recording: ({ total, hash }) => ({
      inputs: [...inputs],
      readings: readings.map((each) => ({ at: each.at, values: [...each.values] })),
      today: [...today],
      entropy: [...entropy],
      names: [...names.keys()],
      calls: Uint32Array.from(hashes),
      total,
      hash,
      ...(obstacle === undefined ? {} : { obstacle }),
    }),
  }
}

export interface Replay extends RunKeeper {
  readonly report: ReplayReport
}

/** Nanoseconds. */
const unrecordedStep = 1_000_000n

/** Gives a run what was recorded, at the same places, and nothing else. */
export const createReplay = (recording: Recording, pass: (input: RunInput) => void): Replay => {
  const { inputs, readings, today, entropy, names, calls } = recording
  const readingsAt = new Map(readings.map((each) => [each.at, each.values]))
  let at = 0
  let read = 0
  let lastReading = readings[0]?.values[0] ?? 0n
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
        monotonic: () => {
          // It tells whoever computes for too long.
          surroundings.monotonic()
          // Where the run goes another way it reads what was not recorded, and may wait for the time to pass.
          lastReading = readingsAt.get(at)?.[read++] ?? lastReading + unrecordedStep
          return lastReading
        },
        today: () => today[nextToday++] ?? today.at(-1) ?? 0,
        entropy: (into) => {
          const bytes = entropy[nextEntropy++]
          into.fill(0)
          if (bytes) into.set(bytes.subarray(0, into.length))
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
        read = 0
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
    get report() {
      return { compared, ...(divergence && { divergence }) }
    },
  }
}

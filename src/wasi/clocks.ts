import type { ServedInterface } from './gate.ts'
import type { Io } from './io.ts'
import { step, type Time } from './time.ts'

const second = 1_000_000_000n
const lastInstant = (1n << 64n) - 1n

const date = (nanoseconds: bigint) => ({
  seconds: nanoseconds / second,
  nanoseconds: Number(nanoseconds % second),
})

/** wasi:clocks: `monotonic-clock` and `wall-clock`. */
export const clocks = (time: Time, io: Io): Record<string, ServedInterface> => {
  const at = (instant: bigint) => {
    const deadline = instant > lastInstant ? lastInstant : instant
    return io.pollable(() => time.peek() >= deadline, deadline)
  }
  return {
    'wasi:clocks/monotonic-clock': {
      functions: {
        now: () => time.read(),
        resolution: () => step,
        'subscribe-instant': (when: bigint) => at(when),
        'subscribe-duration': (when: bigint) => at(time.peek() + when),
      },
    },
    'wasi:clocks/wall-clock': {
      functions: {
        now: () => date(time.wall(time.read())),
        resolution: () => date(step),
      },
    },
  }
}

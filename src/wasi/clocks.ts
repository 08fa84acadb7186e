import type { HostContext } from './context.ts'
import type { ServedInterface } from './gate.ts'
import { lastInstant, step } from './time.ts'

const second = 1_000_000_000n

const date = (nanoseconds: bigint) => ({
  seconds: nanoseconds / second,
  nanoseconds: Number(nanoseconds % second),
})

/** wasi:clocks: `monotonic-clock`, `wall-clock` and `timezone`. */
export const clocks = ({ time, io }: HostContext): Record<string, ServedInterface> => {
  const at = (instant: bigint) => {
    const deadline = instant > lastInstant ? lastInstant : instant
    return io.pollable({
      ready: () => time.peek() >= deadline,
      deadline: () => deadline,
      awaits: () => (time.mode === 'frozen' ? 'a step of the frozen clock' : undefined),
    })
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
    // The simulated world is in UTC: timezone.wit says what to give where the time zone is not known.
    'wasi:clocks/timezone': {
      functions: {
        display: () => ({ utcOffset: 0, name: 'UTC', inDaylightSavingTime: false }),
        'utc-offset': () => 0,
      },
    },
  }
}

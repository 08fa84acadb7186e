import { defaultStart, type WasiSettings } from './settings.ts'
import { HostTrap } from './signals.ts'

/** The time of a run, in nanoseconds since it started. */
export interface Time {
  /** Reading the clock, as the component does it. */
  read(): bigint
  /** The same without passing time. */
  peek(): bigint
  /** Wall time in nanoseconds since 1970, for a reading of the clock. */
  wall(instant: bigint): bigint
  /** Waits for the first of these instants; throws where none can come. */
  waitUntil(deadlines: readonly bigint[]): void
}

/** Nanoseconds that a reading of the virtual clock takes; also its resolution. */
export const step = 1000n

export const createTime = (settings: WasiSettings['clock'], machine: () => bigint, today: () => number): Time => {
  const mode = settings?.mode ?? 'auto'
  if (mode === 'real') {
    const origin = machine()
    const start = BigInt(settings?.start === undefined ? today() : Date.parse(settings.start)) * 1_000_000n
    const peek = () => machine() - origin
    return {
      read: peek,
      peek,
      wall: (instant) => start + instant,
      waitUntil: (deadlines) => {
        const first = earliest(deadlines)
        // A synchronous import has nothing to wait on; the time limit of the run bounds the loop.
        while (peek() < first);
      },
    }
  }
  const start = BigInt(Date.parse(settings?.start ?? defaultStart)) * 1_000_000n
  let now = 0n
  return {
    // A loop that waits for the clock to move must see it move.
    read: () => (mode === 'auto' ? (now += step) : now),
    peek: () => now,
    wall: (instant) => start + instant,
    waitUntil: (deadlines) => {
      const first = earliest(deadlines)
      if (mode === 'frozen') throw new HostTrap('The component waits for a clock that is frozen')
      if (first > now) now = first
    },
  }
}

const earliest = (deadlines: readonly bigint[]): bigint => {
  const [first, ...rest] = deadlines
  if (first === undefined) throw new HostTrap('The component waits for something that can never happen')
  return rest.reduce((least, item) => (item < least ? item : least), first)
}

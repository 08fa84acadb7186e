import { defaultStart, type WasiSettings } from './settings.ts'

/** The time of a run, in nanoseconds since it started. */
export interface Time {
  readonly mode: 'auto' | 'frozen' | 'real'
  /** Reading the clock, as the component does it. */
  read(): bigint
  /** The same without passing time. */
  peek(): bigint
  /** Wall time in nanoseconds since 1970, for a reading of the clock. */
  wall(instant: bigint): bigint
  /** Moves virtual time to this instant, where it is not past it; does nothing to the machine's clock. */
  jumpTo(instant: bigint): void
  /** Lets real time pass until that instant, in mode `real`: a wait of code that cannot be suspended. */
  passTo(instant: bigint): void
  /** Real milliseconds from now to an instant, in mode `real`; at least 0. */
  millisecondsTo(instant: bigint): number
}

/** Nanoseconds that a reading of the virtual clock takes; also its resolution. */
export const step = 1000n

/** An `instant` is a u64: virtual time ends there. */
export const lastInstant = (1n << 64n) - 1n

const nanosecondsPerMillisecond = 1_000_000n

export const createTime = (
  settings: WasiSettings['clock'],
  machine: (from?: bigint) => bigint,
  today: () => number,
): Time => {
  const mode = settings?.mode ?? 'auto'
  if (mode === 'real') {
    const origin = machine()
    const start =
      BigInt(settings?.start === undefined ? today() : Date.parse(settings.start)) * nanosecondsPerMillisecond
    const peek = () => machine() - origin
    return {
      mode,
      read: peek,
      peek,
      wall: (instant) => start + instant,
      jumpTo: () => {},
      passTo: (instant) => void machine(origin + instant),
      millisecondsTo: (instant) => Math.max(0, Number(instant - peek()) / Number(nanosecondsPerMillisecond)),
    }
  }
  const start = BigInt(Date.parse(settings?.start ?? defaultStart)) * nanosecondsPerMillisecond
  let now = 0n
  return {
    mode,
    // A loop that waits for the clock to move must see it move.
    read: () => {
      if (mode === 'auto' && now < lastInstant) now = now + step < lastInstant ? now + step : lastInstant
      return now
    },
    peek: () => now,
    wall: (instant) => start + instant,
    jumpTo: (instant) => {
      if (instant > now) now = instant < lastInstant ? instant : lastInstant
    },
    passTo: () => {},
    millisecondsTo: () => 0,
  }
}

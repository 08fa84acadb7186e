import type { Surroundings } from '../../wasi/context.ts'
import { createWasiHost, type WasiHost } from '../../wasi/host.ts'
import type { WasiSettings } from '../../wasi/settings.ts'
import type { Interaction } from '../../wasi/waiting.ts'
import type { Output } from './output.ts'
import type { GuestKeeper } from './run-keeper.ts'

export interface GuestHostOptions {
  readonly wasi: WasiSettings
  readonly output: Pick<Output, 'write'>
  readonly onBoundaryCall: (call: string) => void
  /** Called again and again while the guest computes; what it throws ends the call. */
  readonly onInterrupt: () => void
  readonly interaction: Interaction | undefined
  readonly http: Pick<Surroundings, 'onHttp' | 'serveHttp'>
  readonly keeper: Pick<GuestKeeper, 'around'>
}

/** Milliseconds of this thread's clock. */
export const now = (): number => performance.now()

/** The simulated world of a run, in this worker: with its clock, its random bytes and its output. */
export const createGuestHost = (options: GuestHostOptions): WasiHost => {
  const { wasi, output, onBoundaryCall, onInterrupt, interaction, http, keeper } = options
  const surroundings: Surroundings = {
    write: (stream, bytes) => output.write(stream, bytes),
    monotonic: (from = 0n) => {
      let instant: bigint
      do {
        // Whoever waits for the real clock reads it again and again.
        onInterrupt()
        instant = BigInt(Math.round(now() * 1e6))
      } while (instant < from)
      return instant
    },
    today: () => Date.now(),
    entropy: (into) => {
      // The browser gives up to 64 KiB at once.
      for (let at = 0; at < into.length; at += 65536) crypto.getRandomValues(into.subarray(at, at + 65536))
    },
    now,
    onCall: onBoundaryCall,
    ...(interaction && { interaction }),
    ...http,
  }
  // Who types begins with nothing.
  return createWasiHost(interaction?.openStdin ? { ...wasi, stdin: '' } : wasi, keeper.around(surroundings))
}

/** Browsers take a longer one for none at all. */
const longestTimer = 2 ** 31 - 1

/** Calls `done` after so many milliseconds; gives what cancels that. */
export const after = (milliseconds: number, done: () => void): (() => void) => {
  const timer = setTimeout(done, Math.min(milliseconds, longestTimer))
  return () => clearTimeout(timer)
}

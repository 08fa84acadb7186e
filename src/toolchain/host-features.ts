import { release } from '../wasi/served.ts'
import type { Words } from './absent.ts'

/** What of the language and the engine reaches out of a guest, and through which interface. */
export interface HostFeature {
  /** As the engine says it of a world that lacks the interface: `writes to`. */
  readonly does: string
  /** Any one of these will do; the first is the one to add. */
  readonly needs: readonly [string, ...string[]]
}

const stdout: HostFeature = { does: 'writes to', needs: ['wasi:cli/stdout'] }
const stderr: HostFeature = { does: 'writes to', needs: ['wasi:cli/stderr', 'wasi:cli/stdout'] }
const monotonic: HostFeature = { does: 'reads', needs: ['wasi:clocks/monotonic-clock'] }
const wall: HostFeature = { does: 'reads', needs: ['wasi:clocks/wall-clock'] }
const timer: HostFeature = { does: 'waits through', needs: ['wasi:clocks/monotonic-clock'] }
const bytes: HostFeature = { does: 'reads', needs: ['wasi:random/random'] }

/** By name, members behind a dot. `Date()` and `new Date()`: called without arguments that say which time. */
export const hostFeatures: Readonly<Record<string, HostFeature>> = {
  ...Object.fromEntries(
    'log info debug dir dirxml table count'.split(' ').map((name) => [`console.${name}`, stdout] as const),
  ),
  ...Object.fromEntries('warn error trace assert'.split(' ').map((name) => [`console.${name}`, stderr] as const)),
  'console.time': monotonic,
  'performance.now': monotonic,
  'Date.now': wall,
  'Date()': wall,
  'new Date()': wall,
  setTimeout: timer,
  setInterval: timer,
  'Math.random': {
    does: 'is seeded from',
    needs: ['wasi:random/random', 'wasi:random/insecure', 'wasi:random/insecure-seed'],
  },
  'crypto.getRandomValues': bytes,
  'crypto.randomUUID': bytes,
}

/** What is said where the world has no such import, by a run and before it. */
export const lackWords = (what: string, { does, needs: [name] }: HostFeature, version: string = release): Words => ({
  message: `${what} ${does} ${name}, which this world does not import.`,
  next: `Add \`import ${name}@${version};\` to the world.`,
})

// How much of a measurement is the machine's: other guests of the same host take its processors, and nothing here can
// tell that from being slow.
import { existsSync, readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Disturbance {
  /** Processor time that the host gave to others, as a share of the whole; undefined where the system does not count it. */
  readonly stolen: number | undefined
  /** The longest time for which this process, which only waits, was not woken. Milliseconds. */
  readonly stall: number
}

/** Watches the machine until the returned function is called. */
export function watchMachine(): () => Disturbance {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const before = processorTimes()
  return () => {
    delay.disable()
    const after = processorTimes()
    const stolen = before && after && share(after.stolen - before.stolen, after.total - before.total)
    return { stolen, stall: delay.max / 1e6 }
  }
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

/** The counters of proc_stat(5), in ticks: user nice system idle iowait irq softirq steal, and what user has already. */
function processorTimes(): { readonly stolen: number; readonly total: number } | undefined {
  const path = '/proc/stat'
  if (!existsSync(path)) return undefined
  const [, numbers] = /^cpu +([\d ]+)/.exec(readFileSync(path, 'utf8')) ?? []
  const times = numbers?.split(' ').slice(0, 8).map(Number)
  if (times === undefined) return undefined
  return { stolen: times[7] ?? 0, total: times.reduce((sum, each) => sum + each, 0) }
}

// How much of a measurement is the machine's: other guests of the same host take its processors, and nothing here can
// tell that from being slow.
import { fork } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Disturbance {
  /** Processor time that the host gave to others, as a share of the whole; undefined where the system does not count it. */
  readonly stolen: number | undefined
  /** The longest time for which a process that only waits was not woken. Milliseconds. */
  readonly stall: number
}

export interface Machine {
  /** What disturbed it since the last question. */
  disturbance(): Promise<Disturbance>
  close(): void
}

export function watchMachine(): Machine {
  // A process of its own: this one has work to do, and would take its own delays for those of the machine.
  const watcher = fork(fileURLToPath(new URL('watch-machine.mjs', import.meta.url)))
  let before = processorTimes()
  return {
    async disturbance() {
      const answer = new Promise<unknown>((resolve, reject) => {
        watcher.once('message', resolve)
        watcher.once('exit', (code) => reject(new Error(`the process that watches the machine ended with ${code}`)))
      })
      watcher.send('how long')
      const stall = Number(await answer)
      watcher.removeAllListeners('exit')
      const after = processorTimes()
      const stolen = before && after && share(after.stolen - before.stolen, after.total - before.total)
      before = after
      return { stolen, stall }
    },
    close: () => watcher.disconnect(),
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

import type { RunLimits, RunSubject } from './runner.ts'
import type { Sandbox } from './sandbox.ts'

/** What will most likely run next: the engine and the world of the last run. */
export interface SpareLoad {
  readonly project: string | undefined
  readonly subject: RunSubject
  readonly limits: RunLimits
  /** Whether the guest may wait for the outside. */
  readonly suspends: boolean
}

export interface Spare {
  /**
   * Boots the spare where there is none, and has it load what it lacks of `load`, so that the run after Stop finds both.
   */
  keep(load?: SpareLoad): void
  /** The same after so many milliseconds, unless something else is asked for until then. `load` is asked for only then. */
  keepIn(milliseconds: number, load?: () => SpareLoad | undefined): void
  /** Gives the spare away, if it is there and has not seen another project's code. */
  take(project: string): Sandbox | undefined
  /** Ends the spare where it has seen a project's code, which is only ever that of the project in use. */
  clear(): void
  dispose(): void
}

/** A sandbox that waits to be used: booting one takes about a tenth of a second. `worlds`: most prepared worlds in one. */
export function createSpare(open: () => Sandbox, worlds: number): Spare {
  let spare: Sandbox | undefined
  /** What the spare was last told to load. */
  let loaded = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let disposed = false

  function keep(load?: SpareLoad): void {
    clearTimeout(timer)
    if (disposed) return
    const known = spare?.alive && spare.worlds < worlds ? spare : undefined
    if (known === undefined) {
      spare?.kill()
      loaded = ''
    }
    const kept = known ?? open()
    kept.onBreach = () => (spare = spare === kept ? undefined : spare)
    spare = kept
    if (load === undefined) return
    const { project, subject, limits, suspends } = load
    const wanted = `${subject.imageKey} ${subject.preparedKey} ${limits.memoryMiB} ${suspends}`
    if (wanted === loaded) return
    loaded = wanted
    // It has seen the project's code now, and must not serve another.
    kept.project = project
    kept.send({ type: 'preload', subject: kept.subject(subject, limits.memoryMiB, suspends), limits, suspends })
  }

  function take(project: string): Sandbox | undefined {
    clearTimeout(timer)
    const taken = spare
    spare = undefined
    if (!taken?.alive) return undefined
    if (taken.project === undefined || taken.project === project) return taken
    taken.kill()
    return undefined
  }

  return {
    keep,
    keepIn(milliseconds, load) {
      clearTimeout(timer)
      timer = setTimeout(() => keep(load?.()), milliseconds)
    },
    take,
    clear() {
      clearTimeout(timer)
      if (spare?.project === undefined) return
      spare.kill()
      spare = undefined
    },
    dispose() {
      disposed = true
      clearTimeout(timer)
      spare?.kill()
      spare = undefined
    },
  }
}

import { sandboxTiming, type SandboxTiming } from './sandbox.ts'

/** Milliseconds, except where another unit is said. */
export interface RunnerTiming extends SandboxTiming {
  /** For everything between the request and the running instance, where the time limit of the run is not longer. */
  readonly init: number
  /** For a snapshot, which is our own work and not the guest's: the time limit of the run is not for it. */
  readonly snapshot: number
  /** How long a request of an abandoned run may go on before its sandbox is killed for the next one. */
  readonly abandon: number
  /** Between two questions to an idle sandbox, and for the answer to one. */
  readonly heartbeat: number
  readonly silence: number
  /** For an idle sandbox to answer before it is used again. */
  readonly wake: number
  /** After a deadline: time for an answer that has come already, but waits behind other work of the page. */
  readonly grace: number
  /** For a killed guest to end, which most do by then, before the next one is started and timed. */
  readonly ending: number
  /** Prepared worlds for one sandbox. */
  readonly worlds: number
  /** From the start of a run to the start of the spare sandbox: after its result is drawn, so that they do not compete. */
  readonly spare: number
  /** The same while the guest still initialises: later than that it is likely to be stopped. */
  readonly spareAnyway: number
}

export const runnerTiming: RunnerTiming = {
  ...sandboxTiming,
  init: 10_000,
  snapshot: 30_000,
  abandon: 150,
  heartbeat: 2_000,
  silence: 5_000,
  wake: 1_000,
  grace: 30,
  ending: 40,
  worlds: 24,
  spare: 200,
  spareAnyway: 500,
}

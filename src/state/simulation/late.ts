import type { WorldEvent } from '../../runner/runner.ts'
import type { Grounds, Simulation } from './simulation.ts'

export interface LateSimulation {
  /** Asks once more for code that did not arrive. */
  load(): Promise<Simulation>
  begin(): void
  receive(event: WorldEvent): void
  /** Another project opens: what the last run told and nobody has heard yet is not of it. */
  leave(): void
  /** The run has started, and is typed to. */
  opensStdin(): void
}

/** What a run tells before the code is there waits for it, in order. */
export function lateSimulation(grounds: Grounds): LateSimulation {
  let coming: Promise<Simulation> | undefined
  let simulation: Simulation | undefined
  let waiting: ((it: Simulation) => void)[] = []

  async function fetched(): Promise<Simulation> {
    const { createSimulation } = await import('./simulation.ts')
    simulation = createSimulation(grounds)
    for (const tell of waiting) tell(simulation)
    waiting = []
    return simulation
  }
  const load = (): Promise<Simulation> => {
    coming ??= fetched()
    coming.catch(() => (coming = undefined))
    return coming
  }
  function tell(work: (it: Simulation) => void): void {
    if (simulation) return work(simulation)
    waiting.push(work)
    load().catch(() => {})
  }
  return {
    load,
    begin() {
      // Nobody asks for what earlier runs told.
      waiting = []
      tell((it) => it.begin())
    },
    leave() {
      waiting = []
    },
    receive: (event) => tell((it) => it.receive(event)),
    opensStdin: () => tell((it) => it.opensStdin()),
  }
}

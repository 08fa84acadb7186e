import type { RunInput, WorldEvent } from '../../runner/runner.ts'
import type { Context } from '../context.ts'
import type { SimulationState } from './state.ts'

/** The verbs of the simulated world. Its code comes when the first run begins or the first panel needs it. */
export interface Simulation {
  /** A new run begins: what the one before told is of no interest any more. */
  begin(): void
  receive(event: WorldEvent): void
  /** Hands something to the guest while it runs or waits. */
  input(input: RunInput): void
}

export function createSimulation(context: Context): Simulation {
  const { get, set, services } = context
  const patch = (part: Partial<SimulationState>): void => set({ simulation: { ...get().simulation, ...part } })
  return {
    begin: () => set({ simulation: {} }),
    receive(event) {
      switch (event.kind) {
        case 'wait':
          patch({ wait: event.state, instant: event.instant })
          context.show()
      }
    },
    input: (input) => services.runner.input(input),
  }
}

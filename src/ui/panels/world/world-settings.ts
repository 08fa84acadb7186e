import { createContext, useContext } from 'react'
import type { Simulation } from '../../../state/simulation/simulation.ts'

export const WorldContext = createContext<Simulation | undefined>(undefined)

/** The verbs of the simulated world, which the panel waits for. */
export function useWorld(): Simulation {
  const simulation = useContext(WorldContext)
  if (!simulation) throw new Error('There is no WorldContext above this component')
  return simulation
}

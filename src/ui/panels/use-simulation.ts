import { useEffect, useState } from 'react'
import type { Simulation } from '../../state/simulation/simulation.ts'
import { useWorkbench } from '../workbench-context.tsx'

/** The verbs of the simulated world; undefined until their code is there. */
export function useSimulation(): Simulation | undefined {
  const { simulation } = useWorkbench()
  const [loaded, setLoaded] = useState<Simulation>()
  useEffect(() => {
    let gone = false
    simulation().then(
      (it) => gone || setLoaded(it),
      // The page says elsewhere that parts of it are missing.
      () => {},
    )
    return () => {
      gone = true
    }
  }, [simulation])
  return loaded
}

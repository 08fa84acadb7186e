import { useSelect } from '../../workbench-context.tsx'
import { useSimulation } from '../use-simulation.ts'
import { Clock } from './clock.tsx'
import { Environment } from './environment.tsx'
import { Limits } from './limits.tsx'
import { Network } from './network.tsx'
import { Random } from './random.tsx'
import { Terminals } from './terminals.tsx'
import { WorldContext } from './world-settings.ts'
import './world.css'

/** The simulated world of the next run: what the component is given. */
export function WorldPanel() {
  const simulation = useSimulation()
  const opened = useSelect((state) => state.opened)
  if (!simulation) return null
  return (
    <WorldContext value={simulation}>
      <section className="world-panel" aria-label="Clock and environment" data-region key={opened}>
        <Environment />
        <Clock />
        <Random />
        <Terminals />
        <Network />
        <Limits />
        <p className="dim">A change takes effect with the next run.</p>
      </section>
    </WorldContext>
  )
}

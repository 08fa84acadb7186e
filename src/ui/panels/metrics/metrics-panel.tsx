import { isBusy } from '../../../state/selectors.ts'
import { latePart } from '../../late-part.tsx'
import { runProject } from '../../run-project.ts'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'
import './metrics.css'

const Figures = latePart(async () => (await import('./figures.tsx')).Figures, {
  pending: () => (
    <p className="metrics-body none" aria-busy="true">
      The figures of the run come in a moment.
    </p>
  ),
})

export function MetricsPanel() {
  const measured = useSelect((state) => state.metrics.run > 0)
  return (
    <section className="metrics" aria-label="Metrics" data-region>
      {measured ? <Figures /> : <Nothing />}
    </section>
  )
}

function Nothing() {
  const workbench = useWorkbench()
  const { warm } = workbench.actions
  const busy = useSelect(isBusy)
  return (
    <div className="metrics-body none">
      <p>
        <strong>Nothing has been measured yet.</strong> A run shows what it takes to get to its result, the memory that
        calls use, and what the component is made of.
      </p>
      <button
        type="button"
        className="button small"
        disabled={busy}
        onClick={() => runProject(workbench)}
        onPointerEnter={warm}
      >
        Run and measure
      </button>
    </div>
  )
}

import { removeGoneCalls } from '../../../state/edited-calls.ts'
import { namedCall } from '../../../state/saved-calls.ts'
import { useSelect, useWorkbench } from '../../workbench-context.tsx'
import { notInWorld } from './obstacles.ts'
import { useObstacle } from './use-obstacle.ts'

interface GoneCallsProps {
  readonly onRemoved?: () => void
}

/** The saved calls that the world has no functions for, and a way to be rid of them: they go with the project. */
export function GoneCalls({ onRemoved }: GoneCallsProps) {
  const workbench = useWorkbench()
  const saved = useSelect((state) => state.project.calls)
  const obstacle = useObstacle()
  const gone = saved?.filter((each) => obstacle(namedCall(each).call) === notInWorld) ?? []
  if (gone.length === 0) return null
  const one = gone.length === 1
  return (
    <p className="gone-calls dim">
      {one ? '1 saved call names a function' : `${gone.length} saved calls name functions`} that the world does not
      have.{' '}
      <button
        type="button"
        className="text-button"
        onClick={() => {
          removeGoneCalls(workbench, gone)
          onRemoved?.()
        }}
      >
        Remove {one ? 'it' : 'them'}
      </button>
    </p>
  )
}

import { useEffect, useState } from 'react'
import { useSelect } from '../../workbench-context.tsx'
import type * as CallModel from './call-model.ts'

/** Why a call cannot be made in the world as it is now. What reads calls comes with the form, which needs it first. */
export function useObstacle(): (call: string) => string | undefined {
  const world = useSelect((state) => state.prepared?.world)
  const known = world !== undefined
  const [model, setModel] = useState<typeof CallModel>()
  useEffect(() => {
    // Where it does not arrive, the form says so.
    if (known) import('./call-model.ts').then(setModel, () => undefined)
  }, [known])
  return (call) => world && model?.obstacleOf(call, world)
}

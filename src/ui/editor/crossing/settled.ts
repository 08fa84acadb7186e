import { worldInput, worldKey } from '../../../state/selectors.ts'
import type { State } from '../../../state/state.ts'
import type { Workbench } from '../../../state/store.ts'

/** The types of a world follow its WIT after a moment. Milliseconds. */
const patience = 2000

/** Until the declarations of the world are those of its WIT, or cannot be: a mistake in the WIT keeps them as they were. */
export async function settled(store: Workbench['store']): Promise<void> {
  if (isSettled(store.getState())) return
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    const timer = setTimeout(stop, patience)
    const unsubscribe = store.subscribe((state) => isSettled(state) && stop())
  })
}

const isSettled = (state: State): boolean =>
  state.prepared === undefined ||
  [...state.diagnostics.wit, ...state.diagnostics.world].some(({ severity }) => severity === 'error') ||
  state.prepared.key === worldKey(worldInput(state, 'base'))

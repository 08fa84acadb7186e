import { defaultValue } from '../../../component/default-value.ts'
import type { ValueType } from '../../../component/types.ts'
import { handlesIn } from '../../../state/selectors.ts'
import { useWorkbench } from '../../workbench-context.tsx'
import { handleChooser } from './call-model.ts'

/** Gives a value to start from for a part that is added to the call, with handles that the call does not have yet. */
export function useFreshValue(): (type: ValueType) => unknown {
  const { store } = useWorkbench()
  return (type) => {
    const { handles, call } = store.getState()
    return defaultValue(type, handleChooser(handles, handlesIn(call)))
  }
}

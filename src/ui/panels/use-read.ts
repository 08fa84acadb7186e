import { useWorkbench } from '../workbench-context.tsx'

/** Does something with what is read from the device, unless another project is open by then. */
export function useRead(): <T>(reading: Promise<T>, take: (value: T) => void, failed?: () => void) => Promise<void> {
  const { store } = useWorkbench()
  return async (reading, take, failed = () => {}) => {
    const { opened } = store.getState()
    const done = await reading.then(
      (value) => () => take(value),
      () => failed,
    )
    if (store.getState().opened === opened) done()
  }
}

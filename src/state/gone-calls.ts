import { namedCall } from './saved-calls.ts'
import type { Workbench } from './store.ts'

/** Removes saved calls that the world has no functions for; the call line leaves them too. Can be taken back. */
export function removeGoneCalls({ store, actions }: Workbench, texts: readonly string[]): void {
  const saved = (): readonly string[] => store.getState().project.calls ?? []
  const before = saved()
  const gone = before.filter((each) => texts.includes(each))
  if (gone.length === 0) return
  actions.keepCalls(before.filter((each) => !gone.includes(each)))
  const { call } = store.getState()
  const next = namedCall(saved()[0] ?? '').call
  // A link would bring it back as the first of its calls.
  const leaves = gone.some((each) => namedCall(each).call === call.trim())
  if (leaves) actions.setCall(next)
  actions.say(`Removed ${gone.length === 1 ? 'a saved call' : `${gone.length} saved calls`}.`, {
    label: 'Undo',
    run() {
      let calls = saved()
      const has = (wanted: string): boolean => calls.some((each) => namedCall(each).call === namedCall(wanted).call)
      for (const [at, each] of before.entries())
        if (gone.includes(each) && !has(each)) calls = calls.toSpliced(at, 0, each)
      actions.keepCalls(calls)
      if (leaves && store.getState().call === next) actions.setCall(call)
    },
  })
}

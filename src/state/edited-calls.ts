import { namedCall } from './saved-calls.ts'
import type { Workbench } from './store.ts'

/** What is done with the calls that the project has, by those who see them. */

const longestName = 80

const savedCalls = ({ store }: Workbench): readonly string[] => store.getState().project.calls ?? []

function withName(call: string, wanted: string): string {
  const name = wanted.replaceAll('"', '’').replaceAll(/\s+/g, ' ').trim().slice(0, longestName)
  return name === '' ? call : `${call} // ${name}`
}

/** Gives a saved call a name, or takes it away with an empty one. */
export function nameSavedCall(workbench: Workbench, text: string, name: string): void {
  const saved = savedCalls(workbench)
  const at = saved.indexOf(text)
  const named = withName(namedCall(text).call, name)
  if (at >= 0 && named !== text) workbench.actions.keepCalls(saved.with(at, named))
}

export function removeSavedCall(workbench: Workbench, text: string): void {
  const saved = savedCalls(workbench)
  if (saved.includes(text)) workbench.actions.keepCalls(saved.filter((each) => each !== text))
}

/** Moves a saved call up (-1) or down (1) in the list. The first one is chosen when the project opens. */
export function moveSavedCall(workbench: Workbench, text: string, step: -1 | 1): void {
  const saved = savedCalls(workbench)
  const from = saved.indexOf(text)
  const to = from + step
  if (from < 0 || to < 0 || to >= saved.length) return
  workbench.actions.keepCalls(saved.toSpliced(from, 1).toSpliced(to, 0, text))
}

/** Removes saved calls that the world has no functions for; the call line leaves them too. Can be taken back. */
export function removeGoneCalls(workbench: Workbench, texts: readonly string[]): void {
  const { store, actions } = workbench
  const saved = (): readonly string[] => savedCalls(workbench)
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

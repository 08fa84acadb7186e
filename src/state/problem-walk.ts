import type { Diagnostic } from '../contract/fault.ts'
import { problemsOf } from './selectors.ts'
import type { Workbench } from './store.ts'

/** Goes to the next (1) or the one before (-1) of the problems that have a place, and says there what it is. */
export function goToProblem({ store, actions }: Workbench, step: -1 | 1): void {
  // What was visited last: the list may have changed since.
  const { diagnostics, problem: last } = store.getState()
  const problems = problemsOf(diagnostics).filter((each) => each.place !== undefined)
  const from = last ? problems.findIndex((each) => isSame(each, last.problem)) : -1
  const at = from < 0 && step < 0 ? problems.length - 1 : (from + step + problems.length) % problems.length
  const problem = problems[at]
  if (!problem?.place) {
    store.setState({ problem: undefined })
    return actions.say('There are no problems with a place to go to.')
  }
  store.setState({ problem: { id: (last?.id ?? 0) + 1, index: at + 1, count: problems.length, problem } })
  actions.goTo(problem.place, true)
}

const isSame = (one: Diagnostic, other: Diagnostic): boolean =>
  one.message === other.message &&
  one.place?.file === other.place?.file &&
  one.place?.line === other.place?.line &&
  one.place?.column === other.place?.column

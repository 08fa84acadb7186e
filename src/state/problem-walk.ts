import type { Diagnostic, Place } from '../contract/fault.ts'
import type { Context } from './context.ts'
import type { Notices } from './notices.ts'
import { problemsOf } from './selectors.ts'

export interface ProblemWalk {
  /** Goes to the next (1) or the one before (-1) of the problems that have a place, and says there what it is. */
  goToProblem(step: -1 | 1): void
}

export function createProblemWalk(
  { get, set }: Context,
  goTo: (place: Place, explain: boolean) => void,
  notices: Notices,
): ProblemWalk {
  /** What was visited last: the list may have changed since. */
  let last: Diagnostic | undefined
  return {
    goToProblem(step) {
      const problems = problemsOf(get().diagnostics).filter((each) => each.place !== undefined)
      if (problems.length === 0) {
        set({ problem: undefined })
        notices.say('There are no problems with a place to go to.')
        return
      }
      const from = last ? problems.findIndex((each) => isSame(each, last)) : -1
      const at = from < 0 && step < 0 ? problems.length - 1 : (from + step + problems.length) % problems.length
      last = problems[at]
      if (!last?.place) return
      set({ problem: { id: (get().problem?.id ?? 0) + 1, index: at + 1, count: problems.length, problem: last } })
      goTo(last.place, true)
    },
  }
}

const isSame = (one: Diagnostic, other: Diagnostic | undefined): boolean =>
  one.message === other?.message &&
  one.place?.file === other.place?.file &&
  one.place?.line === other.place?.line &&
  one.place?.column === other.place?.column

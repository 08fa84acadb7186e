import { expect, it } from 'vitest'
import type { Diagnostic } from '../contract/fault.ts'
import { goToProblem } from './problem-walk.ts'
import { createWorkbench } from './store.ts'
import { fakeServices } from './testing/fakes.ts'

const problem = (message: string, line?: number): Diagnostic => ({
  stage: 'types',
  severity: 'error',
  message,
  next: 'Change it.',
  ...(line === undefined ? {} : { place: { file: 'main.ts', line, column: 1 } }),
})

function opened(...problems: readonly Diagnostic[]) {
  const workbench = createWorkbench(fakeServices())
  workbench.actions.openExample('hello')
  workbench.actions.showTypeProblems(problems)
  return workbench
}

it('goes round the problems that have a place, both ways', () => {
  const workbench = opened(problem('one', 1), problem('nowhere'), problem('two', 2))
  const visited = ([1, 1, 1, -1, -1] as const).map((step) => {
    goToProblem(workbench, step)
    return workbench.store.getState().reveal?.line
  })
  expect(visited).toEqual([1, 2, 1, 2, 1])
  expect(workbench.store.getState().reveal).toMatchObject({ file: 'main.ts', explain: true })
  expect(workbench.store.getState().problem).toMatchObject({ index: 1, count: 2, problem: { message: 'one' } })
})

it('starts with the last one backwards, and goes on where the list has changed', () => {
  const workbench = opened(problem('one', 1), problem('two', 2))
  goToProblem(workbench, -1)
  expect(workbench.store.getState().reveal?.line).toBe(2)
  workbench.actions.showTypeProblems([problem('zero', 3), problem('two', 2), problem('three', 4)])
  goToProblem(workbench, 1)
  expect(workbench.store.getState().reveal?.line).toBe(4)
})

it('says that there is nothing to go to', () => {
  const workbench = opened(problem('nowhere'))
  goToProblem(workbench, 1)
  expect(workbench.store.getState().notices[0]?.text).toMatch(/no problems/)
  expect(workbench.store.getState().reveal).toBeUndefined()
})

it('starts anew in another project', () => {
  const workbench = opened(problem('one', 1), problem('two', 2))
  goToProblem(workbench, 1)
  workbench.actions.openExample('hello')
  workbench.actions.showTypeProblems([problem('one', 1), problem('two', 2)])
  goToProblem(workbench, 1)
  expect(workbench.store.getState().problem).toMatchObject({ id: 1, index: 1 })
})

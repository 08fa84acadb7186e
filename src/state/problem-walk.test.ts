import { expect, it } from 'vitest'
import type { Diagnostic } from '../contract/fault.ts'
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
  const { store, actions } = opened(problem('one', 1), problem('nowhere'), problem('two', 2))
  const visited = ([1, 1, 1, -1, -1] as const).map((step) => {
    actions.goToProblem(step)
    return store.getState().reveal?.line
  })
  expect(visited).toEqual([1, 2, 1, 2, 1])
  expect(store.getState().reveal).toMatchObject({ file: 'main.ts', explain: true })
  expect(store.getState().problem).toMatchObject({ index: 1, count: 2, problem: { message: 'one' } })
})

it('starts with the last one backwards, and goes on where the list has changed', () => {
  const { store, actions } = opened(problem('one', 1), problem('two', 2))
  actions.goToProblem(-1)
  expect(store.getState().reveal?.line).toBe(2)
  actions.showTypeProblems([problem('zero', 3), problem('two', 2), problem('three', 4)])
  actions.goToProblem(1)
  expect(store.getState().reveal?.line).toBe(4)
})

it('says that there is nothing to go to', () => {
  const { store, actions } = opened(problem('nowhere'))
  actions.goToProblem(1)
  expect(store.getState().notices[0]?.text).toMatch(/no problems/)
  expect(store.getState().reveal).toBeUndefined()
})

import { expect, it } from 'vitest'
import { createWorkbench } from './store.ts'
import { fakeServices } from './testing/fakes.ts'

function opened() {
  const workbench = createWorkbench(fakeServices())
  workbench.actions.openExample('hello')
  return { ...workbench, calls: () => workbench.store.getState().project.calls }
}

it('keeps calls with the project, each once, in the order that somebody chose', () => {
  const { actions, calls } = opened()
  actions.saveCall(' greet("Eve") ')
  actions.saveCall('greet("Eve")')
  actions.saveCall('  ')
  expect(calls()).toEqual(['greet("Ada")', 'greet("Eve")'])
  actions.moveSavedCall('greet("Eve")', -1)
  expect(calls()).toEqual(['greet("Eve")', 'greet("Ada")'])
  actions.moveSavedCall('greet("Eve")', -1)
  expect(calls()).toEqual(['greet("Eve")', 'greet("Ada")'])
  actions.removeSavedCall('greet("Ada")')
  expect(calls()).toEqual(['greet("Eve")'])
})

it('is a change of the project, and none that a run depends on', () => {
  const { store, actions } = opened()
  const { revision } = store.getState()
  actions.saveCall('greet("Eve")')
  expect(store.getState()).toMatchObject({ pristine: false, revision })
})

it('numbers the history of each project from the beginning', async () => {
  const { store, actions } = opened()
  await actions.run()
  await actions.run()
  expect(store.getState().history.map((each) => each.id)).toEqual([2, 1])
  actions.openExample('hello')
  await actions.run()
  expect(store.getState().history.map((each) => each.id)).toEqual([1])
})

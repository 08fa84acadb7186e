import { expect, it } from 'vitest'
import { parseCall } from '../component/call-expression.ts'
import { moveSavedCall, nameSavedCall, removeGoneCalls, removeSavedCall } from './edited-calls.ts'
import { namedCall } from './saved-calls.ts'
import { createWorkbench } from './store.ts'
import { fakeServices } from './testing/fakes.ts'

function opened() {
  const workbench = createWorkbench(fakeServices())
  workbench.actions.openExample('hello')
  return { ...workbench, calls: () => workbench.store.getState().project.calls }
}

it('keeps calls with the project, each once, in the order that somebody chose', () => {
  const { calls, ...workbench } = opened()
  const { actions } = workbench
  actions.saveCall(' greet("Eve") ')
  actions.saveCall('greet("Eve")')
  actions.saveCall('  ')
  expect(calls()).toEqual(['greet("Ada")', 'greet("Eve")'])
  moveSavedCall(workbench, 'greet("Eve")', -1)
  expect(calls()).toEqual(['greet("Eve")', 'greet("Ada")'])
  moveSavedCall(workbench, 'greet("Eve")', -1)
  expect(calls()).toEqual(['greet("Eve")', 'greet("Ada")'])
  removeSavedCall(workbench, 'greet("Ada")')
  expect(calls()).toEqual(['greet("Eve")'])
})

it('removes the calls of functions that are gone, also from the line, and brings them back in their places', () => {
  const { calls, ...workbench } = opened()
  const { store, actions } = workbench
  for (const each of ['one()', 'two()', 'three()']) actions.saveCall(each)
  actions.setCall('two()')
  removeGoneCalls(workbench, ['greet("Ada")', 'two()', 'unknown()'])
  expect(calls()).toEqual(['one()', 'three()'])
  // A link makes the call of the line the first of its own.
  expect(store.getState().call).toBe('one()')
  expect(store.getState().notices.at(-1)?.text).toBe('Removed 2 saved calls.')
  actions.undo()
  expect(calls()).toEqual(['greet("Ada")', 'one()', 'two()', 'three()'])
  expect(store.getState().call).toBe('two()')

  actions.setCall('mine()')
  removeGoneCalls(workbench, ['one()'])
  expect(store.getState().call).toBe('mine()')
  const { project } = store.getState()
  removeGoneCalls(workbench, ['unknown()'])
  expect(store.getState().project).toBe(project)
})

it('brings back only what it removed, whatever was done with the other calls meanwhile', () => {
  const { calls, ...workbench } = opened()
  const { actions } = workbench
  for (const each of ['one()', 'two()', 'three()']) actions.saveCall(each)
  removeGoneCalls(workbench, ['one()'])
  nameSavedCall(workbench, 'greet("Ada")', 'usual')
  removeSavedCall(workbench, 'two()')
  actions.undo()
  expect(calls()).toEqual(['greet("Ada") // usual', 'one()', 'three()'])

  removeGoneCalls(workbench, ['one()'])
  actions.saveCall('one()')
  actions.undo()
  expect(calls()).toEqual(['greet("Ada") // usual', 'three()', 'one()'])
})

it('leaves the calls of a project behind when another one opens', () => {
  const { store, actions, calls } = opened()
  actions.saveCall('greet("Eve")')
  actions.openProject({ schema: 1, name: 'other', files: {}, calls: ['add(1, 2)'] })
  expect(calls()).toEqual(['add(1, 2)'])
  expect(store.getState().call).toBe('add(1, 2)')
})

it('gives a call a name, which is no part of the call', () => {
  const { calls, ...workbench } = opened()
  const { store, actions } = workbench
  nameSavedCall(workbench, 'greet("Ada")', ' the "usual"\n one ')
  expect(calls()).toEqual(['greet("Ada") // the ’usual’ one'])
  actions.saveCall('greet("Ada")')
  expect(calls()).toHaveLength(1)
  actions.openProject(store.getState().project)
  expect(store.getState().call).toBe('greet("Ada")')
  nameSavedCall(workbench, 'greet("Ada") // the ’usual’ one', '')
  expect(calls()).toEqual(['greet("Ada")'])
})

it.each([
  ['greet("a") // b', 'greet("a")', 'b'],
  ['greet("a // b")', 'greet("a // b")', ''],
  ['greet("a) // b") // c // d', 'greet("a) // b")', 'c // d'],
  ['greet("https://example.com")', 'greet("https://example.com")', ''],
  ['', '', ''],
])('reads %s', (saved, call, name) => {
  expect(namedCall(saved)).toEqual({ call, name })
})

it('reads a call as long as a link can bring it', () => {
  const hostile = `${'//'.repeat(4_000_000)}"`
  expect(namedCall(hostile)).toEqual({ call: hostile, name: '' })
  const slashes = `f()${'/'.repeat(8_000_000)}`
  expect(namedCall(slashes).call).toBe('f()')
})

it('keeps a named call one that can be made', () => {
  const world: Parameters<typeof parseCall>[1] = {
    name: 'hello',
    imports: [],
    exports: [
      {
        kind: 'function',
        name: 'greet',
        type: { async: false, params: [{ name: 'name', type: { kind: 'string' } }], result: { kind: 'string' } },
      },
    ],
  }
  expect(parseCall('greet("Ada") // the usual', world)).toMatchObject({ ok: true, call: { args: ['Ada'] } })
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

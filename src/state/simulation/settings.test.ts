import { beforeEach, expect, it } from 'vitest'
import { createWorkbench, type Workbench } from '../store.ts'
import { fakeServices } from '../testing/fakes.ts'
import type { Simulation } from './simulation.ts'

let workbench: Workbench
let settings: Simulation
const wasi = () => workbench.store.getState().project.wasi

beforeEach(async () => {
  workbench = createWorkbench(fakeServices())
  workbench.actions.openProject({ schema: 1, name: 'one', files: {} })
  settings = await workbench.simulation()
})

it('changes the project, and leaves out what is as it is by default', () => {
  const { revision } = workbench.store.getState()
  settings.setWasi({ args: ['a'], env: { A: '1' }, cwd: '/home', random: 'real' })
  expect(wasi()).toEqual({ args: ['a'], env: { A: '1' }, cwd: '/home', random: 'real' })
  expect(workbench.store.getState()).toMatchObject({ revision: revision + 1, unsaved: true })
  settings.setWasi({ args: [], env: {}, cwd: '' })
  expect(wasi()).toEqual({ random: 'real' })
  settings.setWasi({ random: undefined })
  expect(workbench.store.getState().project).not.toHaveProperty('wasi')
})

it('is no change where everything stays as it is', () => {
  settings.setWasi({ cwd: '/' })
  const before = workbench.store.getState()
  settings.setWasi({ cwd: '/', args: [] })
  expect(workbench.store.getState().project).toBe(before.project)
  expect(workbench.store.getState().revision).toBe(before.revision)
})

it('takes a change back that was told of, and nothing else', () => {
  settings.setWasi({ env: { A: '1' } })
  settings.setWasi({ env: { A: '2' }, cwd: '/a' }, 'Pasted.')
  settings.setWasi({ args: ['x'] })
  expect(workbench.store.getState().notices.at(-1)).toMatchObject({ text: 'Pasted.', undo: 'Undo' })
  workbench.actions.undo()
  expect(wasi()).toEqual({ args: ['x'], env: { A: '1' } })
})

it('takes back a deletion beside what was changed since in the same setting', () => {
  settings.setWasi({ dirs: { '/data': { a: 'A', b: 'B' } }, env: { A: '1', B: '2' } })
  settings.files.remove({ preopen: '/data', path: 'a' })
  settings.files.write({ preopen: '/data', path: 'b' }, new TextEncoder().encode('later'))
  workbench.actions.undo()
  expect(wasi()?.dirs).toEqual({ '/data': { a: 'A', b: 'later' } })
  settings.setWasi({ env: { B: '2' } }, 'Removed A.')
  settings.setWasi({ env: { B: '3' } })
  workbench.actions.undo()
  expect(wasi()?.env).toEqual({ A: '1', B: '3' })
})

it('writes decisions of the policy one by one', () => {
  settings.setPolicy('wasi:cli', 'deny')
  settings.setPolicy('wasi:cli/environment#get-arguments', 'allow')
  expect({ ...wasi()?.policy }).toEqual({ 'wasi:cli': 'deny', 'wasi:cli/environment#get-arguments': 'allow' })
  settings.setPolicy('wasi:cli', 'allow')
  expect(wasi()).toBeUndefined()
})

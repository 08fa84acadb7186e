import { beforeEach, expect, it, vi } from 'vitest'
import { createWorkbench, type Workbench } from './store.ts'
import { fakeServices, type FakeServices } from './testing/fakes.ts'

vi.mock('../project/exchange.ts', () => {
  throw new Error('offline')
})

let services: FakeServices
let workbench: Workbench
const state = () => workbench.store.getState()

beforeEach(() => {
  services = fakeServices()
  workbench = createWorkbench(services)
})

it('a link is refused in words where the code that reads it does not arrive', async () => {
  expect(await workbench.actions.openLink('#v1.AAAA')).toBe(false)
  expect(state().arrival).toMatchObject({ status: 'refused', from: 'link', fault: { stage: 'load' } })
})

it('so is a project file', async () => {
  const file = { name: 'a.json', size: 2, text: async () => '{}' }
  expect(await workbench.actions.openProjectFile(file)).toBe(false)
  expect(state().arrival).toMatchObject({ status: 'refused', from: 'file', fault: { stage: 'load' } })
})

it('nothing counts as saved that was not', async () => {
  workbench.actions.openExample('hello')
  workbench.actions.editFile('main.ts', 'mine')
  expect(await workbench.actions.shareLink()).toMatchObject({ ok: false, fault: { stage: 'load' } })
  await workbench.actions.downloadProject()
  expect(services.saved).toEqual([])
  expect(state()).toMatchObject({ unsaved: true, notices: [{ text: expect.stringContaining('Check the connection') }] })
})

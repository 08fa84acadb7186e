import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWorkbench, type Workbench } from './store.ts'
import { fakeServices, type FakeServices } from './testing/fakes.ts'

let services: FakeServices
let workbench: Workbench

beforeEach(() => {
  vi.useFakeTimers()
  services = fakeServices()
  workbench = createWorkbench(services)
  workbench.actions.openExample('hello')
})
afterEach(() => {
  vi.useRealTimers()
})

const edit = (text: string): void => workbench.actions.editFile('main.ts', text)
const calls = (): number => services.runner.asked.filter((each) => each.startsWith('call ')).length

describe('a run by itself', () => {
  it('does not start where nobody asked for it', async () => {
    edit('1')
    workbench.actions.saved()
    await vi.runAllTimersAsync()
    expect(services.runner.asked).toEqual([])
  })

  it('follows Save, and no edit, where it is to follow Save', async () => {
    workbench.actions.setPreference('runOn', 'save')
    edit('1')
    await vi.runAllTimersAsync()
    expect(calls()).toBe(0)
    workbench.actions.saved()
    await vi.runAllTimersAsync()
    expect(calls()).toBe(1)
  })

  it('follows the last of several edits, once', async () => {
    workbench.actions.setPreference('runOn', 'edit')
    edit('1')
    await vi.advanceTimersByTimeAsync(100)
    edit('12')
    await vi.advanceTimersByTimeAsync(100)
    expect(calls()).toBe(0)
    await vi.runAllTimersAsync()
    expect(calls()).toBe(1)
  })

  it('does not follow a file that was opened, or an edit that changed nothing', async () => {
    workbench.actions.setPreference('runOn', 'edit')
    workbench.actions.openExample('hello')
    edit(workbench.store.getState().project.files['main.ts'] ?? '')
    await vi.runAllTimersAsync()
    expect(calls()).toBe(0)
  })

  it.each(['run', 'stop', 'openExample'] as const)('gives way to %s', async (action) => {
    workbench.actions.setPreference('runOn', 'edit')
    edit('1')
    if (action === 'openExample') workbench.actions.openExample('hello')
    else void workbench.actions[action]()
    await vi.runAllTimersAsync()
    expect(calls()).toBe(action === 'run' ? 1 : 0)
  })

  it('waits for a world that parses', async () => {
    workbench.actions.setPreference('runOn', 'edit')
    workbench.store.setState(({ diagnostics }) => ({
      diagnostics: { ...diagnostics, wit: [{ stage: 'wit', message: 'Not yet.', next: 'Go on.', severity: 'error' }] },
    }))
    edit('1')
    await vi.runAllTimersAsync()
    expect(calls()).toBe(0)
  })
})

describe('the limits of the settings', () => {
  it('hold where the project says nothing', async () => {
    workbench.actions.setPreference('milliseconds', 300)
    workbench.actions.setPreference('memoryMiB', 32)
    await workbench.actions.run()
    expect(services.runner.requests.at(-1)?.limits).toMatchObject({ milliseconds: 300, memoryMiB: 32 })
    ;(await workbench.simulation()).setWasi({ limits: { milliseconds: 20 } })
    await workbench.actions.run()
    expect(services.runner.requests.at(-1)?.limits).toMatchObject({ milliseconds: 20, memoryMiB: 32 })
  })

  it('are those of the next call, which needs a new instance only for another limit', async () => {
    await workbench.actions.run()
    workbench.actions.setPreference('theme', 'dark')
    workbench.actions.setPreference('milliseconds', 5000)
    await workbench.actions.call()
    expect(services.runner.requests).toHaveLength(1)
    workbench.actions.setPreference('milliseconds', 300)
    await workbench.actions.call()
    expect(services.runner.requests.map(({ limits }) => limits.milliseconds)).toEqual([5000, 300])
  })

  it('go back with the rest of the settings', () => {
    workbench.actions.setPreference('fontSize', 20)
    workbench.actions.setPreference('theme', 'dark')
    workbench.actions.resetSettings()
    expect(workbench.store.getState().preferences).toMatchObject({ fontSize: 12, theme: 'system' })
  })
})
